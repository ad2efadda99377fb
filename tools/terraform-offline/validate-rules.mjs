// What the provider refuses beyond its schema when it validates.
import {
  anyOf,
  arn,
  atLeast,
  blocks,
  conflicts,
  each,
  json,
  length,
  matches,
  most,
  number,
  on,
  oneOf,
  q,
  range,
} from './rule-kinds.mjs';

const comparison = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
  'LessThanLowerOrGreaterThanUpperThreshold',
  'LessThanLowerThreshold',
  'GreaterThanUpperThreshold',
];
const statistics = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];
const bits = [
  'Bytes',
  'Kilobytes',
  'Megabytes',
  'Gigabytes',
  'Terabytes',
  'Bits',
  'Kilobits',
  'Megabits',
  'Gigabits',
  'Terabits',
];
const units = [
  'Seconds',
  'Microseconds',
  'Milliseconds',
  ...bits,
  'Percent',
  'Count',
  ...bits.map((u) => `${u}/Second`),
  'Count/Second',
  'None',
];
const extended =
  /^((p|(tm)|(wm)|(tc)|(ts))((\d{1,2}(\.\d{1,2})?)|(100))|(IQM)|(((TM)|(WM)|(PR)|(TC)|(TS)))\((\d+(\.\d+)?%?)?:(\d+(\.\d+)?%?)?\))$/;
const seeStatistics =
  'invalid statistic, see: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html';
const period = (...short) =>
  on(
    'period',
    (x) =>
      !short.includes(x) &&
      x % 60 !== 0 && [
        `expected period to be one of ${q(short)}, got ${x}`,
        `expected period to be divisible by 60, got: ${x}`,
      ],
  );
const retention = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const actions = ['alarm_actions', 'ok_actions', 'insufficient_data_actions'];
const prefixed = [conflicts('name', 'name_prefix'), conflicts('name_prefix', 'name')];

