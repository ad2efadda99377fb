import type { TimeRange } from '../protocol/widget-series.ts';

/** The top contributors of a Contributor Insights rule (GetInsightRuleReport). */
export type ContributorQuestion = {
  readonly rule: string;
  readonly range: TimeRange;
  /** A multiple of 60. */
  readonly periodSeconds: number;
  readonly orderBy: 'Sum' | 'Maximum';
  readonly most: number;
};

/** Contributors, the largest first. */
export type ContributorAnswer = {
  readonly keyLabels: readonly string[];
  /** How many there are in all, about. */
  readonly uniqueCount: number;
  readonly contributors: readonly {
    readonly keys: readonly string[];
    readonly timestamps: readonly number[];
    readonly values: readonly number[];
  }[];
};
