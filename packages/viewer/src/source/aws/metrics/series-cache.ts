import {
  type Metric,
  type MetricSource,
  metricKey,
  NO_POINTS,
  type Points,
  type StatQuery,
} from '@voice-campaign/cloudwatch-engine';
import { pollInterval } from './poll-interval.ts';

/** A series as GetMetricData gives it, kept so that only what is not finished is asked for again. Instants in seconds. */
export type CachedSeries = {
  readonly key: string;
  readonly query: Pick<StatQuery, 'metric' | 'stat' | 'periodSeconds' | 'unit'>;
  /** One value over a range that begins where it was asked to (GetMetricStatistics). */
  readonly isWhole: boolean;
  readonly intervalSeconds: number;
  points: Points;
  from: number;
  /** Infinite where it goes on until now, and so is polled. */
  to: number;
  /** When it was last asked of CloudWatch; minus infinity for never. */
  fetchedAt: number;
  /** When all of it was. */
  completeAt: number;
  /** When a page last showed it. */
  shownAt: number;
  /** The earliest start that a page asked for since all of it was fetched. */
  shownFrom: number;
};

/** What a page shows is polled; a page that is open asks at least every five seconds. */
const LEASE_SECONDS = 20;
const FORGOTTEN_SECONDS = 600;
/** Data that come later than the pages below look back are found by fetching all again. */
const COMPLETE_SECONDS = 900;

/** A value over three hours may be one over the three hours to a moment ago. */
const WHOLE_SECONDS = 120;

const lateSeconds = (periodSeconds: number): number => Math.max(2 * periodSeconds, periodSeconds < 60 ? 30 : 300);

export type SeriesCache = {
  readonly source: MetricSource;
  /** Evaluates, and says which series it lacked, and which lists of metrics. */
  readonly collect: <Result>(read: () => Result) => { readonly result: Result } & Lacking;
  readonly shown: (now: number) => readonly CachedSeries[];
  readonly list: (key: string, metrics: readonly Metric[], now: number) => void;
};

export type Listing = { readonly key: string; readonly namespace?: string; readonly name?: string };
export type Lacking = { readonly series: readonly CachedSeries[]; readonly listings: readonly Listing[] };

export type SeriesCacheOptions = {
  readonly now: () => number;
  readonly isHighResolution: (metric: Metric) => boolean;
};

/** A source of metrics that has what was fetched into it. */
export function createSeriesCache({ now, isHighResolution }: SeriesCacheOptions): SeriesCache {
  const entries = new Map<string, CachedSeries>();
  const listings = new Map<string, { readonly metrics: readonly Metric[]; readonly at: number }>();
  let lacking = { series: new Map<string, CachedSeries>(), listings: new Map<string, Listing>() };
  const entryOf = (query: StatQuery): CachedSeries => {
    const key = [metricKey(query.metric), query.stat, query.periodSeconds, query.unit, query.alignment].join('|');
    const known = entries.get(key);
    if (known) return known;
    const made = emptySeries(key, query, isHighResolution(query.metric), now());
    entries.set(key, made);
    return made;
  };
  const source: MetricSource = {
    points: (query) => {
      const entry = entryOf(query);
      if (isLacking(entry, query, now())) lacking.series.set(entry.key, entry);
      entry.shownAt = now();
      entry.shownFrom = entry.isWhole ? query.start : Math.min(entry.shownFrom, query.start);
      return sliceOf(entry, query);
    },
    metrics: ({ namespace, name } = {}) => {
      const key = JSON.stringify([namespace, name]);
      const known = listings.get(key);
      if (known && known.at > now() - FORGOTTEN_SECONDS) return known.metrics;
      lacking.listings.set(key, {
        key,
        ...(namespace !== undefined && { namespace }),
        ...(name !== undefined && { name }),
      });
      return known?.metrics ?? [];
    },
  };
  return {
    source,
    collect: (read) => {
      lacking = { series: new Map(), listings: new Map() };
      const result = read();
      return { result, series: [...lacking.series.values()], listings: [...lacking.listings.values()] };
    },
    shown: (at) => {
      for (const [key, { shownAt }] of entries) if (at - shownAt > FORGOTTEN_SECONDS) entries.delete(key);
      return [...entries.values()].filter(
        ({ to, shownAt }) => to === Number.POSITIVE_INFINITY && at - shownAt <= LEASE_SECONDS,
      );
    },
    list: (key, metrics, at) => void listings.set(key, { metrics, at }),
  };
}

