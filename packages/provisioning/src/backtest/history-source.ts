import {
  type Metric,
  type MetricSource,
  metricKey,
  NO_POINTS,
  type Points,
  parseStatistic,
  type StatQuery,
} from '@voice-campaign/cloudwatch-engine';

/** What was asked of one metric: by the minute what adds up, and for a statistic that does not its own periods. */
export type AskedSeries = {
  readonly metric: Metric;
  readonly unit?: string;
  readonly stat: string;
  readonly periodSeconds: number;
};

/** The statistics by the minute that a simple one of any period is made of. */
export const minuteStatisticsOf = (stat: string): readonly string[] =>
  stat === 'Average' ? ['Sum', 'SampleCount'] : [stat];

export const isSimple = (stat: string): boolean => {
  const parsed = parseStatistic(stat);
  return parsed.ok && parsed.statistic.kind === 'simple';
};

// Evaluations ask each minute with the same object.
const keys = new WeakMap<Metric, string>();

const keyOf = ({ metric, unit = '', stat, periodSeconds }: AskedSeries): string => {
  const key = keys.get(metric) ?? metricKey(metric);
  keys.set(metric, key);
  return `${key}\n${unit}\n${stat}\n${periodSeconds}`;
};

/** Metrics as an account had them from `start` to `end`, seconds since 1970, whole minutes. */
export type History = {
  /** Takes points of a series, whose timestamps are those of its periods. */
  readonly add: (series: AskedSeries, points: Points) => void;
  /** Whether a series has any point. */
  readonly has: (series: AskedSeries) => boolean;
  readonly source: MetricSource;
};

/**
 * An empty history. Periods of simple statistics are added up of minutes, wherever they begin; any other statistic has
 * for a period that begins between two of its own the value of the earlier one.
 */
export const createHistory = ({ start, end }: { readonly start: number; readonly end: number }): History => {
  const series = new Map<string, Float64Array>();
  const placesOf = (asked: AskedSeries): Float64Array | undefined => series.get(keyOf(asked));
  return {
    add: (asked, { timestamps, values }) => {
      if (timestamps.length === 0) return;
      const { periodSeconds } = asked;
      const first = Math.floor(start / periodSeconds);
      const known = placesOf(asked);
      const places = known ?? new Float64Array(Math.ceil(end / periodSeconds) - first).fill(Number.NaN);
      if (known === undefined) series.set(keyOf(asked), places);
      for (const [index, timestamp] of timestamps.entries()) {
        const place = Math.floor(timestamp / periodSeconds) - first;
        if (place >= 0 && place < places.length) places[place] = values[index] as number;
      }
    },
    has: (asked) => placesOf(asked) !== undefined,
    source: {
      metrics: () => [],
      points: (query) => (isSimple(query.stat) ? added(query, start, placesOf) : shifted(query, start, placesOf)),
    },
  };
};

type Places = (asked: AskedSeries) => Float64Array | undefined;

const originOf = ({ alignment = 'epoch', start, periodSeconds }: StatQuery): number =>
  alignment === 'epoch' ? Math.ceil(start / periodSeconds) * periodSeconds : start;

/** Of the minutes in each period. */
const added = (query: StatQuery, start: number, placesOf: Places): Points => {
  const { metric, unit, stat, periodSeconds, end } = query;
  const [whole, counts] = minuteStatisticsOf(stat).map((each) =>
    placesOf({ metric, ...(unit !== undefined && { unit }), stat: each, periodSeconds: 60 }),
  );
  if (whole === undefined || (stat === 'Average' && counts === undefined)) return NO_POINTS;
  const both = stat === 'Minimum' ? Math.min : stat === 'Maximum' ? Math.max : plus;
  const timestamps: number[] = [];
  const values: number[] = [];
  for (let from = originOf(query); from < end; from += periodSeconds) {
    const first = Math.floor(from / 60) - Math.floor(start / 60);
    const value = reduced(whole, first, periodSeconds / 60, both);
    if (Number.isNaN(value)) continue;
    timestamps.push(from);
    values.push(counts === undefined ? value : value / reduced(counts, first, periodSeconds / 60, plus));
  }
  return { timestamps, values };
};

const plus = (one: number, other: number): number => one + other;

/** NaN of minutes that have no value. */
const reduced = (
  places: Float64Array,
  first: number,
  length: number,
  both: (one: number, other: number) => number,
): number => {
  let value = Number.NaN;
  for (let place = Math.max(0, first); place < Math.min(places.length, first + length); place += 1) {
    const own = places[place] as number;
    if (!Number.isNaN(own)) value = Number.isNaN(value) ? own : both(value, own);
  }
  return value;
};

const shifted = (query: StatQuery, start: number, placesOf: Places): Points => {
  const { metric, unit, stat, periodSeconds, end } = query;
  const places = placesOf({ metric, ...(unit !== undefined && { unit }), stat, periodSeconds });
  if (places === undefined) return NO_POINTS;
  const timestamps: number[] = [];
  const values: number[] = [];
  for (let from = originOf(query); from < end; from += periodSeconds) {
    const value = places[Math.floor(from / periodSeconds) - Math.floor(start / periodSeconds)];
    if (value === undefined || Number.isNaN(value)) continue;
    timestamps.push(from);
    values.push(value);
  }
  return { timestamps, values };
};
