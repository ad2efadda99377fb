import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMetricStore, type MetricDatum, type MetricStore } from '../../../src/index.ts';
import { DAY, data, HOUR, modelPoints, moderateData, NOW, questions } from './model.ts';

const batch = fc.array(data, { minLength: 1, maxLength: 60 });

function storeOf(groups: readonly (readonly MetricDatum[])[], now = NOW): MetricStore {
  const store = createMetricStore();
  for (const group of groups) expect(store.add(group, now)).toEqual([]);
  return store;
}

function answers(store: MetricStore, now = NOW): readonly unknown[] {
  return questions(now).map((query) => store.points(query));
}

/** The metrics of a snapshot have an order, that of their first samples, which shows in nothing but ListMetrics. */
function held(store: MetricStore): readonly unknown[] {
  const sorted = [...store.snapshot()].map(({ series, ...rest }) => ({
    ...rest,
    series: series.toSorted((a, b) => (a.unit + a.bucketSeconds < b.unit + b.bucketSeconds ? -1 : 1)),
  }));
  return sorted.toSorted((a, b) => (a.metric.name < b.metric.name ? -1 : 1));
}

function copyOf(store: MetricStore): MetricStore {
  const copy = createMetricStore();
  for (const metric of JSON.parse(JSON.stringify([...store.snapshot()]))) copy.restore(metric);
  return copy;
}

describe('a metric store', () => {
  it('gives the same answers, to the last digit, in whatever order and grouping data arrive', () => {
    const shuffled = batch.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 1, max: 20 }), fc.boolean(), ([all, other], size, asked) => {
        const store = createMetricStore();
        for (let from = 0; from < other.length; from += size) {
          store.add(other.slice(from, from + size), NOW);
          // Reading sorts what is there so far.
          if (asked) store.points(questions(NOW)[0]!);
        }
        const once = storeOf([all]);
        expect(answers(store)).toEqual(answers(once));
        expect(held(store)).toEqual(held(once));
      }),
      { numRuns: 100 },
    );
  });

  it('gives the same answers however often time was moved on', () => {
    const steps = fc
      .array(fc.nat({ max: 500 * 24 }), { minLength: 1, maxLength: 12 })
      .map((hours) => hours.sort((a, b) => a - b));
    fc.assert(
      fc.property(batch, steps, (all, hours) => {
        const stepwise = storeOf([all]);
        for (const hour of hours) stepwise.advance(NOW + hour * HOUR + 1234);
        const atOnce = storeOf([all]);
        const now = NOW + (hours.at(-1) ?? 0) * HOUR + 1234;
        atOnce.advance(now);
        expect(answers(stepwise, now)).toEqual(answers(atOnce, now));
        expect(stepwise.size()).toEqual({ ...atOnce.size(), bytes: stepwise.size().bytes });
      }),
      { numRuns: 100 },
    );
  });

  it('aggregates as adding up all samples of each period does', () => {
    fc.assert(
      fc.property(fc.array(moderateData, { minLength: 1, maxLength: 60 }), (all) => {
        const store = storeOf([all]);
        for (const asked of questions(NOW)) {
          if (asked.periodSeconds < 60) continue;
          const query = { ...asked, start: (NOW - 15 * DAY) / 1000 };
          const expected = modelPoints(all, query);
          const { timestamps, values } = store.points(query);
          expect(timestamps).toEqual(expected.map(([at]) => at));
          expected.forEach(([, value], index) => {
            expect(values[index]).toBeCloseTo(value, 6);
          });
        }
      }),
      { numRuns: 100 },
    );
  });

  it('goes on from a snapshot, written and read as JSON, as if nothing had been', () => {
    fc.assert(
      fc.property(batch, batch, (before, after) => {
        const first = storeOf([before]);
        const second = copyOf(first);
        expect(answers(second)).toEqual(answers(first));
        for (const store of [first, second]) store.add(after, NOW);
        expect([...second.snapshot()]).toEqual([...first.snapshot()]);
        expect([...second.metrics()]).toEqual([...first.metrics()]);
      }),
      { numRuns: 100 },
    );
  });

  it('counts its datapoints, and never more samples than came', () => {
    fc.assert(
      fc.property(batch, (all) => {
        const store = storeOf([all]);
        const buckets = new Set(all.map((each) => `${each.name} ${each.unit} ${bucketOf(each)}`));
        expect(store.size().datapoints).toBe(buckets.size);
        const samples = all.reduce((sum, each) => sum + ('values' in each ? each.values.length : 1), 0);
        expect(store.size().samples).toBeLessThanOrEqual(samples);
      }),
      { numRuns: 100 },
    );
  });
});

/** High-resolution samples are kept in seconds for three hours. */
function bucketOf({ timestamp, resolution }: MetricDatum): string {
  const size = resolution === 1 && timestamp >= NOW - 3 * HOUR ? 1 : 60;
  return `${size} ${Math.floor(timestamp / 1000 / size)}`;
}
