import type { ContributorRuleDefinition } from './log-definition.ts';

/** The definition that PutInsightRule takes, without its `LogGroupNames` ("Contributor Insights rule syntax"). */
export const ruleDefinition = ({ keys, valueOf: summed, present = [] }: ContributorRuleDefinition) => ({
  Schema: { Name: 'CloudWatchLogRule', Version: 1 },
  LogFormat: 'JSON',
  Contribution: {
    Keys: keys,
    ...(summed !== undefined && { ValueOf: summed }),
    Filters: present.map((path) => ({ Match: path, IsPresent: true })),
  },
  AggregateOn: summed === undefined ? 'Count' : 'Sum',
});
