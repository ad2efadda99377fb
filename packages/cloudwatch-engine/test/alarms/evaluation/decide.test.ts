import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MissingDataTreatment } from '../../../src/alarms/config/alarm.ts';
import { samplesNeeded } from '../../../src/alarms/config/validate-alarm.ts';
import { classify } from '../../../src/alarms/evaluation/datapoint.ts';
import { decide } from '../../../src/alarms/evaluation/decide.ts';
import { datapoints, metricAlarm } from '../given.ts';

type Row = { points: string[]; needFill: number; expect: Record<MissingDataTreatment, string> };
type Vectors = {
  missingData: { id: string; evaluationPeriods: number; datapointsToAlarm: number; rows: Row[] }[];
  premature: {
    evaluationPeriods: number;
    datapointsToAlarm: number;
    points: string[];
    expect?: string;
    expectNot?: string;
  }[];
  lowSamplePercentile: { percentile: number; minSamples: number }[];
  figure: {
    evaluationPeriods: number;
    datapointsToAlarm: number;
    points: string[];
    alarmAtPeriods: number[];
    okFromPeriods: number[];
  };
};
const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../fixtures/alarm-vectors.json', import.meta.url), 'utf8'),
);

function decideOn(n: number, m: number, treatment: MissingDataTreatment, points: readonly string[]) {
  const alarm = metricAlarm({ EvaluationPeriods: n, DatapointsToAlarm: m, TreatMissingData: treatment });
  const codes = classify(alarm, datapoints(points));
  return decide(alarm, codes, 0, codes.length) ?? 'RETAIN';
}

describe("the user guide's tables of missing data", () => {
  for (const table of vectors.missingData) {
    for (const { points, expect: wanted } of table.rows) {
      for (const [treatment, state] of Object.entries(wanted) as [MissingDataTreatment, string][]) {
        it(`${table.id}: ${points.join(' ')} treated as ${treatment} is ${state}`, () => {
          expect(decideOn(table.evaluationPeriods, table.datapointsToAlarm, treatment, points)).toBe(state);
        });
      }
    }
  }

  for (const { points, evaluationPeriods: n, datapointsToAlarm: m, ...wanted } of vectors.premature) {
    it(`premature: ${points.join(' ')} is ${wanted.expect ?? `not ${wanted.expectNot}`}`, () => {
      const decision = decideOn(n, m, 'missing', points);
      if (wanted.expect) expect(decision).toBe(wanted.expect);
      else expect(decision).not.toBe(wanted.expectNot);
    });
  }
});

describe('decide', () => {
  it('follows the figure of the user guide: three of three breach, dip and breach alone', () => {
    const { points, evaluationPeriods: n, datapointsToAlarm: m, alarmAtPeriods, okFromPeriods } = vectors.figure;
    const states = points.map((_, index) => decideOn(n, m, 'missing', points.slice(Math.max(0, index - 4), index + 1)));
    for (const period of alarmAtPeriods) expect(states[period - 1]).toBe('ALARM');
    for (const period of okFromPeriods) expect(states[period - 1]).toBe('OK');
    expect(states.slice(2)).toEqual(['OK', 'OK', 'ALARM', 'OK', 'OK', 'OK', 'OK']);
  });

  it('keeps the state while the only breaches are younger than M periods', () => {
    expect(decideOn(3, 3, 'missing', ['-', '-', '-', '-', 'X'])).toBe('RETAIN');
    expect(decideOn(3, 2, 'missing', ['-', '-', '-', '-', 'X'])).toBe('RETAIN');
    expect(decideOn(3, 2, 'ignore', ['-', '-', 'X', '-', '-'])).toBe('RETAIN');
  });

  it('looks at the newest N datapoints alone, however many the range has', () => {
    expect(decideOn(2, 2, 'missing', ['X', 'X', '0', 'X', '0'])).toBe('OK');
    expect(decideOn(2, 1, 'missing', ['0', '0', '0', 'X', '-', '0'])).toBe('ALARM');
  });

  it('fills only the periods that are wanting to N', () => {
    expect(decideOn(3, 2, 'breaching', ['-', '0', '-', '0', '-'])).toBe('OK');
    expect(decideOn(3, 1, 'breaching', ['-', '0', '-', '0', '-'])).toBe('ALARM');
  });
});

describe('percentiles with few samples', () => {
  for (const { percentile, minSamples } of vectors.lowSamplePercentile) {
    it(`needs ${minSamples} samples for p${percentile * 100}`, () => {
      expect(samplesNeeded(`p${percentile * 100}`)).toBe(minSamples);
    });
  }

  it('keeps the state while a period has too few samples, and evaluates from the boundary on', () => {
    const alarm = metricAlarm({
      Statistic: undefined,
      ExtendedStatistic: 'p90',
      EvaluateLowSampleCountPercentile: 'ignore',
    });
    const counts = (count: number) => ({ ...datapoints(['X']), sampleCounts: Float64Array.of(count) });
    expect(decide(alarm, classify(alarm, counts(99)), 0, 1)).toBeUndefined();
    expect(decide(alarm, classify(alarm, counts(100)), 0, 1)).toBe('ALARM');
  });
});
