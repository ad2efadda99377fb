// What AWS calls the resources that it makes: deterministic, and of the form that AWS gives them.
import { createHash } from 'node:crypto';
import { forceNew } from './overlay.mjs';
import { known } from './values.mjs';

export const account = '123456789012',
  partition = 'aws';
const stamp = '20260101000000000000000001';
const arn = (service, region, resource, owner = account) =>
  `arn:${partition}:${service}:${region}:${owner}:${resource}`;

/** A stable hexadecimal text for a resource: the same configuration always gets the same one. */
const hash = (value, length) =>
  createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex')
    .slice(0, length);
const uuid = (value) => hash(value, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
const both = (v) => ({ id: v, arn: v });
const lambdaArn = (name, r) => (name?.startsWith('arn:') ? name : arn('lambda', r, `function:${name}`));
const invoke = (r, functionArn) =>
  `arn:${partition}:apigateway:${r}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

// Attributes that AWS sets: type -> (value, region) -> {attribute: value}.
const named = {
  aws_api_gateway_rest_api: (v, r) => {
    const id = hash(v.name, 10);
    return {
      id,
      root_resource_id: hash([id], 10),
      arn: arn('apigateway', r, `/restapis/${id}`, ''),
      execution_arn: arn('execute-api', r, id),
    };
  },
  aws_api_gateway_resource: (v) => ({
    id: hash([v.rest_api_id, v.parent_id, v.path_part], 6),
    path: `/${v.path_part}`,
  }),
  aws_api_gateway_method: (v) => ({ id: `agm-${v.rest_api_id}-${v.resource_id}-${v.http_method}` }),
  aws_api_gateway_integration: (v) => ({
    id: `agi-${v.rest_api_id}-${v.resource_id}-${v.http_method}`,
    cache_namespace: v.resource_id,
    passthrough_behavior: 'WHEN_NO_MATCH',
  }),
  aws_api_gateway_deployment: (v) => ({
    id: hash([v.rest_api_id, v.triggers], 6),
    created_date: '2026-01-01T00:00:00Z',
  }),
  aws_api_gateway_stage: (v, r) => ({
    id: `ags-${v.rest_api_id}-${v.stage_name}`,
    arn: arn('apigateway', r, `/restapis/${v.rest_api_id}/stages/${v.stage_name}`, ''),
    execution_arn: arn('execute-api', r, `${v.rest_api_id}/${v.stage_name}`),
    invoke_url: `https://${v.rest_api_id}.execute-api.${r}.amazonaws.com/${v.stage_name}`,
  }),
  aws_applicationinsights_application: (v, r) => ({
    id: v.resource_group_name,
    arn: arn('applicationinsights', r, `application/resource-group/${v.resource_group_name}`),
  }),
  aws_chatbot_slack_channel_configuration: (v) => ({
    chat_configuration_arn: arn('chatbot', '', `chat-configuration/slack-channel/${v.configuration_name}`),
    logging_level: 'NONE',
    slack_channel_name: 'channel',
    slack_team_name: 'team',
  }),
  aws_cloudwatch_composite_alarm: (v, r) => ({ id: v.alarm_name, arn: arn('cloudwatch', r, `alarm:${v.alarm_name}`) }),
  aws_cloudwatch_contributor_insight_rule: (v, r) => ({
    resource_arn: arn('cloudwatch', r, `insight-rule/${v.rule_name}`),
  }),
  aws_cloudwatch_dashboard: (v) => ({
    id: v.dashboard_name,
    dashboard_arn: arn('cloudwatch', '', `dashboard/${v.dashboard_name}`),
  }),
  aws_cloudwatch_event_rule: (v, r) => {
    const name = v.event_bus_name === 'default' ? v.name : `${v.event_bus_name}/${v.name}`;
    return { id: name, arn: arn('events', r, `rule/${name}`) };
  },
  aws_cloudwatch_event_target: (v) => {
    const target_id = v.target_id ?? `terraform-${stamp}`;
    return { target_id, id: `${v.rule}-${target_id}` };
  },
  aws_cloudwatch_log_group: (v, r) => ({
    id: v.name,
    arn: arn('logs', r, `log-group:${v.name}`),
    log_group_class: 'STANDARD',
  }),
  aws_cloudwatch_log_resource_policy: (v) => ({ id: v.policy_name }),
  aws_cloudwatch_metric_alarm: (v, r) => ({ id: v.alarm_name, arn: arn('cloudwatch', r, `alarm:${v.alarm_name}`) }),
  aws_cloudwatch_query_definition: (v) => ({ id: uuid(v.name), query_definition_id: uuid(v.name) }),
  aws_db_instance: (v, r) => {
    const id = `db-${hash(v.identifier, 26).toUpperCase()}`,
      address = `${v.identifier}.${hash(v.identifier, 12)}.${r}.rds.amazonaws.com`;
    const port = v.port ?? (/postgres/.test(v.engine) ? 5432 : 3306);
    return {
      id,
      resource_id: id,
      arn: arn('rds', r, `db:${v.identifier}`),
      address,
      port,
      endpoint: `${address}:${port}`,
      status: 'available',
    };
  },
  aws_dynamodb_table: (v, r) => ({
    id: v.name,
    arn: arn('dynamodb', r, `table/${v.name}`),
    stream_arn: v.stream_enabled ? arn('dynamodb', r, `table/${v.name}/stream/2026-01-01T00:00:00.000`) : '',
  }),
  aws_iam_policy: (v) => ({
    ...both(arn('iam', '', `policy${v.path ?? '/'}${v.name}`)),
    policy_id: `ANPA${hash(v.name, 16).toUpperCase()}`,
  }),
  aws_iam_role: (v) => ({
    id: v.name,
    arn: arn('iam', '', `role${v.path ?? '/'}${v.name}`),
    unique_id: `AROA${hash(v.name, 16).toUpperCase()}`,
    create_date: '2026-01-01T00:00:00Z',
  }),
  aws_iam_role_policy: (v) => ({ id: `${v.role}:${v.name}` }),
  aws_iam_role_policy_attachment: (v) => ({ id: `${v.role}-${stamp}` }),
  aws_instance: (v, r) => {
    const id = `i-${hash(v, 17)}`;
    return {
      id,
      arn: arn('ec2', r, `instance/${id}`),
      private_ip: '10.0.0.10',
      instance_state: 'running',
      availability_zone: `${r}a`,
    };
  },
  aws_kms_alias: (v, r) => ({
    id: v.name,
    arn: arn('kms', r, v.name),
    target_key_arn: v.target_key_id?.startsWith('arn:') ? v.target_key_id : arn('kms', r, `key/${v.target_key_id}`),
  }),
  aws_kms_key: (v, r) => {
    const id = v.key_id?.split('key/').at(-1) ?? uuid(v);
    return { id, key_id: id, arn: arn('kms', r, id.startsWith('alias/') ? `key/${uuid(id)}` : `key/${id}`) };
  },
  aws_lambda_alias: (v, r) => {
    const own = `${lambdaArn(v.function_name, r)}:${v.name}`;
    return { ...both(own), invoke_arn: invoke(r, own) };
  },
  aws_lambda_event_source_mapping: (v, r) => {
    const id = uuid([v.function_name, v.event_source_arn]);
    return {
      id,
      uuid: id,
      arn: arn('lambda', r, `event-source-mapping:${id}`),
      function_arn: lambdaArn(v.function_name, r),
      state: 'Enabled',
    };
  },
  aws_lambda_function: (v, r) => {
    const own = lambdaArn(v.function_name, r),
      version = v.publish ? '1' : '$LATEST';
    return {
      id: v.function_name,
      arn: own,
      version,
      qualified_arn: `${own}:${version}`,
      invoke_arn: invoke(r, own),
      qualified_invoke_arn: invoke(r, `${own}:${version}`),
      architectures: ['x86_64'],
      last_modified: '2026-01-01T00:00:00.000+0000',
    };
  },
  aws_lambda_permission: (v) => {
    const statement_id = v.statement_id ?? `${v.statement_id_prefix || 'terraform-'}${stamp}`;
    return { statement_id, id: statement_id };
  },
  aws_resourcegroups_group: (v, r) => ({ id: v.name, arn: arn('resource-groups', r, `group/${v.name}`) }),
  aws_s3_bucket: (v, r) => {
    const id = v.bucket ?? `${v.bucket_prefix || 'terraform-'}${stamp}`;
    return {
      id,
      bucket: id,
      arn: arn('s3', '', id, ''),
      bucket_domain_name: `${id}.s3.amazonaws.com`,
      bucket_regional_domain_name: `${id}.s3.${r}.amazonaws.com`,
      bucket_region: r,
    };
  },
  aws_secretsmanager_secret: (v, r) => both(arn('secretsmanager', r, `secret:${v.name}-${hash(v.name, 6)}`)),
  aws_sns_topic: (v, r) => ({ ...both(arn('sns', r, v.name)), owner: account, tracing_config: 'PassThrough' }),
  aws_sns_topic_policy: (v) => ({ id: v.arn, owner: account }),
  aws_sns_topic_subscription: (v) => ({
    ...both(`${v.topic_arn}:${uuid([v.topic_arn, v.protocol, v.endpoint])}`),
    owner_id: account,
    pending_confirmation: /^email/.test(v.protocol),
    confirmation_was_authenticated: true,
  }),
  aws_sqs_queue: (v, r) => {
    const url = `https://sqs.${r}.amazonaws.com/${account}/${v.name}`;
    return { id: url, url, arn: arn('sqs', r, v.name), sqs_managed_sse_enabled: !v.kms_master_key_id };
  },
  aws_sqs_queue_policy: (v) => ({ id: v.queue_url }),
  aws_sqs_queue_redrive_policy: (v) => ({ id: v.queue_url }),
  aws_ssm_parameter: (v, r) => ({
    id: v.name,
    arn: arn('ssm', r, `parameter/${v.name?.replace(/^\//, '')}`),
    version: 1,
    data_type: 'text',
    tier: 'Standard',
  }),
  aws_xray_encryption_config: (_v, r) => ({ id: r }),
  aws_xray_group: (v, r) => both(arn('xray', r, `group/${v.group_name}/${hash(v.group_name, 20).toUpperCase()}`)),
  aws_xray_sampling_rule: (v, r) => ({ id: v.rule_name, arn: arn('xray', r, `sampling-rule/${v.rule_name}`) }),
};

