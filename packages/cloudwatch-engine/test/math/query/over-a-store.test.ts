import { describe, expect, it } from 'vitest';
import { createMetricStore } from '../../../src/index.ts';
import { evaluateQueries } from '../../../src/math.ts';
import { metricQuery } from './ask.ts';

const DAY = 86_400;
const NOW = 1_700_000_000 - (1_700_000_000 % DAY);
const metric = { namespace: 'Own', name: 'm1', dimensions: {} };

/** A sample every five minutes over three weeks, each as it came. */
function filled() {
  const store = createMetricStore();
  for (let at = NOW - 21 * DAY; at < NOW; at += 300) {
    const value = (at / 300) % 10;
    store.add([{ ...metric, timestamp: at * 1000, unit: 'None', resolution: 60, values: [value] }], at * 1000);
  }
  store.advance(NOW * 1000);
  return store;
}

describe('metric math over a store', () => {
  const source = filled();
  const five = { ...metricQuery('m1'), MetricStat: { ...metricQuery('m1').MetricStat, Period: 300 } };
  const ask = (Expression: string, start: number, end: number) => {
    const queries = [five, { Id: 'e', Expression }];
    const answered = evaluateQueries(queries, { source, start, end, now: NOW, alignment: 'start' });
    if (!answered.ok) throw new Error(answered.issues[0]?.message);
    return answered.results.map(({ timestamps, values }) => ({ timestamps, values }));
  };

  it('finds the points of old times, whose start is rounded down, in their places', () => {
    const start = NOW - 20 * DAY;
    const plain = source.points({
      metric,
      stat: 'Sum',
      periodSeconds: 300,
      start: start + 120,
      end: start + 3600,
      alignment: 'start',
    });
    expect(plain.timestamps).toHaveLength(12);
    expect(ask('m1 * 1', start + 120, start + 3600)).toEqual([plain]);
    expect(ask('FILL(m1, 0 - 1)', start + 120, start + 3600)).toEqual([plain]);
  });

  it.each([0, 120])('trains bands on what the store has, whatever second they begin at', (offset) => {
    const start = NOW - 2 * DAY + offset;
    const [upper, lower] = ask('ANOMALY_DETECTION_BAND(m1, 2)', start, start + 600);
    expect(upper?.timestamps).toEqual([start, start + 300]);
    expect(upper?.values[0]).toBeCloseTo(4.5 + 2 * Math.sqrt(8.25), 1);
    expect(lower?.values[0]).toBeCloseTo(4.5 - 2 * Math.sqrt(8.25), 1);
  });
});
