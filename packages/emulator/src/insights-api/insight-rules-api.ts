import {
  type InsightRuleIssue,
  parseInsightRule,
  RULE_METRICS,
  type RuleMetric,
  ruleMetricPoints,
  ruleReport,
} from '@voice-campaign/cloudwatch-engine/contributors';
import { readTags } from '../alarms-api/alarms-context.ts';
import { invalidNextToken, invalidValue, missingParameter } from '../cloudwatch-api/cloudwatch-errors.ts';
import type { InsightRules, StoredRule } from '../insights/insight-rules.ts';
import { type Input, readInteger, readString, readStrings, readTimestamp } from '../service-api/input.ts';
import { ServiceError } from '../service-api/service-error.ts';
import { committer, type Journal } from '../state/journal.ts';

export type InsightsContext = {
  readonly insights: InsightRules;
  readonly journal: Journal;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

// Quotas of Contributor Insights, and limits of the API reference.
const mostRules = 100;
const mostContributors = 100;
const mostListed = 500;

const notFound = (message: string): ServiceError =>
  new ServiceError(
    'com.amazonaws.cloudwatch.v2010_08_01#ResourceNotFoundException',
    'ResourceNotFoundException',
    message,
    404,
  );

const limitExceeded = (message: string): ServiceError =>
  new ServiceError('com.amazonaws.cloudwatch.v2010_08_01#LimitExceededException', 'LimitExceededException', message);

const problem = ({ path, message }: InsightRuleIssue): string => `${path}: ${message}`;

const readName = (input: Input): string => {
  const name = readString(input, 'RuleName') ?? '';
  if (name === '') throw missingParameter('RuleName');
  if (/^[\x21-\x7e]{1,128}$/.test(name)) return name;
  throw invalidValue('RuleName must have 1 to 128 characters of ASCII without spaces.');
};

const putRule = ({ insights, journal, now }: InsightsContext, input: Input) => {
  const name = readName(input);
  const definition = readString(input, 'RuleDefinition');
  if (definition === undefined) throw missingParameter('RuleDefinition');
  const parsed = parseInsightRule(definition);
  if (!parsed.ok) throw invalidValue(`The rule definition is not valid: ${parsed.issues.map(problem).join('; ')}`);
  const state = readString(input, 'RuleState') ?? 'ENABLED';
  if (state !== 'ENABLED' && state !== 'DISABLED')
    throw invalidValue(`RuleState ${state} is neither ENABLED nor DISABLED.`);
  const before = insights.rules.get(name);
  if (before === undefined && insights.rules.size >= mostRules) {
    throw limitExceeded(`An account has at most ${mostRules} rules in a Region.`);
  }
  const rule = { name, definition, enabled: state === 'ENABLED', since: now(), tags: before?.tags ?? readTags(input) };
  committer(journal, insights)({ kind: 'rule', rule });
  return {};
};

/** Names that are not there are failures of their own; the others go through. */
const eachNamed = ({ insights }: InsightsContext, input: Input, run: (rule: StoredRule) => void) => ({
  Failures: readStrings(input, 'RuleNames').flatMap((name) => {
    const rule = insights.rules.get(name);
    if (rule !== undefined) {
      run(rule);
      return [];
    }
    const FailureDescription = `Rule ${name} does not exist`;
    return [
      { FailureResource: name, ExceptionType: 'ResourceNotFoundException', FailureCode: '404', FailureDescription },
    ];
  }),
});

const setEnabled = (context: InsightsContext, input: Input, enabled: boolean) =>
  eachNamed(context, input, (rule) => {
    if (rule.enabled === enabled) return;
    const since = enabled ? context.now() : rule.since;
    committer(context.journal, context.insights)({ kind: 'rule', rule: { ...rule, enabled, since } });
  });

const describeRules = ({ insights }: InsightsContext, input: Input) => {
  const limit = readInteger(input, 'MaxResults') ?? mostListed;
  if (limit < 1 || limit > mostListed) throw invalidValue(`MaxResults must be from 1 to ${mostListed}.`);
  const from = Number(readString(input, 'NextToken') ?? 0);
  if (!Number.isInteger(from) || from < 0) throw invalidNextToken();
  const all = [...insights.rules.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  return {
    InsightRules: all.slice(from, from + limit).map(({ name, definition, enabled }) => ({
      Name: name,
      State: enabled ? 'ENABLED' : 'DISABLED',
      Schema: 'CloudWatchLogRule/1',
      Definition: definition,
      ManagedRule: false,
      ApplyOnTransformedLogs: false,
    })),
    ...(from + limit < all.length && { NextToken: String(from + limit) }),
  };
};

const readMetrics = (input: Input): readonly RuleMetric[] =>
  readStrings(input, 'Metrics').map((name) => {
    const metric = RULE_METRICS.find((each) => each === name);
    if (metric === undefined) throw invalidValue(`Metrics: ${name} is none of ${RULE_METRICS.join(', ')}.`);
    return metric;
  });

const readQuery = (input: Input) => {
  const [start, end] = [readTimestamp(input, 'StartTime'), readTimestamp(input, 'EndTime')];
  if (start === undefined) throw missingParameter('StartTime');
  if (end === undefined) throw missingParameter('EndTime');
  const periodSeconds = readInteger(input, 'Period') ?? 0;
  if (periodSeconds < 60 || periodSeconds % 60 !== 0) throw invalidValue('Period must be a multiple of 60.');
  if (end <= start) throw invalidValue('StartTime must be before EndTime.');
  return { start: start / 1000, end: end / 1000, periodSeconds };
};

const getReport = ({ insights }: InsightsContext, input: Input) => {
  const tally = insights.tallyOf(readName(input));
  if (tally === undefined) throw notFound(`Rule ${readString(input, 'RuleName')} does not exist`);
  const query = readQuery(input);
  const limit = readInteger(input, 'MaxContributorCount') ?? 10;
  if (limit < 1 || limit > mostContributors)
    throw invalidValue(`MaxContributorCount must be from 1 to ${mostContributors}.`);
  const orderBy = readString(input, 'OrderBy') ?? 'Sum';
  if (orderBy !== 'Sum' && orderBy !== 'Maximum') throw invalidValue(`OrderBy ${orderBy} is neither Sum nor Maximum.`);
  const { keyLabels, aggregateValue, uniqueCount, contributors } = ruleReport(tally, query, { orderBy, limit });
  return {
    KeyLabels: keyLabels,
    AggregationStatistic: tally.rule.aggregateOn === 'Count' ? 'SampleCount' : 'Sum',
    AggregateValue: aggregateValue,
    ApproximateUniqueCount: uniqueCount,
    Contributors: contributors.map(({ keys, value, points }) => ({
      Keys: keys,
      ApproximateAggregateValue: value,
      Datapoints: points.timestamps.map((time, index) => ({
        Timestamp: new Date(time * 1000),
        ApproximateValue: points.values[index],
      })),
    })),
    MetricDatapoints: datapointsOf(tally, readMetrics(input), query),
  };
};

/** One point for each period, 0 where nothing was counted (recorded). */
const datapointsOf = (
  tally: NonNullable<ReturnType<InsightRules['tallyOf']>>,
  metrics: readonly RuleMetric[],
  query: ReturnType<typeof readQuery>,
) => {
  if (metrics.length === 0) return [];
  const points = metrics.map((metric) => {
    const { timestamps, values } = ruleMetricPoints(tally, metric, query);
    return { metric, at: new Map(timestamps.map((time, index) => [time, values[index] ?? 0])) };
  });
  const first = Math.floor(query.start / query.periodSeconds) * query.periodSeconds;
  const count = Math.ceil((query.end - first) / query.periodSeconds);
  return Array.from({ length: count }, (_, index) => {
    const time = first + index * query.periodSeconds;
    const values = points.map(({ metric, at }) => [metric, at.get(time) ?? 0]);
    return { Timestamp: new Date(time * 1000), ...Object.fromEntries(values) };
  });
};

/** The rule of an ARN, `arn:aws:cloudwatch:<region>:<account>:insight-rule/<name>`. */
export const taggedRule = ({ insights, journal }: InsightsContext, arn: string) => {
  const rule = insights.rules.get(/^arn:.*:insight-rule\/(.+)$/.exec(arn)?.[1] ?? '');
  if (rule === undefined) return undefined;
  const change = (tags: StoredRule['tags']): void =>
    committer(journal, insights)({ kind: 'rule', rule: { ...rule, tags } });
  return { tags: rule.tags, change };
};

/** CloudWatch's operations on Contributor Insights rules. */
export const insightRuleOperations = (
  context: InsightsContext,
): Readonly<Record<string, (input: Input) => unknown>> => ({
  PutInsightRule: (input) => putRule(context, input),
  DescribeInsightRules: (input) => describeRules(context, input),
  EnableInsightRules: (input) => setEnabled(context, input, true),
  DisableInsightRules: (input) => setEnabled(context, input, false),
  DeleteInsightRules: (input) =>
    eachNamed(context, input, ({ name }) =>
      committer(context.journal, context.insights)({ kind: 'rule-deleted', name }),
    ),
  GetInsightRuleReport: (input) => getReport(context, input),
});
