import type { MonitoringPlan } from '../../src/index.ts';
import type { PlannedResource } from './terraform.ts';

/** A resource in AWS's own shape, by what it is. */
export type Canonical = Readonly<Record<string, unknown>>;

const bare = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const sortedBy = (resources: readonly Canonical[]): readonly Canonical[] =>
  [...resources].sort((one, other) => (`${one.is} ${one.name}` < `${other.is} ${other.name}` ? -1 : 1));

type Identified = { readonly Id: string };
const byId = (queries: readonly Identified[]): readonly Identified[] =>
  [...queries].sort((one, other) => (one.Id < other.Id ? -1 : 1));

/** Everything of a plan that the module makes, in one order. */
export const canonicalPlan = (plan: MonitoringPlan): readonly Canonical[] => {
  const { metricAlarms, compositeAlarms, dashboards, traceGroups, samplingRules, logGroups, ...others } = plan;
  const { queryDefinitions, contributorRules, topic, subscriptions, slackChannel, eventRule, tags, ...names } = others;
  // These stand in all of the others; a new part of the plan does not compile before it is compared.
  const { namespace, region, accountId, prefix, warnings, ...nothing } = names;
  nothing satisfies Readonly<Record<string, never>>;
  return sortedBy([
    ...metricAlarms.map((alarm) => ({
      ...{ is: 'alarm', name: alarm.AlarmName, tags },
      ...(bare(alarm) as object),
      // To Terraform they are a set.
      ...(alarm.Metrics !== undefined && { Metrics: byId(bare(alarm.Metrics) as Identified[]) }),
    })),
    ...compositeAlarms.map((alarm) => ({ is: 'composite', name: alarm.AlarmName, tags, ...(bare(alarm) as object) })),
    ...dashboards.map(({ name, body }) => ({ is: 'dashboard', name, body: bare(body) })),
    ...traceGroups.map((group) => ({ is: 'trace group', name: group.GroupName, tags, ...group })),
    ...samplingRules.map(({ rule }) => ({ is: 'sampling rule', name: rule.RuleName, tags, ...rule })),
    ...logGroups.map(({ logGroupName, retentionInDays }) => ({
      ...{ is: 'log group', name: logGroupName, tags, retentionInDays },
    })),
    ...queryDefinitions.map((query) => ({ is: 'query', ...query })),
    ...contributorRules.map(({ RuleName, RuleDefinition, RuleState }) => ({
      ...{ is: 'contributor rule', name: RuleName, tags, definition: JSON.parse(RuleDefinition), RuleState },
    })),
    ...topicOf(topic, tags),
    ...subscriptions.map((each) => ({
      is: 'subscription',
      name: `${each.protocol} ${each.endpoint}`,
      ...(bare(each) as object),
      ...(each.filterPolicy !== undefined && { filterPolicyScope: 'MessageBody' }),
    })),
    ...(slackChannel === undefined ? [] : slackOf(slackChannel, tags)),
    ...(eventRule === undefined
      ? []
      : [
          { is: 'event rule', name: eventRule.name, tags, eventPattern: bare(eventRule.eventPattern) },
          { is: 'event target', arn: eventRule.targetArn },
        ]),
  ]);
};

type Tags = MonitoringPlan['tags'];

const topicOf = ({ name, policy, key }: MonitoringPlan['topic'], tags: Tags): readonly Canonical[] => [
  // The ARN of a key that is created is not known before it is.
  { is: 'topic', name, tags, ...(key?.kind === 'existing' && { key: key.arn }) },
  { is: 'topic policy', policy: bare(policy) },
  ...(key?.kind === 'create'
    ? [
        { is: 'key', tags, policy: bare(key.policy) },
        { is: 'key alias', name: key.alias },
      ]
    : []),
];

const slackOf = (
  { role, ...channel }: NonNullable<MonitoringPlan['slackChannel']>,
  tags: Tags,
): readonly Canonical[] => [
  { is: 'slack', tags, ...channel },
  { is: 'role', name: role.name, tags, trustPolicy: bare(role.trustPolicy) },
  { is: 'role policy', role: role.name, arn: role.managedPolicyArn },
];

/** The same of what terraform plans. @throws Error for a type that no plan has. */
export const canonicalResources = (resources: readonly PlannedResource[]): readonly Canonical[] =>
  sortedBy(
    resources.map(({ type, values }) => {
      // To the provider no tags are null, and what cannot be tagged has none.
      const tags = taggable.has(type) ? { tags: values.tags ?? {} } : {};
      return bare({ ...canonicalOf(type, values), ...tags }) as Canonical;
    }),
  );

const taggable = new Set([
  ...['aws_cloudwatch_metric_alarm', 'aws_cloudwatch_composite_alarm', 'aws_cloudwatch_contributor_insight_rule'],
  ...['aws_cloudwatch_log_group', 'aws_xray_group', 'aws_xray_sampling_rule', 'aws_sns_topic', 'aws_kms_key'],
  ...['aws_iam_role', 'aws_chatbot_slack_channel_configuration', 'aws_cloudwatch_event_rule'],
]);

type Values = Readonly<Record<string, unknown>>;

