import { type Input, readInteger, readNumber, readObject, readString } from '../service-api/input.ts';
import type { XrayContext } from './xray-context.ts';
import { invalidRequest, limitExceeded } from './xray-errors.ts';
import type { SamplingRule, SamplingRuleRecord } from './xray-state.ts';
import { readTags } from './xray-tags.ts';

/** Custom rules for each Region (X-Ray endpoints and quotas). */
const mostRules = 25;

const textLimits = {
  ResourceARN: 500,
  ServiceName: 64,
  ServiceType: 64,
  Host: 64,
  HTTPMethod: 10,
  URLPath: 128,
} as const;

const readText = (input: Input, name: keyof typeof textLimits): string => {
  const text = readString(input, name);
  if (text === undefined) throw invalidRequest(`${name} is required`);
  const limit = textLimits[name];
  if (text.length > limit) throw invalidRequest(`${name} has ${text.length} characters, X-Ray allows ${limit}`);
  return text;
};

const readWithin = (value: number | undefined, name: string, [from, to]: readonly [number, number]): number => {
  if (value === undefined) throw invalidRequest(`${name} is required`);
  if (value >= from && value <= to) return value;
  throw invalidRequest(`${name} is ${value}, X-Ray takes ${from} to ${to === Number.POSITIVE_INFINITY ? 'any' : to}`);
};

const readAttributes = (input: Input): Record<string, string> => {
  const entries = Object.entries(readObject(input, 'Attributes'));
  if (entries.length > 5) throw invalidRequest(`Attributes has ${entries.length} entries, X-Ray allows 5`);
  for (const [key, value] of entries) {
    if (typeof value !== 'string' || key.length > 32 || value.length > 32) {
      throw invalidRequest(`Attributes: key and value of ${key} are texts of at most 32 characters`);
    }
  }
  return Object.fromEntries(entries) as Record<string, string>;
};

const readBoost = (input: Input): Pick<SamplingRule, 'SamplingRateBoost'> => {
  if (input.SamplingRateBoost === undefined || input.SamplingRateBoost === null) return {};
  const boost = readObject(input, 'SamplingRateBoost');
  const MaxRate = readWithin(readNumber(boost, 'MaxRate'), 'SamplingRateBoost.MaxRate', [0, 1]);
  const minutes = readInteger(boost, 'CooldownWindowMinutes');
  const CooldownWindowMinutes = readWithin(minutes, 'SamplingRateBoost.CooldownWindowMinutes', [
    1,
    Number.POSITIVE_INFINITY,
  ]);
  return { SamplingRateBoost: { MaxRate, CooldownWindowMinutes } };
};

const readRule = (input: Input, { name, arn }: { readonly name: string; readonly arn: string }): SamplingRule => ({
  RuleName: name,
  RuleARN: arn,
  ResourceARN: readText(input, 'ResourceARN'),
  Priority: readWithin(readInteger(input, 'Priority'), 'Priority', name === 'Default' ? [10_000, 10_000] : [1, 9999]),
  FixedRate: readWithin(readNumber(input, 'FixedRate'), 'FixedRate', [0, 1]),
  ReservoirSize: readWithin(readInteger(input, 'ReservoirSize'), 'ReservoirSize', [0, Number.POSITIVE_INFINITY]),
  ServiceName: readText(input, 'ServiceName'),
  ServiceType: readText(input, 'ServiceType'),
  Host: readText(input, 'Host'),
  HTTPMethod: readText(input, 'HTTPMethod'),
  URLPath: readText(input, 'URLPath'),
  Version: readVersion(input),
  Attributes: readAttributes(input),
  ...readBoost(input),
});

const readVersion = (input: Input): 1 => {
  if (readInteger(input, 'Version') === 1) return 1;
  throw invalidRequest('Version of a sampling rule is 1');
};

const rendered = ({ rule, createdAt, modifiedAt }: SamplingRuleRecord) => ({
  SamplingRule: { ...rule, Attributes: new Map(Object.entries(rule.Attributes)) },
  CreatedAt: new Date(createdAt),
  ModifiedAt: new Date(modifiedAt),
});

const findRule = ({ state }: XrayContext, input: Input): SamplingRuleRecord => {
  const [name, arn] = [readString(input, 'RuleName'), readString(input, 'RuleARN')];
  const found = [...state.rules.values()].find(
    ({ rule }) => rule.RuleARN === arn || (arn === undefined && rule.RuleName === name),
  );
  if (found === undefined) throw invalidRequest('Sampling rule does not exist');
  return found;
};

export const samplingRuleOperations: Readonly<Record<string, (context: XrayContext, input: Input) => unknown>> = {
  CreateSamplingRule: (context, input) => {
    const given = readObject(input, 'SamplingRule');
    const name = readString(given, 'RuleName') ?? '';
    if (!/^.{1,32}$/s.test(name)) throw invalidRequest(`RuleName has ${name.length} characters, X-Ray takes 1 to 32`);
    const arn = `arn:aws:xray:${context.region}:${context.accountId}:sampling-rule/${name}`;
    if (context.state.rules.has(arn)) throw invalidRequest('Sampling rule already exists');
    if (context.state.rules.size > mostRules)
      throw limitExceeded(`${mostRules} sampling rules exist: delete one first`);
    const now = context.now();
    const record = { rule: readRule(given, { name, arn }), createdAt: now, modifiedAt: now, tags: readTags(input) };
    context.commit({ kind: 'rule', record });
    return { SamplingRuleRecord: rendered(record) };
  },
  UpdateSamplingRule: (context, input) => {
    const update = readObject(input, 'SamplingRuleUpdate');
    const before = findRule(context, update);
    const { RuleName: name, RuleARN: arn } = before.rule;
    const changed = Object.fromEntries(Object.entries(update).filter(([, value]) => value !== null));
    const allowed = ['RuleName', 'RuleARN', 'FixedRate', 'ReservoirSize'];
    if (name === 'Default' && Object.keys(changed).some((member) => !allowed.includes(member))) {
      throw invalidRequest('Only FixedRate and ReservoirSize of the Default rule can be changed');
    }
    const record = {
      ...before,
      rule: readRule({ ...before.rule, ...changed }, { name, arn }),
      modifiedAt: context.now(),
    };
    context.commit({ kind: 'rule', record });
    return { SamplingRuleRecord: rendered(record) };
  },
  DeleteSamplingRule: (context, input) => {
    const record = findRule(context, input);
    if (record.rule.RuleName === 'Default') throw invalidRequest('The Default rule cannot be deleted');
    context.commit({ kind: 'rule-deleted', arn: record.rule.RuleARN });
    return { SamplingRuleRecord: rendered(record) };
  },
  GetSamplingRules: ({ state }) => ({
    SamplingRuleRecords: [...state.rules.values()]
      .toSorted(
        (one, other) => one.rule.Priority - other.rule.Priority || (one.rule.RuleName < other.rule.RuleName ? -1 : 1),
      )
      .map(rendered),
  }),
};
