// Makes schema.json. Two sources, both made by their authors out of the real provider:
//   LIB    lib/ of the npm package @cdktf/provider-aws: names, types, nesting, required, computed
//   FLAGS  output of `terraform providers schema -json` of an earlier provider version: what is both optional and
//          computed, sensitive, and the exact number of blocks, which the bindings do not tell
// additions.mjs says the same for attributes that are younger than FLAGS.
//   node extract-schema.mjs LIB FLAGS.json > schema.json
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { computedNoMore, computedToo, maxItems, sensitive, versions, writeOnly } from './additions.mjs';

const [lib, flagsFile] = process.argv.slice(2);
const flags = Object.values(JSON.parse(readFileSync(flagsFile, 'utf8')).provider_schemas)[0];

const resources =
  `api_gateway_deployment api_gateway_integration api_gateway_method api_gateway_resource api_gateway_rest_api
  api_gateway_stage applicationinsights_application chatbot_slack_channel_configuration cloudwatch_composite_alarm
  cloudwatch_contributor_insight_rule cloudwatch_dashboard cloudwatch_event_rule cloudwatch_event_target cloudwatch_log_group
  cloudwatch_log_metric_filter cloudwatch_log_resource_policy cloudwatch_metric_alarm cloudwatch_query_definition db_instance
  dynamodb_table iam_policy iam_role iam_role_policy iam_role_policy_attachment instance kms_alias kms_key lambda_alias
  lambda_event_source_mapping lambda_function lambda_permission resourcegroups_group s3_bucket secretsmanager_secret sns_topic
  sns_topic_policy sns_topic_subscription sqs_queue sqs_queue_policy sqs_queue_redrive_policy ssm_parameter
  xray_encryption_config xray_group xray_sampling_rule`.split(/\s+/);
const dataSources = `availability_zones caller_identity cloudwatch_log_group iam_policy_document kms_key lambda_function
  partition region sns_topic sqs_queue`.split(/\s+/);

const primitives = { string: 'string', number: 'number', boolean: 'bool', any: 'dynamic' };
const getters = { String: 'string', Number: 'number', Boolean: 'bool' };

/** cty type of an attribute, from the binding's `type` and `storageClassType`; null for a nested block. */
function ctyType(type, storage) {
  const [, element, kind] = storage.match(/^(string|number|boolean|any)(List|Map)?$/) ?? [];
  if (!element) return null;
  if (kind === 'Map') return ['map', primitives[element]];
  return kind === 'List' ? [type === 'set' ? 'set' : 'list', primitives[element]] : primitives[element];
}