const canonicalOf = (type: string, values: Values): Canonical => {
  switch (type) {
    case 'aws_cloudwatch_metric_alarm':
      return metricAlarm(values);
    case 'aws_cloudwatch_composite_alarm':
      return {
        is: 'composite',
        name: values.alarm_name,
        AlarmName: values.alarm_name,
        AlarmDescription: values.alarm_description,
        AlarmRule: values.alarm_rule,
        AlarmActions: values.alarm_actions ?? [],
        OKActions: values.ok_actions ?? [],
      };
    case 'aws_cloudwatch_dashboard':
      return { is: 'dashboard', name: values.dashboard_name, body: JSON.parse(String(values.dashboard_body)) };
    case 'aws_xray_group':
      return {
        is: 'trace group',
        name: values.group_name,
        GroupName: values.group_name,
        FilterExpression: values.filter_expression,
      };
    case 'aws_xray_sampling_rule':
      return {
        is: 'sampling rule',
        name: values.rule_name,
        RuleName: values.rule_name,
        Priority: values.priority,
        FixedRate: values.fixed_rate,
        ReservoirSize: values.reservoir_size,
        ServiceName: values.service_name,
        ServiceType: values.service_type,
        Host: values.host,
        HTTPMethod: values.http_method,
        URLPath: values.url_path,
        ResourceARN: values.resource_arn,
        Version: values.version,
      };
    default:
      return otherOf(type, values);
  }
};

const otherOf = (type: string, values: Values): Canonical => {
  switch (type) {
    case 'aws_cloudwatch_log_group':
      return { is: 'log group', name: values.name, retentionInDays: values.retention_in_days };
    case 'aws_cloudwatch_query_definition':
      return {
        is: 'query',
        name: values.name,
        queryString: values.query_string,
        logGroupNames: values.log_group_names,
      };
    case 'aws_cloudwatch_contributor_insight_rule':
      return {
        is: 'contributor rule',
        name: values.rule_name,
        definition: JSON.parse(String(values.rule_definition)),
        RuleState: values.rule_state,
      };
    case 'aws_sns_topic':
      return {
        is: 'topic',
        name: values.name,
        ...(values.kms_master_key_id != null && { key: values.kms_master_key_id }),
      };
    case 'aws_sns_topic_policy':
      return { is: 'topic policy', policy: JSON.parse(String(values.policy)) };
    case 'aws_kms_key':
      return { is: 'key', policy: JSON.parse(String(values.policy)) };
    case 'aws_kms_alias':
      return { is: 'key alias', name: values.name };
    case 'aws_sns_topic_subscription':
      return {
        is: 'subscription',
        name: `${values.protocol} ${values.endpoint}`,
        protocol: values.protocol,
        endpoint: values.endpoint,
        ...(values.filter_policy != null && {
          filterPolicy: JSON.parse(String(values.filter_policy)),
          filterPolicyScope: values.filter_policy_scope,
        }),
      };
    case 'aws_chatbot_slack_channel_configuration':
      return {
        is: 'slack',
        configurationName: values.configuration_name,
        workspaceId: values.slack_team_id,
        channelId: values.slack_channel_id,
      };
    case 'aws_iam_role':
      return { is: 'role', name: values.name, trustPolicy: JSON.parse(String(values.assume_role_policy)) };
    case 'aws_iam_role_policy_attachment':
      return { is: 'role policy', role: values.role, arn: values.policy_arn };
    case 'aws_cloudwatch_event_rule':
      return { is: 'event rule', name: values.name, eventPattern: JSON.parse(String(values.event_pattern)) };
    case 'aws_cloudwatch_event_target':
      return { is: 'event target', arn: values.arn };
    default:
      throw new Error(`no plan has a ${type}`);
  }
};

type Metric = { readonly metric_name: string; readonly namespace: string; readonly dimensions: object | null };
type Query = {
  readonly id: string;
  readonly label: string | null;
  readonly expression: string | null;
  readonly return_data: boolean | null;
  readonly metric: readonly (Metric & { readonly period: number; readonly stat: string })[];
};

const dimensionsOf = (dimensions: object | null | undefined) =>
  Object.entries(dimensions ?? {}).map(([Name, Value]) => ({ Name, Value }));

const metricAlarm = (values: Values): Canonical => {
  const queries = (values.metric_query ?? []) as readonly Query[];
  const given = (name: string, value: unknown) => (value == null || value === '' ? {} : { [name]: value });
  return {
    is: 'alarm',
    name: values.alarm_name,
    AlarmName: values.alarm_name,
    AlarmDescription: values.alarm_description,
    AlarmActions: values.alarm_actions ?? [],
    OKActions: values.ok_actions ?? [],
    EvaluationPeriods: values.evaluation_periods,
    DatapointsToAlarm: values.datapoints_to_alarm,
    ComparisonOperator: values.comparison_operator,
    TreatMissingData: values.treat_missing_data,
    ...given('Threshold', values.threshold),
    ...given('ThresholdMetricId', values.threshold_metric_id),
    ...(queries.length > 0
      ? { Metrics: byId(queries.map(queryOf)) }
      : {
          Namespace: values.namespace,
          MetricName: values.metric_name,
          Dimensions: dimensionsOf(values.dimensions as object | null),
          Period: values.period,
          ...given('Statistic', values.statistic),
          ...given('ExtendedStatistic', values.extended_statistic),
        }),
  };
};

const queryOf = ({ id, label, expression, return_data, metric: [metric] }: Query) => ({
  Id: id,
  ...(expression != null && expression !== '' && { Expression: expression }),
  ...(label != null && label !== '' && { Label: label }),
  ...(metric !== undefined && {
    MetricStat: {
      Metric: {
        Namespace: metric.namespace,
        MetricName: metric.metric_name,
        Dimensions: dimensionsOf(metric.dimensions),
      },
      Period: metric.period,
      Stat: metric.stat,
    },
  }),
  ReturnData: return_data ?? false,
});
