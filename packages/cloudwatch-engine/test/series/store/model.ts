import type { Unit } from '@voice-campaign/metrics-schema';
import fc from 'fast-check';
import type { MetricDatum, StatQuery } from '../../../src/index.ts';
import { evaluateSamples } from '../../../src/series/statistic/evaluate-statistic.ts';
import { parseStatistic } from '../../../src/series/statistic/parse-statistic.ts';
import { rangeOf, samplesOf } from '../../../src/series/statistic/samples.ts';

/** A full hour of 2026, milliseconds since 1970. */
export const NOW = 1_767_225_600_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const calls = { namespace: 'voice/test', name: 'Calls', dimensions: {} } as const;

export function datum(timestamp: number, values: readonly number[], more: Partial<MetricDatum> = {}): MetricDatum {
  return { ...calls, unit: 'Count', resolution: 60, timestamp, values, ...more } as MetricDatum;
}

const count = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(0.1, 0.2, 2.5));
const moderate = fc.oneof(
  fc.constantFrom(1, 2, -0),
  fc.nat({ max: 20 }),
  fc.double({ min: 0, max: 1000, noNaN: true }),
);
/** Where the order of additions shows. */
const extreme = fc.oneof(moderate, fc.double({ min: -(2 ** 300), max: 2 ** 300, noNaN: true }));

const contentOf = (value: fc.Arbitrary<number>) =>
  fc.oneof(
    fc.array(value, { minLength: 1, maxLength: 5 }).map((values) => ({ values })),
    fc.array(fc.tuple(value, count), { minLength: 1, maxLength: 5 }).map((pairs) => ({
      values: pairs.map(([each]) => each),
      counts: pairs.map(([, seen]) => seen),
    })),
    fc.tuple(value, value, fc.integer({ min: 2, max: 9 })).map(([a, b, sampleCount]) => ({
      statistics: { sampleCount, sum: (a + b) * 1.5, minimum: Math.min(a, b), maximum: Math.max(a, b) },
    })),
    fc.tuple(value, fc.integer({ min: 1, max: 9 })).map(([one, sampleCount]) => ({
      statistics: { sampleCount, sum: one * sampleCount, minimum: one, maximum: one },
    })),
  );
/** Close together, so that buckets are shared, and up to two weeks apart. */
const age = fc.oneof(
  fc.constantFrom(0, 1000, 61_000),
  fc.nat({ max: 200_000 }),
  fc.nat({ max: 5 * HOUR }),
  fc.nat({ max: 14 * DAY }),
);

const dataOf = (value: fc.Arbitrary<number>): fc.Arbitrary<MetricDatum> =>
  fc
    .tuple(
      fc.constantFrom('Calls', 'Busy'),
      fc.constantFrom<Unit>('Count', 'Seconds'),
      fc.constantFrom<1 | 60>(1, 60),
      age,
      contentOf(value),
    )
    .map(([name, unit, resolution, before, samples]) => ({
      ...{ namespace: 'voice/test', name, dimensions: {}, unit, resolution, timestamp: NOW - before },
      ...samples,
    }));

/** What a store takes at `NOW`, of few metrics, two units and both resolutions. */
export const data = dataOf(extreme);
export const moderateData = dataOf(moderate);

/** Questions that see all of that data. */
export function questions(now: number): readonly StatQuery[] {
  const stats = [
    'SampleCount',
    'Sum',
    'Average',
    'Minimum',
    'Maximum',
    'p50',
    'p99.9',
    'tm90',
    'IQM',
    'WM(5%:95%)',
    'PR(:10)',
  ];
  const end = now / 1000 + 1;
  return stats.flatMap((stat) =>
    [1, 30, 60, 300, 3600, 86_400].flatMap((periodSeconds) =>
      (['epoch', 'start', 'exactly'] as const).flatMap((alignment) =>
        ['Calls', 'Busy'].flatMap((name) =>
          [undefined, 'Count' as const].map((unit) => ({
            ...{ metric: { ...calls, name }, stat, periodSeconds, alignment, start: end - 470 * 86_400, end },
            ...(unit === undefined ? {} : { unit }),
          })),
        ),
      ),
    ),
  );
}

/** The same as a store gives for a query of whole minutes within 15 days, worked out plainly from all the data. */
export function modelPoints(all: readonly MetricDatum[], query: StatQuery): readonly (readonly [number, number])[] {
  const { periodSeconds, start } = query;
  const origin = (query.alignment ?? 'epoch') === 'epoch' ? 0 : start;
  const groups = new Map<number, MetricDatum[]>();
  const asked = all.flatMap((each) => {
    const bucket = Math.floor(each.timestamp / 1000 / each.resolution) * each.resolution;
    const at = origin + Math.floor((bucket - origin) / periodSeconds) * periodSeconds;
    return each.name === query.metric.name && at >= start && at < query.end ? [{ at, each }] : [];
  });
  const unit = query.unit ?? (asked.some(({ each }) => each.unit === 'Count') ? 'Count' : 'Seconds');
  for (const { at, each } of asked) {
    if (each.unit === unit) groups.set(at, [...(groups.get(at) ?? []), each]);
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .flatMap(([at, group]) => {
      const result = modelStatistic(query.stat, group);
      return result === undefined ? [] : [[at, result] as const];
    });
}

function modelStatistic(stat: string, group: readonly MetricDatum[]): number | undefined {
  const pairs = group.flatMap((each) =>
    'statistics' in each ? [] : each.values.map((value, at) => ({ value, count: each.counts?.[at] ?? 1 })),
  );
  const sets = group.flatMap((each) => ('statistics' in each ? [each.statistics] : []));
  const total =
    pairs.reduce((sum, { count: seen }) => sum + seen, 0) + sets.reduce((sum, set) => sum + set.sampleCount, 0);
  const sum =
    pairs.reduce((all, { value, count: seen }) => all + value * seen, 0) + sets.reduce((all, set) => all + set.sum, 0);
  switch (stat) {
    case 'SampleCount':
      return total;
    case 'Sum':
      return sum;
    case 'Average':
      return sum / total;
    case 'Minimum':
      return Math.min(...pairs.map(({ value }) => value), ...sets.map(({ minimum }) => minimum));
    case 'Maximum':
      return Math.max(...pairs.map(({ value }) => value), ...sets.map(({ maximum }) => maximum));
  }
  const parsed = parseStatistic(stat);
  if (!parsed.ok || parsed.statistic.kind === 'simple') throw new Error(stat);
  const alike = sets.filter((set) => set.minimum === set.maximum && set.sum === set.minimum * set.sampleCount);
  if (alike.length < sets.length) return undefined;
  const raw = [...pairs, ...alike.map(({ minimum: value, sampleCount }) => ({ value, count: sampleCount }))];
  const samples = samplesOf(
    raw.map(({ value }) => value),
    raw.map(({ count: seen }) => seen),
  );
  return evaluateSamples(parsed.statistic, rangeOf(samples), 'nearest-rank');
}
