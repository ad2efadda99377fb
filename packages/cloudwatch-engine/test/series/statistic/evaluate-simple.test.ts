import { describe, expect, it } from 'vitest';
import { evaluateSimple } from '../../../src/series/statistic/evaluate-statistic.ts';
import type { SimpleStatistic } from '../../../src/series/statistic/statistic.ts';

describe('simple statistics', () => {
  it('are read off a statistic set', () => {
    const set = { sampleCount: 4, sum: 10, minimum: -1, maximum: 8 };
    const all: readonly SimpleStatistic[] = ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'];
    expect(all.map((name) => evaluateSimple(name, set))).toEqual([4, 10, 2.5, -1, 8]);
  });
});
