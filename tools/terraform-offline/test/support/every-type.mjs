// Writes a configuration with every resource type of the schema, each with nothing but what it requires.
import { schema } from '../../schema.mjs';

const words = {
  comparison_operator: 'GreaterThanThreshold',
  protocol: 'email',
  action: 'lambda:InvokeFunction',
  http_method: 'GET',
};
const numbers = { fixed_rate: 0.05, priority: 100, version: 1 };
const types = { aws_ssm_parameter: 'String', aws_xray_encryption_config: 'NONE', aws_api_gateway_integration: 'MOCK' };
// What a rule or a provider-level check asks for besides, and a few nested and fractional values to carry through.
const besides = {
  aws_cloudwatch_metric_alarm: 'metric_name = "m"\nnamespace = "n"\nperiod = 60\nstatistic = "Sum"\nthreshold = 1 / 3',
  aws_cloudwatch_event_rule: 'schedule_expression = "rate(1 day)"',
  aws_dynamodb_table: 'ttl {\nenabled = true\nattribute_name = "e"\n}',
  aws_iam_role: 'inline_policy {\nname = "x"\npolicy = "{}"\n}',
  aws_instance: 'root_block_device {\nvolume_size = 20\n}',
  aws_kms_alias: 'name = "alias/x"',
  aws_db_instance: 'timeouts {\ncreate = "30m"\n}',
  aws_xray_sampling_rule: 'rule_name = "r"',
  aws_lambda_function: 'filename = "x.zip"',
  aws_ssm_parameter: 'value_wo = "s"\nvalue_wo_version = 1',
};

function value(type, name, a) {
  if (a.type === 'number') return numbers[name] ?? 60;
  if (a.type === 'bool') return true;
  if (Array.isArray(a.type)) return a.type[0] === 'map' ? '{ a = "b" }' : '["a"]';
  if (/arn$/.test(name) || (name === 'role' && type === 'aws_lambda_function'))
    return '"arn:aws:sns:us-east-1:123456789012:x"';
  if (/(policy|dashboard_body|definition)$/.test(name)) return '"{}"';
  return JSON.stringify((name === 'type' && types[type]) || words[name] || name.replaceAll('_', '-'));
}

function body(type, block) {
  const own = Object.entries(block.attributes)
    .filter(([, a]) => a.required)
    .map(([name, a]) => `${name} = ${value(type, name, a)}`);
  const nested = Object.entries(block.block_types ?? {})
    .filter(([, b]) => b.min_items)
    .map(([name, b]) => `${name} {\n${body(type, b.block)}\n}`);
  return [...own, ...nested].join('\n');
}

export const everyType = () =>
  Object.entries(schema.resource_schemas)
    .map(([type, s]) => `resource "${type}" "x" {\n${body(type, s.block)}\n${besides[type] ?? ''}\n}`)
    .join('\n');
export const count = Object.keys(schema.resource_schemas).length;
