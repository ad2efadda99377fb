// The stub provider: the real schema of hashicorp/aws, no AWS behind it. Serves plugin protocol 5 on a unix socket.
import { readFileSync } from 'node:fs';
import { answer } from './data-sources.mjs';
import { serve as serveGrpc } from './grpc.mjs';
import { defaults, forceNew, renames } from './overlay.mjs';
import { assigned, imported } from './resources.mjs';
import { atApply, atPlan, atValidate } from './rules.mjs';
import { complete, schema, wireSchema, wireSchemas } from './schema.mjs';
import { fromWire, isUnknown, known, same, toWire, UNKNOWN } from './values.mjs';

const attributePath = (path) => ({
  steps: [path].flat().map((s) => (typeof s === 'number' ? { element_key_int: s } : { attribute_name: s })),
});
const diagnostics = (problems) =>
  problems.map(({ path, summary, detail }) => ({ severity: 'ERROR', summary, detail, attribute: attributePath(path) }));
const legacy_type_system = true;

/** The handlers of one connection, which is one `provider` block. */
function connect() {
  let provider = { region: 'us-east-1', tags: {} };
  const resource = (type) => schema.resource_schemas[type].block;
  const regionOf = (value) => (known(value?.region) ? value.region : provider.region);

  /** default_tags with the resource's own over them. */
  function tagsAll(tags) {
    if (isUnknown(tags) || isUnknown(provider.tags) || Object.values(tags ?? {}).some(isUnknown)) return UNKNOWN;
    return Object.fromEntries(Object.entries({ ...provider.tags, ...tags }).filter(([, v]) => v !== null));
  }

  function plan({ type_name: type, prior_state, proposed_new_state, config }) {
    const prior = fromWire(prior_state),
      proposed = fromWire(proposed_new_state);
    if (proposed === null) return { planned_state: proposed_new_state, legacy_type_system };
    const block = resource(type),
      written = fromWire(config),
      preset = defaults[type] ?? {};
    const problems = atPlan(type, written);
    if (problems.length)
      return { planned_state: proposed_new_state, diagnostics: diagnostics(problems), legacy_type_system };
    const planned = complete(block, proposed, (a, path) => {
      if (a.write_only) return null;
      if (path.join('.') in preset) return preset[path.join('.')];
      if (path[0] === 'region' && path.length === 1) return provider.region;
      return a.computed ? UNKNOWN : null;
    });
    for (const [name, a] of Object.entries(block.attributes)) if (a.write_only) planned[name] = null;
    if ('tags_all' in block.attributes) {
      const tags = tagsAll(planned.tags);
      planned.tags_all = prior === null && same(tags, {}) ? UNKNOWN : tags;
    }
    const names = prior === null ? [] : [...(renames.includes(type) ? [] : forceNew['*']), ...(forceNew[type] ?? [])];
    const requires_replace = names
      .filter((n) => n in block.attributes && !same(prior[n] ?? null, planned[n]))
      .map(attributePath);
    return { planned_state: toWire(planned), requires_replace, legacy_type_system };
  }

  /** Known values for everything that is still unknown; names first, since ids and ARNs are made of them. */
  function settle(type, block, value) {
    const out = complete(block, value);
    if (isUnknown(out.tags_all)) out.tags_all = tagsAll(out.tags);
    for (const name of ['region', 'name', 'identifier', 'bucket', ...Object.keys(block.attributes)]) {
      if (isUnknown(out[name])) out[name] = assigned(type, out, name, block.attributes[name], regionOf(out));
    }
    const inside = (b, v) => {
      if (!known(v)) return v;
      const nested = { ...v };
      for (const [name, a] of Object.entries(b.attributes))
        if (isUnknown(nested[name])) nested[name] = assigned(type, {}, name, a, regionOf(out));
      for (const [name, child] of Object.entries(b.block_types ?? {})) nested[name] = children(child, nested[name]);
      return nested;
    };
    const children = (b, v) =>
      isUnknown(v) ? [] : Array.isArray(v) ? v.map((e) => inside(b.block, e)) : inside(b.block, v);
    for (const [name, b] of Object.entries(block.block_types ?? {})) out[name] = children(b, out[name]);
    return out;
  }

  function apply({ type_name: type, prior_state, planned_state }) {
    const planned = fromWire(planned_state);
    if (planned === null) return { new_state: planned_state, legacy_type_system };
    const value = settle(type, resource(type), planned),
      problems = atApply(type, value);
    if (problems.length) return { new_state: prior_state, diagnostics: diagnostics(problems), legacy_type_system };
    return { new_state: toWire(value), legacy_type_system };
  }

  return {
    GetSchema: () => ({
      provider: wireSchema(schema.provider),
      resource_schemas: wireSchemas(schema.resource_schemas),
      data_source_schemas: wireSchemas(schema.data_source_schemas),
    }),
    PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
    Configure: ({ config }) => {
      const c = fromWire(config),
        region = c?.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1';
      provider = { region, tags: c?.default_tags?.[0]?.tags ?? {} };
      const valid = isUnknown(region) || c?.skip_region_validation || /^[a-z]{2}(-[a-z]+)+-\d$/.test(region);
      return {
        diagnostics: valid
          ? []
          : diagnostics([
              { path: 'region', summary: 'Invalid provider configuration', detail: `invalid AWS Region: ${region}` },
            ]),
      };
    },
    ValidateResourceTypeConfig: ({ type_name, config }) => ({
      diagnostics: diagnostics(atValidate(type_name, resource(type_name), fromWire(config))),
    }),
    ValidateDataSourceConfig: ({ type_name, config }) => ({
      diagnostics: diagnostics(
        atValidate(`data.${type_name}`, schema.data_source_schemas[type_name].block, fromWire(config)),
      ),
    }),
    UpgradeResourceState: ({ type_name, raw_state }) => ({
      upgraded_state: toWire(complete(resource(type_name), JSON.parse(Buffer.from(raw_state.json).toString()))),
    }),
    ReadResource: ({ current_state }) => ({ new_state: current_state }),
    PlanResourceChange: plan,
    ApplyResourceChange: apply,
    ImportResourceState: ({ type_name, id }) => {
      const block = resource(type_name),
        preset = defaults[type_name] ?? {};
      const state = complete(block, imported(type_name, block, id), (a, path) =>
        path.length > 1 || a.write_only ? null : (preset[path[0]] ?? (a.computed ? UNKNOWN : null)),
      );
      return { imported_resources: [{ type_name, state: toWire(settle(type_name, block, state)) }] };
    },
    ReadDataSource: ({ type_name, config }) => {
      const block = schema.data_source_schemas[type_name].block,
        written = complete(block, fromWire(config));
      return {
        state: toWire(
          complete(block, written, (a, path) =>
            a.computed && path.length === 1 ? answer(type_name, written, path[0], a, regionOf(written)) : null,
          ),
        ),
      };
    },
    Stop: () => ({}),
  };
}

/** Listens on `socket` (a file path) and resolves with a function that stops it. */
export const serve = (socket) =>
  serveGrpc(socket, readFileSync(new URL('./tfplugin5.proto', import.meta.url), 'utf8'), 'Provider', connect);

/** What TF_REATTACH_PROVIDERS must say for terraform to use the provider on `socket`. */
export const reattach = (socket) =>
  JSON.stringify({
    'hashicorp/aws': {
      Protocol: 'grpc',
      ProtocolVersion: 5,
      Pid: process.pid,
      Test: true,
      Addr: { Network: 'unix', String: socket },
    },
  });
