import type { Alignment } from '../series/metric-source.ts';
import type { Points } from '../series/points.ts';
import { mergeTallies, type RuleTally, type Tallies, type Tally } from './rule-tally.ts';

/** Metrics of a rule (API reference, GetInsightRuleReport). */
export const RULE_METRICS = [
  'UniqueContributors',
  'MaxContributorValue',
  'SampleCount',
  'Sum',
  'Minimum',
  'Maximum',
  'Average',
] as const;

export type RuleMetric = (typeof RULE_METRICS)[number];

/** Seconds since 1970, `start` inclusive and `end` exclusive; periods are whole minutes. */
export type RuleQuery = {
  readonly start: number;
  readonly end: number;
  readonly periodSeconds: number;
  /** Where periods begin: at their multiples since 1970 (the default), or at `start`. */
  readonly alignment?: Alignment;
};

export type RuleReport = {
  readonly keyLabels: readonly string[];
  /** What all contributors of the time add up to. */
  readonly aggregateValue: number;
  readonly uniqueCount: number;
  /** The highest first. */
  readonly contributors: readonly {
    readonly keys: readonly string[];
    readonly value: number;
    readonly points: Points;
  }[];
};

type Period = { readonly start: number; readonly tallies: Tallies };

/** One value for each period in which the rule counted an event. */
export function ruleMetricPoints(tally: RuleTally, metric: RuleMetric, query: RuleQuery): Points {
  const periods = periodsOf(tally, query);
  return {
    timestamps: periods.map(({ start }) => start),
    values: periods.map(({ tallies }) => metricOf(metric, [...tallies.values()])),
  };
}

/**
 * Who contributed most. `orderBy` ranks by what a contributor adds up to (`Sum`, the default), or by the highest of its
 * periods (`Maximum`); `limit` is 10 as in GetInsightRuleReport. Numbers are exact; CloudWatch's own are approximate.
 */
export function ruleReport(
  tally: RuleTally,
  query: RuleQuery,
  { orderBy = 'Sum', limit = 10 }: { readonly orderBy?: 'Sum' | 'Maximum'; readonly limit?: number } = {},
): RuleReport {
  const periods = periodsOf(tally, query);
  const all = [...mergeTallies(periods.map(({ tallies }) => tallies))].map(([id, whole]) => {
    const found = periods.flatMap(({ start, tallies }) => {
      const part = tallies.get(id);
      return part ? [{ start, value: part.sum }] : [];
    });
    const points = { timestamps: found.map(({ start }) => start), values: found.map(({ value }) => value) };
    const rank = orderBy === 'Sum' ? whole.sum : Math.max(...points.values);
    return { id, rank, contributor: { keys: whole.keys, value: whole.sum, points } };
  });
  all.sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1));
  return {
    keyLabels: tally.rule.keys,
    aggregateValue: all.reduce((sum, { contributor }) => sum + contributor.value, 0),
    uniqueCount: all.length,
    contributors: all.slice(0, limit).map(({ contributor }) => contributor),
  };
}

function periodsOf(tally: RuleTally, { start, end, periodSeconds, alignment = 'epoch' }: RuleQuery): readonly Period[] {
  const period = Math.max(60, Math.ceil(periodSeconds / 60) * 60);
  const from = Math.floor(start / 60) * 60;
  const origin = alignment === 'epoch' ? 0 : from;
  const first = origin + Math.ceil((from - origin) / period) * period;
  const until = origin + Math.ceil((end - origin) / period) * period;
  const minutes = new Map<number, Tallies[]>();
  for (const { start: minute, tallies } of tally.minutes(first, until)) {
    const at = origin + Math.floor((minute - origin) / period) * period;
    minutes.set(at, [...(minutes.get(at) ?? []), tallies]);
  }
  return [...minutes].map(([at, tallies]) => ({ start: at, tallies: mergeTallies(tallies) }));
}

function metricOf(metric: RuleMetric, all: readonly Tally[]): number {
  const samples = all.reduce((sum, { count }) => sum + count, 0);
  const sum = all.reduce((total, each) => total + each.sum, 0);
  switch (metric) {
    case 'UniqueContributors':
      return all.length;
    case 'MaxContributorValue':
      return all.reduce((most, each) => Math.max(most, each.sum), Number.NEGATIVE_INFINITY);
    case 'SampleCount':
      return samples;
    case 'Sum':
      return sum;
    case 'Average':
      return sum / samples;
    case 'Minimum':
      return all.reduce((least, { minimum }) => Math.min(least, minimum), Number.POSITIVE_INFINITY);
    case 'Maximum':
      return all.reduce((most, { maximum }) => Math.max(most, maximum), Number.NEGATIVE_INFINITY);
  }
}