function emptySeries(key: string, query: StatQuery, isHighResolution: boolean, now: number): CachedSeries {
  const { metric, stat, periodSeconds, unit, alignment, start, end } = query;
  return {
    key,
    query: { metric, stat, periodSeconds, ...(unit && { unit }) },
    isWhole: alignment === 'start',
    intervalSeconds: pollInterval(periodSeconds, isHighResolution),
    points: NO_POINTS,
    from: start,
    to: end,
    fetchedAt: Number.NEGATIVE_INFINITY,
    completeAt: Number.NEGATIVE_INFINITY,
    shownAt: now,
    shownFrom: start,
  };
}

/** Widens the entry to the query where it is too short. */
function isLacking(entry: CachedSeries, { start, end, periodSeconds }: StatQuery, now: number): boolean {
  const isLive = end >= now - lateSeconds(periodSeconds);
  const reaches = isLive ? entry.to === Number.POSITIVE_INFINITY : end <= entry.to;
  const isCovered = entry.isWhole ? Math.abs(start - entry.from) <= WHOLE_SECONDS : start >= entry.from && reaches;
  const isForgotten = now - entry.shownAt > LEASE_SECONDS && now - entry.fetchedAt >= entry.intervalSeconds;
  if (entry.fetchedAt > Number.NEGATIVE_INFINITY && isCovered && !(isForgotten && isLive)) return false;
  if (!isCovered || entry.fetchedAt === Number.NEGATIVE_INFINITY) entry.completeAt = Number.NEGATIVE_INFINITY;
  entry.from = entry.isWhole ? start : Math.min(entry.from, start);
  entry.to = isLive ? Number.POSITIVE_INFINITY : Math.max(entry.to, end);
  return true;
}

function sliceOf({ points, isWhole }: CachedSeries, { start, end }: StatQuery): Points {
  if (isWhole) return { timestamps: points.values.slice(0, 1).map(() => start), values: points.values.slice(0, 1) };
  const first = firstAt(points.timestamps, start);
  const last = firstAt(points.timestamps, end);
  return { timestamps: points.timestamps.slice(first, last), values: points.values.slice(first, last) };
}

function firstAt(timestamps: readonly number[], instant: number): number {
  let low = 0;
  let high = timestamps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timestamps[middle] ?? 0) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** From where a series has to be asked for: all of it now and then, else only what may still change. */
export function missingFrom(entry: CachedSeries, now: number): number {
  const { periodSeconds } = entry.query;
  const isComplete = now - entry.completeAt < COMPLETE_SECONDS;
  const from = isComplete ? Math.max(entry.from, entry.fetchedAt - lateSeconds(periodSeconds)) : entry.from;
  return Math.floor(from / periodSeconds) * periodSeconds;
}

/** Puts what was fetched from an instant on in the place of what was there; says whether anything is another. */
export function mergePoints(entry: CachedSeries, from: number, fetched: Points, now: number): boolean {
  const { points } = entry;
  const isComplete = from <= entry.from;
  const kept = entry.isWhole || isComplete ? 0 : firstAt(points.timestamps, from);
  const isSame =
    points.timestamps.length - kept === fetched.timestamps.length &&
    fetched.values.every((value, index) => points.values[kept + index] === value) &&
    fetched.timestamps.every((instant, index) => points.timestamps[kept + index] === instant);
  if (!isSame) {
    entry.points = {
      timestamps: [...points.timestamps.slice(0, kept), ...fetched.timestamps],
      values: [...points.values.slice(0, kept), ...fetched.values],
    };
  }
  if (entry.isWhole) entry.from = from;
  else if (isComplete) {
    entry.completeAt = now;
    entry.from = Math.max(entry.from, Math.min(entry.shownFrom, now));
    entry.shownFrom = Number.POSITIVE_INFINITY;
  }
  entry.fetchedAt = now;
  return !isSame;
}
