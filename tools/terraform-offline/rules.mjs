// What the provider, or AWS, refuses beyond the schema, by the stage at which it does.
import { has, problem, run } from './rule-kinds.mjs';
import { validate } from './validate-rules.mjs';
import { isUnknown, known } from './values.mjs';

const fifoOnly = (name, what) => (v) =>
  known(v[name]) && v[name] && !v.fifo_topic ? problem([], `${what} can only be set for FIFO topics`) : null;

// Found by the provider when it plans.
const plan = {
  aws_cloudwatch_metric_alarm: [
    (v) =>
      has(v, 'metric_name') && !['statistic', 'extended_statistic'].some((n) => has(v, n) || isUnknown(v[n]))
        ? problem([], 'One of `statistic` or `extended_statistic` must be set for a cloudwatch metric alarm')
        : null,
    (v) =>
      Array.isArray(v.metric_query) && v.metric_query.some((m) => m?.expression && m.metric?.length > 0)
        ? problem([], 'No metric_query may have both `expression` and a `metric` specified')
        : null,
  ],
  aws_sqs_queue: [
    (v) => {
      const re = v.fifo_queue ? /^[\w-]{1,75}\.fifo$/ : /^[\w-]{1,80}$/;
      return known(v.name) && !re.test(v.name) ? problem([], `invalid queue name: ${v.name}`) : null;
    },
    (v) =>
      v.content_based_deduplication === true && !v.fifo_queue
        ? problem([], 'content-based deduplication can only be set for FIFO queue')
        : null,
  ],
  aws_sns_topic: [
    (v) => {
      const re = v.fifo_topic ? /^[\w-]{1,251}\.fifo$/ : /^[\w-]{1,256}$/;
      return known(v.name) && !re.test(v.name) ? problem([], `invalid topic name: ${v.name}`) : null;
    },
    fifoOnly('archive_policy', 'message archive policy'),
    fifoOnly('fifo_throughput_scope', 'FIFO throughput scope'),
    fifoOnly('content_based_deduplication', 'content-based deduplication'),
  ],
};

/** What only the provider sets must not be configured. */
const unconfigurable = (block, value, path = []) =>
  !known(value)
    ? []
    : [
        ...Object.entries(block.attributes ?? {})
          .filter(([name, a]) => !a.required && !a.optional && known(value[name]))
          .map(([name]) =>
            problem(
              [...path, name],
              'Value for unconfigurable attribute',
              `Can't configure a value for "${name}": its value will be decided automatically based on the result of applying this configuration.`,
            ),
          ),
        ...Object.entries(block.block_types ?? {}).flatMap(([name, b]) =>
          [value[name] ?? []]
            .flat()
            .flatMap((e) => unconfigurable(b.block, e).map((p) => ({ ...p, path: [...path, name] }))),
        ),
      ];

// Refused by AWS itself, so only when the resource is made.
const api = (operation, message) => problem([], `api error ValidationError on ${operation}`, message);
const make = {
  aws_cloudwatch_log_metric_filter: [
    (v) =>
      v.metric_transformation.some((t) => t.default_value && Object.keys(t.dimensions ?? {}).length)
        ? api('PutMetricFilter', 'A default value cannot be combined with dimensions')
        : null,
  ],
  aws_xray_sampling_rule: [
    (v) => (known(v.rule_name) ? null : api('CreateSamplingRule', 'RuleName must be specified')),
  ],
  aws_cloudwatch_metric_alarm: [
    (v) =>
      has(v, 'metric_name') || has(v, 'metric_query')
        ? null
        : api('PutMetricAlarm', 'The parameter MetricName or Metrics must be specified'),
    (v) =>
      // An anomaly detection alarm reads two: the metric and its band.
      has(v, 'metric_query') &&
      v.metric_query.filter((m) => m.return_data).length !== (known(v.threshold_metric_id) ? 2 : 1)
        ? api('PutMetricAlarm', 'Exactly one element of the metrics list should return data.')
        : null,
    (v) =>
      has(v, 'metric_query') && v.metric_query.length > 20
        ? api('PutMetricAlarm', 'An alarm has at most 20 metric queries')
        : null,
    (v) =>
      known(v.datapoints_to_alarm) && v.datapoints_to_alarm > v.evaluation_periods
        ? api('PutMetricAlarm', 'DatapointsToAlarm must not be greater than EvaluationPeriods')
        : null,
    (v) => (v.alarm_actions?.length > 5 ? api('PutMetricAlarm', 'At most 5 alarm actions') : null),
  ],
};

/** Problems of a configuration that `terraform validate` reports. */
export const atValidate = (type, block, value) => [
  ...unconfigurable(block, value),
  ...run(validate[type] ?? [], value),
];
/** Problems of a configuration that come up when it is planned. */
export const atPlan = (type, value) => run(plan[type] ?? [], value);
/** Problems of a complete resource that AWS would report. */
export const atApply = (type, value) => run(make[type] ?? [], value);