/** Entries of one `attrs = { … }` literal. */
function entries(body) {
  const re = /^\s+(\w+): \{\s+value: (.*),\s+isBlock: (true|false),\s+type: "(\w+)",\s+storageClassType: "(\w+)",/gm;
  return [...body.matchAll(re)].map(([, name, value, isBlock, type, storage]) => ({
    name,
    value,
    isBlock: isBlock === 'true',
    type,
    storage,
  }));
}

/** The properties of one interface: {attribute: {optional, array}}. */
function properties(dts, name) {
  const body = dts.match(new RegExp(`export interface ${name}(?: extends [\\w.]+)? \\{([\\s\\S]*?)\\n\\}`))?.[1] ?? '';
  const re = /#(\w+) \w+#\w+\}[\s\S]*?readonly (\w+)(\?)?: ([^;]*);/g;
  return Object.fromEntries(
    [...body.matchAll(re)].map((p) => [p[1], { optional: !!p[3], array: p[4].includes('[]') }]),
  );
}

const classBody = (js, name) =>
  js.match(new RegExp(`class ${name} extends [\\w.]+ \\{([\\s\\S]*?)\\n\\}\\n`))?.[1] ?? '';

/** Attributes that only the provider sets: {name: type}. */
function computedOnly(js, className) {
  const body = classBody(js, className),
    out = {};
  for (const [, name, getter] of body.matchAll(
    /\/\/ (\w+) - computed: true, optional: false, required: false\s+get \w+\(\) \{\s+return (.*);/g,
  )) {
    const simple = getter.match(/get(String|Number|Boolean)(Map)?Attribute/);
    if (simple) out[name] = simple[2] ? ['map', getters[simple[1]]] : getters[simple[1]];
    else if (/get(Number)?ListAttribute/.test(getter))
      out[name] = [/tolist/.test(getter) ? 'set' : 'list', /Number/.test(getter) ? 'number' : 'string'];
  }
  for (const [, kind, name] of body.matchAll(/new cdktf\.(String|Number|Boolean)Map\(this, "(\w+)"\)/g))
    out[name] = ['map', getters[kind]];
  for (const [, list, name, isSet] of body.matchAll(/new (\w+)List\(this, "(\w+)", (true|false)\)/g)) {
    if (new RegExp(`// ${name} - computed: true, optional: false`).test(body))
      out[name] = [isSet === 'true' ? 'set' : 'list', ['object', computedOnly(js, `${list}OutputReference`)]];
  }
  return out;
}

/** One block. `known` is the same block in FLAGS, `path` names it in additions.mjs. */
function block(source, found, interfaceName, className, known, path) {
  const { js, dts } = source,
    props = properties(dts, interfaceName),
    attributes = {},
    block_types = {};
  for (const e of found) {
    if (path === 'provider' && e.name === 'alias') continue;
    const here = `${path}.${e.name}`,
      { optional, array } = props[e.name] ?? { optional: true, array: e.type !== 'simple' };
    const type = ctyType(e.type, e.storage);
    if (type === null || (e.isBlock && e.type !== 'simple' && e.type !== 'map' && !primitives[e.storage])) {
      const fn = e.value.match(/(\w+)ToHclTerraform(?:, true\))?\)?\(/)?.[1],
        child = fn[0].toUpperCase() + fn.slice(1);
      const inner = entries(js.match(new RegExp(`function ${fn}ToHclTerraform\\(struct\\) \\{([\\s\\S]*?)\\n\\}`))[1]);
      const was = known?.block_types?.[e.name],
        many = was?.max_items > 1 ? was.max_items : (maxItems[here] ?? 0);
      const max = e.name === 'timeouts' ? 0 : array ? many : 1;
      block_types[e.name] = {
        nesting_mode: e.name === 'timeouts' ? 'single' : e.type === 'set' ? 'set' : 'list',
        block: block(source, inner, child, `${child}OutputReference`, was?.block, here),
        ...(optional ? {} : { min_items: was?.min_items ?? 1 }),
        ...(max ? { max_items: max } : {}),
      };
    } else {
      const was = known?.attributes?.[e.name];
      const computed =
        optional &&
        (was
          ? (was.computed && !computedNoMore.includes(here)) || computedToo.includes(here)
          : computedToo.includes(here) ||
            (['id', 'region', 'tags_all'].includes(e.name) && /^(data\.)?\w+$/.test(path) && path !== 'provider'));
      attributes[e.name] = {
        type: was && JSON.stringify(was.type?.[1]) === JSON.stringify(type[1]) && Array.isArray(type) ? was.type : type,
        ...(optional ? { optional: true } : { required: true }),
        ...(computed ? { computed: true } : {}),
        ...(was?.sensitive || sensitive.includes(here) ? { sensitive: true } : {}),
        ...(writeOnly.includes(here) ? { write_only: true } : {}),
      };
    }
  }
  for (const [name, type] of Object.entries(computedOnly(js, className)))
    attributes[name] ??= { type, computed: true, ...(known?.attributes?.[name]?.sensitive ? { sensitive: true } : {}) };
  return { attributes, ...(Object.keys(block_types).length ? { block_types } : {}) };
}

function load(folder, className, known, path) {
  const file = join(lib, folder, 'index.js');
  if (!existsSync(file)) throw new Error(`not in this provider: ${folder}`);
  const source = { js: readFileSync(file, 'utf8'), dts: readFileSync(join(lib, folder, 'index.d.ts'), 'utf8') };
  const top = source.js.match(/synthesizeHclAttributes\(\) \{([\s\S]*?)\n {4}\}\n/)[1];
  const version = versions[path] ?? known?.version ?? 0;
  return {
    ...(version ? { version } : {}),
    block: block(source, entries(top), `${className}Config`, className, known?.block, path),
  };
}

const pascal = (s) =>
  s
    .split('_')
    .map((w) => w[0].toUpperCase() + w.slice(1))
    .join('');
const collect = (names, prefix, folder, known, path) =>
  Object.fromEntries(
    names.map((n) => [
      `aws_${n}`,
      load(`${folder}${n.replaceAll('_', '-')}`, `${prefix}${pascal(n)}`, known[`aws_${n}`], `${path}aws_${n}`),
    ]),
  );

process.stdout.write(
  `${JSON.stringify({
    provider_version: readFileSync(join(lib, 'cloudwatch-dashboard/index.d.ts'), 'utf8').match(
      /hashicorp\/aws\/([\d.]+)\//,
    )[1],
    provider: load('provider', 'AwsProvider', flags.provider, 'provider'),
    resource_schemas: collect(resources, '', '', flags.resource_schemas, ''),
    data_source_schemas: collect(dataSources, 'DataAws', 'data-aws-', flags.data_source_schemas, 'data.'),
  })}\n`,
);
