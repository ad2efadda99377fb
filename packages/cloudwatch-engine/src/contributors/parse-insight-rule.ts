import { parseFieldPath } from './field-path.ts';
import type { InsightRule, RuleFilter } from './insight-rule.ts';
import {
  type InsightRuleIssue,
  isObject,
  type JsonObject,
  type Report,
  readObject,
  readTexts,
  readWord,
} from './json-shape.ts';

export type ParsedInsightRule =
  | { readonly ok: true; readonly rule: InsightRule }
  | { readonly ok: false; readonly issues: readonly InsightRuleIssue[] };

/** Limits of the user guide ("Contributor Insights rule syntax") and of the API reference (PutInsightRule.RuleDefinition). */
const MAX_LENGTH = 8192;
const MAX_KEYS = 4;
const MAX_FILTERS = 4;
const MAX_VALUES = 10;
const MAX_LOG_GROUPS = 20;

const LIST_OPERATORS = ['In', 'NotIn', 'StartsWith'] as const;
const NUMBER_OPERATORS = ['GreaterThan', 'LessThan', 'EqualTo', 'NotEqualTo'] as const;
const OPERATORS = [...LIST_OPERATORS, ...NUMBER_OPERATORS, 'IsPresent'] as const;

/** Reads the JSON of a rule's definition, all issues at once. */
export function parseInsightRule(body: string): ParsedInsightRule {
  const issues: InsightRuleIssue[] = [];
  const report: Report = (code, path, message) => issues.push({ code, path, message });
  const rule = readRule(body, report);
  return rule && issues.length === 0 ? { ok: true, rule } : { ok: false, issues };
}

function readRule(body: string, report: Report): InsightRule | undefined {
  const root = readBody(body, report);
  if (!root) return undefined;
  const members = ['Schema', 'LogGroupNames', 'LogGroupARNs', 'LogFormat', 'Fields', 'Contribution', 'AggregateOn'];
  readObject(root, 'the rule', members, report);
  const { Name, Version } = readObject(root.Schema, 'Schema', ['Name', 'Version'], report);
  if (root.Schema !== undefined && (Name !== 'CloudWatchLogRule' || Version !== 1)) {
    report('value', 'Schema', 'Schema is {"Name": "CloudWatchLogRule", "Version": 1}: other rules are not emulated');
  }
  const logFormat = readWord(root.LogFormat, 'LogFormat', ['JSON', 'CLF'], report) ?? 'JSON';
  const aggregateOn = readWord(root.AggregateOn, 'AggregateOn', ['Count', 'Sum'], report) ?? 'Count';
  const fields = readFields(root.Fields, logFormat, report);
  const names = new Set(Object.values(fields));
  const checkField = (field: string, path: string) => checkFieldName(field, path, logFormat, names, report);
  return { logFormat, logGroupNames: readLogGroups(root, report), fields, aggregateOn, ...readContribution() };

  function readContribution(): Pick<InsightRule, 'keys' | 'valueField' | 'filters'> {
    const path = 'Contribution';
    const contribution = readObject(root?.Contribution, path, ['Keys', 'ValueOf', 'Filters'], report);
    const { ValueOf: valueField, Filters: filters = [] } = contribution;
    const keys = isObject(root?.Contribution) ? readTexts(contribution.Keys, `${path}.Keys`, MAX_KEYS, report) : [];
    for (const [index, key] of keys.entries()) checkField(key, `${path}.Keys[${index}]`);
    if (valueField !== undefined && aggregateOn === 'Count') {
      report('value', `${path}.ValueOf`, 'Contribution.ValueOf goes with AggregateOn Sum: drop it, or write Sum');
    }
    if (typeof valueField === 'string') checkField(valueField, `${path}.ValueOf`);
    else if (valueField !== undefined) report('type', `${path}.ValueOf`, 'Contribution.ValueOf is the name of a field');
    const value = typeof valueField === 'string' ? { valueField } : {};
    return { keys, ...value, filters: readFilters(filters, `${path}.Filters`, checkField, report) };
  }
}

function readBody(body: string, report: Report): JsonObject | undefined {
  if (body.length > MAX_LENGTH) {
    report('body', '', `the rule has ${body.length} characters, CloudWatch takes ${MAX_LENGTH}`);
  }
  const odd = body.search(/[^\t\n\r\x20-\x7e]/);
  if (odd >= 0) report('body', '', `the rule is ASCII only: character ${odd + 1} is not`);
  try {
    const root: unknown = JSON.parse(body);
    if (isObject(root)) return root;
    report('body', '', 'the rule is a JSON object');
  } catch (error) {
    report('body', '', `the rule is no JSON: ${error instanceof Error ? error.message : ''}`);
  }
  return undefined;
}

