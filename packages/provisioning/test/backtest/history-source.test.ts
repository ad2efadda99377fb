import { createMetricStore } from '@voice-campaign/cloudwatch-engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistory, minuteStatisticsOf } from '../../src/backtest/history-source.ts';

const start = Date.UTC(2026, 10, 23, 12) / 1000;
const end = start + 3600;
const metric = { namespace: 'voice', name: 'Calls', dimensions: { Campaign: 'spring' } };

const MINUTE_STATISTICS = ['SampleCount', 'Sum', 'Minimum', 'Maximum'] as const;

/** What each minute holds: none, or some samples. */
const minutes = fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 4 }), {
  minLength: 60,
  maxLength: 60,
});

/** A store with the samples, and a history of what GetMetricData would say of them by the minute. */
const bothOf = (samples: readonly (readonly number[])[]) => {
  const store = createMetricStore();
  const history = createHistory({ start, end });
  for (const [minute, values] of samples.entries()) {
    const timestamp = (start + 60 * minute) * 1000;
    if (values.length > 0) store.add([{ ...metric, unit: 'None', resolution: 60, timestamp, values }], timestamp);
  }
  store.advance(end * 1000);
  for (const stat of MINUTE_STATISTICS) {
    const points = store.points({ metric, stat, periodSeconds: 60, start, end });
    history.add({ metric, stat, periodSeconds: 60 }, points);
  }
  return { store, history };
};

describe('a history by the minute', () => {
  it('says of any period, wherever it begins, what a store of the samples says', () => {
    const stats = fc.constantFrom('SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum');
    const period = fc.constantFrom(60, 120, 300, 900);
    const alignment = fc.constantFrom('epoch', 'exactly', undefined);
    fc.assert(
      fc.property(
        minutes,
        stats,
        period,
        fc.nat({ max: 40 }),
        alignment,
        (samples, stat, periodSeconds, first, how) => {
          const { store, history } = bothOf(samples);
          const range = { start: start + 60 * first, end: start + 60 * first + periodSeconds };
          const query = { metric: { ...metric }, stat, periodSeconds, ...range, ...(how && { alignment: how }) };
          const [expected, actual] = [store.points(query), history.source.points(query)];
          expect(actual.timestamps).toEqual(expected.timestamps);
          for (const [index, value] of actual.values.entries())
            expect(value).toBeCloseTo(expected.values[index] ?? NaN, 9);
        },
      ),
    );
  });

  it('needs of each statistic no more than it is made of', () => {
    for (const stat of ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum']) {
      const history = createHistory({ start, end });
      const needed = minuteStatisticsOf(stat);
      for (const each of needed)
        history.add({ metric, stat: each, periodSeconds: 60 }, { timestamps: [start], values: [3] });
      const query = { metric, stat, periodSeconds: 300, start, end: start + 300 };
      expect(history.source.points(query).values).toEqual([stat === 'Average' ? 1 : 3]);
      expect(needed).toHaveLength(stat === 'Average' ? 2 : 1);
    }
  });

  it('has of a percentile the whole period that has begun', () => {
    const history = createHistory({ start, end });
    const points = { timestamps: [start, start + 300, start + 900], values: [1, 2, 3] };
    history.add({ metric, stat: 'p90', periodSeconds: 300 }, points);
    const at = (from: number) =>
      history.source.points({
        metric,
        stat: 'p90',
        periodSeconds: 300,
        start: from,
        end: from + 300,
        alignment: 'exactly',
      });
    expect(at(start + 60)).toEqual({ timestamps: [start + 60], values: [1] });
    expect(at(start + 300)).toEqual({ timestamps: [start + 300], values: [2] });
    expect(at(start + 660).values).toEqual([]);
  });

  it('keeps units and metrics apart, takes pages one after the other, and leaves out what is beyond', () => {
    const history = createHistory({ start, end });
    for (const stat of MINUTE_STATISTICS) {
      history.add({ metric, stat, periodSeconds: 60, unit: 'Count' }, { timestamps: [start], values: [1] });
      history.add(
        { metric, stat, periodSeconds: 60, unit: 'Count' },
        { timestamps: [start + 60, end, start - 60], values: [2, 9, 9] },
      );
    }
    const query = { metric, stat: 'Sum', periodSeconds: 60, start: start - 600, end: end + 600 };
    expect(history.source.points({ ...query, unit: 'Count' })).toEqual({
      timestamps: [start, start + 60],
      values: [1, 2],
    });
    expect(history.source.points(query).values).toEqual([]);
    expect(history.source.points({ ...query, unit: 'Count', metric: { ...metric, dimensions: {} } }).values).toEqual(
      [],
    );
  });
});
