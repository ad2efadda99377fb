import type { Emulator } from '@voice-campaign/emulator';
import type { ContributorAnswer, ContributorQuestion } from '../contributor-question.ts';
import { callCloudWatch } from './emulator-call.ts';

type Report = {
  readonly KeyLabels: readonly string[];
  readonly ApproximateUniqueCount: number;
  readonly Contributors: readonly {
    readonly Keys: readonly string[];
    readonly Datapoints: readonly { readonly Timestamp: number; readonly ApproximateValue: number }[];
  }[];
};

/** @throws ViewSourceError for a rule that there is not. */
export async function contributorsOf(
  emulator: Emulator,
  { rule, range, periodSeconds, orderBy, most }: ContributorQuestion,
): Promise<ContributorAnswer> {
  const answer = await callCloudWatch(emulator, 'GetInsightRuleReport', {
    RuleName: rule,
    StartTime: range.start,
    EndTime: range.end,
    Period: periodSeconds,
    OrderBy: orderBy,
    MaxContributorCount: most,
  });
  const { KeyLabels: keyLabels, ApproximateUniqueCount: uniqueCount, Contributors: found } = answer as Report;
  return {
    keyLabels,
    uniqueCount,
    contributors: found.map(({ Keys: keys, Datapoints: points }) => ({
      keys,
      timestamps: points.map(({ Timestamp }) => Timestamp),
      values: points.map(({ ApproximateValue }) => ApproximateValue),
    })),
  };
}