/** Of ARNs only the names of the groups count: there is one account. */
function readLogGroups({ LogGroupNames: names, LogGroupARNs: arns }: JsonObject, report: Report): readonly string[] {
  if ((names === undefined) === (arns === undefined)) {
    report('missing', 'LogGroupNames', 'give either LogGroupNames or LogGroupARNs');
    return [];
  }
  if (names !== undefined) return readTexts(names, 'LogGroupNames', MAX_LOG_GROUPS, report);
  return readTexts(arns, 'LogGroupARNs', MAX_LOG_GROUPS, report).flatMap((arn, index) => {
    const name = /^arn:[^:]*:logs:[^:]*:[^:]*:log-group[:/](.+)$/.exec(arn)?.[1];
    if (name === undefined) report('value', `LogGroupARNs[${index}]`, `"${arn}" is no ARN of a log group`);
    return name ?? [];
  });
}

function readFields(value: unknown, logFormat: 'JSON' | 'CLF', report: Report): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (logFormat === 'JSON') report('value', 'Fields', 'Fields name the fields of CLF: those of JSON have names');
  if (!isObject(value)) {
    report('type', 'Fields', 'Fields is an object such as {"4": "IpAddress"}');
    return {};
  }
  const fields: Record<string, string> = {};
  for (const [place, name] of Object.entries(value)) {
    if (/^[1-9]\d{0,3}$/.test(place) && typeof name === 'string' && name !== '') fields[place] = name;
    else report('value', `Fields.${place}`, `Fields.${place} is no place, from 1 on, with a name`);
  }
  return fields;
}

function checkFieldName(
  field: string,
  path: string,
  logFormat: 'JSON' | 'CLF',
  names: ReadonlySet<string>,
  report: Report,
): void {
  if (logFormat === 'JSON') {
    if (!parseFieldPath(field)) report('value', path, `"${field}" is no field: write it as $.request.users[0].name`);
  } else if (!/^[1-9]\d{0,3}$/.test(field) && !names.has(field)) {
    report('value', path, `"${field}" is no field: write its place, from "1" on, or a name of Fields`);
  }
}

function readFilters(
  value: unknown,
  path: string,
  checkField: (field: string, path: string) => void,
  report: Report,
): readonly RuleFilter[] {
  if (!Array.isArray(value)) {
    report('type', path, `${path} is a list`);
    return [];
  }
  if (value.length > MAX_FILTERS) {
    report('too-many', path, `${path} has ${value.length} members, Contributor Insights takes ${MAX_FILTERS}`);
  }
  return value.flatMap((each, index) => readFilter(each, `${path}[${index}]`, checkField, report) ?? []);
}

function readFilter(
  value: unknown,
  path: string,
  checkField: (field: string, path: string) => void,
  report: Report,
): RuleFilter | undefined {
  const filter = readObject(value, path, ['Match', ...OPERATORS], report);
  const { Match: match } = filter;
  if (typeof match === 'string') checkField(match, `${path}.Match`);
  else report('missing', `${path}.Match`, `${path}.Match names the field that is looked at`);
  const [operator, ...more] = OPERATORS.filter((each) => Object.hasOwn(filter, each));
  if (operator === undefined || more.length > 0) {
    report('value', path, `${path} has one of ${OPERATORS.join(', ')}`);
    return undefined;
  }
  return typeof match === 'string'
    ? readOperand(match, operator, filter[operator], `${path}.${operator}`, report)
    : undefined;
}

function readOperand(
  match: string,
  operator: (typeof OPERATORS)[number],
  value: unknown,
  path: string,
  report: Report,
): RuleFilter | undefined {
  switch (operator) {
    case 'In':
    case 'NotIn':
    case 'StartsWith':
      return { match, operator, values: readTexts(value, path, MAX_VALUES, report) };
    case 'IsPresent':
      if (typeof value === 'boolean') return { match, operator, present: value };
      report('type', path, `${path} is true or false`);
      return undefined;
    case 'GreaterThan':
    case 'LessThan':
    case 'EqualTo':
    case 'NotEqualTo':
      if (typeof value === 'number') return { match, operator, value };
      report('type', path, `${path} is a number; compare texts with In`);
      return undefined;
  }
}
