import { type Contribution, createContributionReader } from './contribution.ts';
import { type InsightRule, watchesLogGroup } from './insight-rule.ts';

/** What one contributor did in one minute; `minimum` and `maximum` are of single events. */
export type Tally = {
  readonly keys: readonly string[];
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
};

/** Contributors by their keys. */
export type Tallies = ReadonlyMap<string, Tally>;

/** What a rule counted: it sees the events that are added while it is enabled, none from before. */
export type RuleTally = {
  readonly rule: InsightRule;
  /** Takes an event, its time in milliseconds since 1970; false where the rule does not count it. */
  add(event: { readonly logGroup: string; readonly timestamp: number; readonly message: string }): boolean;
  /** Minutes with contributors, their start in seconds since 1970, in the order of time. */
  minutes(start: number, end: number): readonly { readonly start: number; readonly tallies: Tallies }[];
  /** Forgets what is older, seconds since 1970. */
  forget(before: number): void;
  /** Contributors of all minutes that are kept, and how many were forgotten to stay below `maxEntries`. */
  size(): { readonly entries: number; readonly evicted: number };
};

export type RuleTallyOptions = {
  /** Most contributors of all minutes together; beyond it the oldest minutes are forgotten. Default 1,000,000. */
  readonly maxEntries?: number;
};

export function createRuleTally(rule: InsightRule, { maxEntries = 1_000_000 }: RuleTallyOptions = {}): RuleTally {
  const read = createContributionReader(rule);
  const kept = new Map<number, Map<string, Tally>>();
  let entries = 0;
  let evicted = 0;
  const drop = (minute: number): void => {
    entries -= kept.get(minute)?.size ?? 0;
    kept.delete(minute);
  };
  /** By a tenth, so that minutes need not be put in order for every event. */
  const makeRoom = (): void => {
    const before = entries;
    for (const minute of ordered().slice(0, -1)) if (entries > 0.9 * maxEntries) drop(minute);
    evicted += before - entries;
  };
  const ordered = (): readonly number[] => [...kept.keys()].sort((a, b) => a - b);
  return {
    rule,
    add({ logGroup, timestamp, message }) {
      const contribution = watchesLogGroup(rule, logGroup) ? read(message) : undefined;
      if (!contribution) return false;
      const minute = Math.floor(timestamp / 60_000) * 60;
      const tallies = kept.get(minute) ?? new Map<string, Tally>();
      kept.set(minute, tallies);
      entries -= tallies.size;
      count(tallies, contribution);
      entries += tallies.size;
      if (entries > maxEntries) makeRoom();
      return true;
    },
    minutes: (start, end) =>
      ordered()
        .filter((minute) => minute >= start && minute < end)
        .map((minute) => ({ start: minute, tallies: kept.get(minute) as Tallies })),
    forget(before) {
      for (const minute of ordered()) if (minute < before) drop(minute);
    },
    size: () => ({ entries, evicted }),
  };
}

function count(tallies: Map<string, Tally>, { keys, value }: Contribution): void {
  const id = JSON.stringify(keys);
  const known = tallies.get(id);
  if (!known) {
    tallies.set(id, { keys, count: 1, sum: value, minimum: value, maximum: value });
    return;
  }
  known.count += 1;
  known.sum += value;
  known.minimum = Math.min(known.minimum, value);
  known.maximum = Math.max(known.maximum, value);
}

/** The contributors of several minutes together. */
export function mergeTallies(all: readonly Tallies[]): Tallies {
  const merged = new Map<string, Tally>();
  for (const tallies of all) {
    for (const [id, tally] of tallies) {
      const known = merged.get(id);
      if (!known) merged.set(id, { ...tally });
      else {
        known.count += tally.count;
        known.sum += tally.sum;
        known.minimum = Math.min(known.minimum, tally.minimum);
        known.maximum = Math.max(known.maximum, tally.maximum);
      }
    }
  }
  return merged;
}
