import type { TimeRange } from '../../../protocol/widget-series.ts';
import type { Schedule } from '../schedule.ts';
import { isThrottling } from '../send.ts';
import { stretchFor } from './poll-interval.ts';
import type { MetricReader } from './read-metrics.ts';
import { type CachedSeries, type Lacking, mergePoints, missingFrom, type SeriesCache } from './series-cache.ts';

export type MetricPollerOptions = {
  readonly cache: SeriesCache;
  readonly reader: MetricReader;
  /** Seconds since 1970. */
  readonly now: () => number;
  /** US dollars. */
  readonly budgetPerHour: number;
  readonly schedule: Schedule;
  /** Told when a series that a page shows has other points than before. */
  readonly onChange: () => void;
};

/** Fetches for all pages together what they show, and goes on while one shows it. */
export type MetricPoller = {
  /** Fetches, in as few calls as everything that is asked for at the same moment allows. @rejects with what AWS says. */
  readonly fetch: (lacking: Lacking) => Promise<void>;
  readonly state: () => PollingState;
};

export type PollingState = {
  readonly intervals: readonly number[];
  /** Of the intervals, by the budget. */
  readonly stretch: number;
  /** When AWS, having said that it is asked too often, is asked again. */
  readonly pausedUntil?: number;
  /** Of the newest answer. */
  readonly answeredAt?: number;
  /** What AWS said instead of an answer, since then. */
  readonly fault?: string;
};

const FIRST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 120;

/** A poller that does nothing until it is first asked. */
export function createMetricPoller(options: MetricPollerOptions): MetricPoller {
  const { cache, reader, now, budgetPerHour, schedule, onChange } = options;
  const pause = { seconds: 0, until: Number.NEGATIVE_INFINITY };
  let waiting: Gathered | undefined;
  let isBusy = false;
  let answeredAt: number | undefined;
  let fault: string | undefined;
  let cancel = (): void => {};

  const stretch = (shown: readonly CachedSeries[]): number =>
    stretchFor(
      shown.map(({ intervalSeconds }) => intervalSeconds),
      budgetPerHour,
    );

  const refresh = async (lacking: Lacking): Promise<boolean> => {
    if (now() < pause.until) throw new PausedError(pause.until - now());
    try {
      const changed = await fetchInto(cache, reader, lacking, now());
      answeredAt = now();
      fault = undefined;
      pause.seconds = 0;
      return changed;
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
      if (isThrottling(error)) {
        pause.seconds = Math.min(LONGEST_PAUSE_SECONDS, Math.max(FIRST_PAUSE_SECONDS, pause.seconds * 2));
        pause.until = now() + pause.seconds;
      }
      throw error;
    }
  };

  const poll = async (): Promise<void> => {
    const shown = cache.shown(now());
    const by = stretch(shown);
    const due = shown.filter(({ fetchedAt, intervalSeconds }) => fetchedAt + intervalSeconds * by * EARLY <= now());
    isBusy = true;
    // What went wrong is said to whoever asks next; until then the page has what there was.
    const changed = due.length > 0 && (await refresh({ series: due, listings: [] }).catch(() => false));
    isBusy = false;
    if (changed) onChange();
    plan();
  };

  const plan = (): void => {
    cancel();
    const shown = cache.shown(now());
    if (isBusy || shown.length === 0) return;
    const by = stretch(shown);
    const next = Math.min(...shown.map(({ fetchedAt, intervalSeconds }) => fetchedAt + intervalSeconds * by));
    const seconds = Math.max(LEAST_SECONDS, next - now(), pause.until - now());
    cancel = schedule(Math.min(seconds, LONGEST_PAUSE_SECONDS) * 1000, poll);
  };

  return {
    fetch: (lacking) => {
      waiting ??= gather(schedule, async (all) => {
        waiting = undefined;
        try {
          await refresh(all);
        } finally {
          plan();
        }
      });
      return waiting.add(lacking);
    },
    state: () => {
      const shown = cache.shown(now());
      const paused = pause.until > now();
      return {
        intervals: shown.map(({ intervalSeconds }) => intervalSeconds),
        stretch: stretch(shown),
        ...(paused && { pausedUntil: pause.until }),
        ...(answeredAt !== undefined && { answeredAt }),
        ...(fault !== undefined && { fault }),
      };
    },
  };
}

/** What is nearly due goes with what is, so that a minute's series share their calls. */
const EARLY = 0.95;
const LEAST_SECONDS = 0.25;

/** Why nothing is asked at the moment. */
class PausedError extends Error {
  override readonly name = 'ThrottlingException';
  constructor(seconds: number) {
    super(`AWS says that it is asked too often; it is asked again in ${Math.ceil(seconds)} s`);
  }
}

type Gathered = { readonly add: (lacking: Lacking) => Promise<void> };

/** Puts together what is asked for before the next turn of the event loop. */
function gather(schedule: Schedule, run: (all: Lacking) => Promise<void>): Gathered {
  const series = new Map<string, CachedSeries>();
  const listings = new Map<string, Lacking['listings'][number]>();
  const done = new Promise<void>((resolve, reject) => {
    schedule(0, () => {
      run({ series: [...series.values()], listings: [...listings.values()] }).then(resolve, reject);
    });
  });
  return {
    add: (lacking) => {
      for (const one of lacking.series) series.set(one.key, one);
      for (const one of lacking.listings) listings.set(one.key, one);
      return done;
    },
  };
}

async function fetchInto(cache: SeriesCache, reader: MetricReader, { series, listings }: Lacking, now: number) {
  let changed = false;
  const byRange = new Map<string, { readonly range: TimeRange; readonly entries: CachedSeries[] }>();
  const wholes = series.filter(({ isWhole }) => isWhole);
  for (const entry of series) {
    if (entry.isWhole) continue;
    const start = missingFrom(entry, now);
    const end = Math.ceil(Math.min(entry.to, now + 1));
    const key = `${start}/${end}`;
    const group = byRange.get(key) ?? { range: { start, end }, entries: [] };
    byRange.set(key, group);
    group.entries.push(entry);
  }
  const fetches = [...byRange.values()].map(async ({ range, entries }) => {
    const found = await reader.series(entries, range);
    for (const entry of entries) {
      const points = found.get(entry.key) ?? { timestamps: [], values: [] };
      changed = mergePoints(entry, range.start, points, now) || changed;
    }
  });
  const others = [
    ...wholes.map(async (entry) => {
      const start = entry.shownFrom;
      const points = await reader.whole(entry, { start, end: start + entry.query.periodSeconds });
      changed = mergePoints(entry, start, points, now) || changed;
    }),
    ...listings.map(async (listing) => cache.list(listing.key, await reader.list(listing), now)),
  ];
  await Promise.all([...fetches, ...others]);
  return changed;
}
