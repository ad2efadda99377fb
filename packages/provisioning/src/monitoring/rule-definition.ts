import type { ContributorRuleDefinition } from './log-definition.ts';

/** The definition that PutInsightRule takes, without its `LogGroupNames` ("Contributor Insights rule syntax"). */
export const ruleDefinition = ({ keys, sum, present = [] }: ContributorRuleDefinition) => ({
  Schema: { Name: 'CloudWatchLogRule', Version: 1 },
  LogFormat: 'JSON',
  Contribution: {
    Keys: keys,
    ...(sum !== undefined && { ValueOf: sum }),
    Filters: present.map((path) => ({ Match: path, IsPresent: true })),
  },
  AggregateOn: sum === undefined ? 'Count' : 'Sum',
});