/** The value that AWS would give an attribute once the resource is made. `soFar` is the resource, in part still unknown. */
export function assigned(type, soFar, name, attribute, region) {
  const value = Object.fromEntries(Object.entries(soFar).filter(([, v]) => known(v)));
  if (name === 'region') return region;
  if (name === 'name' || name === 'identifier')
    return `${value[`${name}_prefix`] || 'terraform-'}${stamp}${value.fifo_queue || value.fifo_topic ? '.fifo' : ''}`;
  const own = Object.keys(value).length ? named[type]?.(value, region)?.[name] : undefined;
  if (own !== undefined) return own;
  if (name === 'id') return value.name ?? hash([type, value], 12);
  if (name === 'arn') return arn(type.split('_')[1], region, `${type.slice(4)}/${value.name ?? hash(value, 12)}`);
  if (Array.isArray(attribute.type)) return attribute.type[0] === 'map' ? {} : [];
  return { string: '', number: 0, bool: false }[attribute.type] ?? null;
}

/** What an import tells about a resource: its ID, and the attribute that the ID is (or, for an ARN or a URL, ends with). */
export function imported(type, block, id) {
  const key = ['name', ...(forceNew[type] ?? [])].find((n) => n in block.attributes);
  return {
    ...('id' in block.attributes ? { id } : {}),
    ...(key ? { [key]: /^(arn:|https:)/.test(id) && key === 'name' ? id.split(/[:/]/).at(-1) : id } : {}),
  };
}
