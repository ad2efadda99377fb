// Answers of the data sources: fixed where AWS would know, rendered where the provider itself computes.
import { account, assigned, partition } from './resources.mjs';
import { isUnknown } from './values.mjs';

const listed = (v) => (v ?? []).filter((x) => x !== null);
const oneOrMany = (v) => (v.length === 1 ? v[0] : v);
/** The provider sorts sets in descending order. */
const sorted = (v) => oneOrMany([...listed(v)].sort().reverse());

function principals(list) {
  if (!list?.length) return undefined;
  if (list.length === 1 && list[0].type === '*' && list[0].identifiers.includes('*')) return '*';
  const byType = {};
  for (const p of list) byType[p.type] = [...(byType[p.type] ?? []), ...listed(p.identifiers)];
  return Object.fromEntries(Object.entries(byType).map(([type, ids]) => [type, sorted(ids)]));
}

function statement(s) {
  const conditions = {},
    entry = (key, list) => (list?.length ? { [key]: sorted(list) } : {});
  for (const c of listed(s.condition)) {
    conditions[c.test] = { ...conditions[c.test], [c.variable]: oneOrMany(listed(c.values)) };
  }
  const who = principals(s.principals),
    notWho = principals(s.not_principals);
  return {
    ...(s.sid ? { Sid: s.sid } : {}),
    Effect: s.effect ?? 'Allow',
    ...(who ? { Principal: who } : {}),
    ...(notWho ? { NotPrincipal: notWho } : {}),
    ...entry('Action', s.actions),
    ...entry('NotAction', s.not_actions),
    ...entry('Resource', s.resources),
    ...entry('NotResource', s.not_resources),
    ...(Object.keys(conditions).length ? { Condition: conditions } : {}),
  };
}

/** aws_iam_policy_document: sources, then its own statements, then overrides; a statement replaces an earlier one with its Sid. */
function policyDocument(v) {
  const parse = (texts) =>
    listed(texts)
      .filter(Boolean)
      .map((t) => JSON.parse(t));
  const merge = (into, from) => {
    for (const s of from) {
      const i = s.Sid ? into.findIndex((o) => o.Sid === s.Sid) : -1;
      if (i >= 0) into[i] = s;
      else into.push(s);
    }
    return into;
  };
  const statements = (d) => [d.Statement ?? []].flat();
  const all = parse([v.source_json, ...listed(v.source_policy_documents)]).reduce(
    (a, d) => merge(a, statements(d)),
    [],
  );
  merge(all, listed(v.statement).map(statement));
  for (const d of parse([v.override_json, ...listed(v.override_policy_documents)])) merge(all, statements(d));
  return { Version: v.version ?? '2012-10-17', ...(v.policy_id ? { Id: v.policy_id } : {}), Statement: all };
}

const zones = (region) => ['a', 'b', 'c'].map((z) => region + z);
const answers = {
  aws_caller_identity: () => ({
    id: account,
    account_id: account,
    arn: `arn:${partition}:iam::${account}:user/offline`,
    user_id: 'AIDAOFFLINE',
  }),
  aws_region: (v, region) => ({
    id: region,
    region,
    name: v.name ?? region,
    description: region,
    endpoint: `ec2.${region}.amazonaws.com`,
  }),
  aws_partition: () => ({ id: partition, partition, dns_suffix: 'amazonaws.com', reverse_dns_prefix: 'com.amazonaws' }),
  aws_availability_zones: (_v, region) => ({
    id: region,
    names: zones(region),
    zone_ids: zones(region).map((_z, i) => `${region.replace(/^(..)-(.).*-(\d)$/, '$1$2$3')}-az${i + 1}`),
    group_names: [region],
  }),
  aws_iam_policy_document: (v) => {
    const d = policyDocument(v);
    return { id: '1', json: JSON.stringify(d, null, 2), minified_json: JSON.stringify(d) };
  },
};

/** The value of one computed attribute of a data source. */
export function answer(type, config, name, attribute, region) {
  const own = answers[type]?.(config, region)?.[name];
  return own ?? assigned(type, isUnknown(config) ? {} : config, name, attribute, region);
}