/** Found when a configuration is validated, by type. */
export const validate = {
  aws_cloudwatch_metric_alarm: [
    length('alarm_name', 1, 255),
    length('alarm_description', 0, 1024),
    oneOf('comparison_operator', comparison),
    oneOf('statistic', statistics),
    oneOf('unit', units),
    oneOf('treat_missing_data', ['missing', 'ignore', 'breaching', 'notBreaching'], true),
    oneOf('evaluate_low_sample_count_percentiles', ['evaluate', 'ignore'], true),
    on('extended_statistic', (x) => !extended.test(x) && seeStatistics),
    atLeast('evaluation_periods', 1),
    atLeast('datapoints_to_alarm', 1),
    period(10, 20, 30),
    length('metric_name', 1, 255),
    length('namespace', 1, 255),
    length('threshold_metric_id', 1, 255),
    conflicts('metric_query', 'metric_name'),
    ...['metric_name', 'namespace', 'period', 'statistic', 'extended_statistic', 'dimensions'].map((a) =>
      conflicts(a, 'metric_query'),
    ),
    conflicts('statistic', 'extended_statistic'),
    conflicts('extended_statistic', 'statistic'),
    conflicts('threshold', 'threshold_metric_id'),
    conflicts('threshold_metric_id', 'threshold'),
    ...actions.map((a) => each(a, arn(a))),
    most('ok_actions', 5),
    most('insufficient_data_actions', 5),
    blocks('metric_query', [
      length('id', 1, 255),
      length('expression', 1, 1024),
      length('account_id', 1, 255),
      period(1, 5, 10, 20, 30),
      blocks('metric', [
        length('metric_name', 1, 255),
        length('namespace', 1, 255),
        period(1, 5, 10, 20, 30),
        oneOf('unit', units),
        on('stat', (x) => !statistics.includes(x) && !extended.test(x) && seeStatistics),
      ]),
    ]),
  ],
  aws_cloudwatch_composite_alarm: [
    length('alarm_name', 0, 255),
    length('alarm_description', 0, 1024),
    length('alarm_rule', 1, 10240),
    ...actions.flatMap((a) => [most(a, 5), each(a, arn(a))]),
  ],
  aws_cloudwatch_dashboard: [
    json('dashboard_body'),
    on('dashboard_name', (x) =>
      x.length > 255
        ? `"dashboard_name" cannot be longer than 255 characters: "${x}"`
        : !/^[\w-]+$/.test(x) && `"dashboard_name" contains invalid characters: "${x}"`,
    ),
  ],
  aws_cloudwatch_log_group: [
    oneOf('retention_in_days', retention),
    length('name', 1, 512),
    matches(
      'name',
      /^[\w./#-]+$/,
      'must contain only alphanumeric characters, underscores, hyphens, slashes, hash signs and periods',
    ),
    oneOf('log_group_class', ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY']),
    ...prefixed,
  ],
  aws_cloudwatch_log_metric_filter: [
    length('name', 1, 512),
    matches('name', /^[^:*]+$/, 'must not contain : or *'),
    length('pattern', 0, 1024),
    length('log_group_name', 1, 512),
    blocks('metric_transformation', [
      ...['name', 'namespace'].flatMap((n) => [
        length(n, 0, 255),
        matches(n, /^[^:*$]*$/, 'must not contain :, * or $'),
      ]),
      length('value', 0, 100),
      oneOf('unit', units),
      number('default_value'),
    ]),
  ],
  aws_cloudwatch_query_definition: [length('name', 1, 255), length('query_string', 1, 10000)],
  aws_cloudwatch_event_rule: [
    json('event_pattern'),
    on('event_pattern', (x) => x.length > 4096 && '"event_pattern" cannot be longer than 4096 characters'),
    length('name', 1, 64),
    matches('name', /^[\w.-]+$/, 'must match [0-9A-Za-z_.-]+'),
    length('description', 0, 512),
    length('schedule_expression', 0, 256),
    oneOf('state', ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS']),
    conflicts('state', 'is_enabled'),
    anyOf('event_pattern', 'schedule_expression'),
    arn('role_arn'),
    ...prefixed,
  ],
  aws_cloudwatch_event_target: [
    length('target_id', 1, 64),
    json('input'),
    conflicts('input', 'input_path'),
    conflicts('input', 'input_transformer'),
    conflicts('input_path', 'input_transformer'),
    arn('arn'),
    arn('role_arn'),
  ],
  aws_xray_sampling_rule: [
    length('rule_name', 1, 32),
    range('priority', 1, 9999),
    atLeast('reservoir_size', 0),
    atLeast('version', 1),
    length('service_name', 0, 64),
    length('service_type', 0, 64),
    length('host', 0, 64),
    length('http_method', 0, 10),
    length('url_path', 0, 128),
  ],
  aws_xray_group: [length('group_name', 1, 32)], // AWS's limit: the provider leaves it to AWS, here it is told early
  aws_xray_encryption_config: [oneOf('type', ['NONE', 'KMS'])],
  aws_sns_topic: [
    json('policy'),
    json('delivery_policy'),
    json('archive_policy'),
    oneOf('tracing_config', ['PassThrough', 'Active']),
    oneOf('fifo_throughput_scope', ['Topic', 'MessageGroup']),
    range('signature_version', 1, 2),
    ...['application', 'firehose', 'http', 'lambda', 'sqs'].flatMap((p) => [
      arn(`${p}_failure_feedback_role_arn`),
      arn(`${p}_success_feedback_role_arn`),
      range(`${p}_success_feedback_sample_rate`, 0, 100),
    ]),
    ...prefixed,
  ],
  aws_sns_topic_policy: [json('policy'), arn('arn')],
  aws_sns_topic_subscription: [
    oneOf('protocol', ['application', 'email', 'email-json', 'firehose', 'http', 'https', 'lambda', 'sms', 'sqs']),
    oneOf('filter_policy_scope', ['MessageAttributes', 'MessageBody']),
    json('filter_policy'),
    json('redrive_policy'),
    arn('topic_arn'),
    arn('subscription_role_arn'),
  ],
  aws_sqs_queue: [
    range('delay_seconds', 0, 900),
    range('visibility_timeout_seconds', 0, 43200),
    range('message_retention_seconds', 60, 1209600),
    range('max_message_size', 1024, 1048576),
    range('kms_data_key_reuse_period_seconds', 60, 86400),
    json('redrive_policy'),
    json('redrive_allow_policy'),
    json('policy'),
    conflicts('kms_master_key_id', 'sqs_managed_sse_enabled'),
    ...prefixed,
  ],
  aws_sqs_queue_policy: [json('policy')],
  aws_sqs_queue_redrive_policy: [json('redrive_policy')],
  aws_lambda_function: [
    length('function_name', 1, 140),
    range('timeout', 1, 900),
    range('memory_size', 128, 32768),
    atLeast('reserved_concurrent_executions', -1),
    oneOf('package_type', ['Zip', 'Image']),
    arn('role'),
    blocks('tracing_config', [oneOf('mode', ['Active', 'PassThrough'])]),
    anyOf('filename', 'image_uri', 's3_bucket'),
  ],
  aws_lambda_permission: [
    matches('action', /^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/, 'must be a valid action'),
    length('statement_id', 1, 100),
    matches('statement_id', /^[\w-]+$/, 'must contain only letters, digits, hyphens and underscores'),
    matches('source_account', /^\d{12}$/, 'must be 12 digits'),
    arn('source_arn'),
    conflicts('statement_id', 'statement_id_prefix'),
  ],
  aws_iam_role: [
    json('assume_role_policy'),
    length('name', 1, 64),
    matches('name', /^[\w+=,.@-]*$/, 'must match [\\w+=,.@-]'),
    range('max_session_duration', 3600, 43200),
    length('description', 0, 1000),
    ...prefixed,
  ],
  aws_iam_policy: [json('policy'), length('name', 1, 128), ...prefixed],
  aws_iam_role_policy: [json('policy'), length('name', 1, 128), ...prefixed],
  aws_iam_role_policy_attachment: [arn('policy_arn')],
  aws_kms_key: [json('policy'), range('deletion_window_in_days', 7, 30), length('description', 0, 8192)],
  aws_kms_alias: [matches('name', /^alias\/[\w/-]+$/, 'must begin with alias/ and contain only [0-9A-Za-z_/-]')],
  aws_chatbot_slack_channel_configuration: [oneOf('logging_level', ['ERROR', 'INFO', 'NONE'])],
  'data.aws_iam_policy_document': [
    oneOf('version', ['2008-10-17', '2012-10-17']),
    blocks('statement', [oneOf('effect', ['Allow', 'Deny'])]),
  ],
};
