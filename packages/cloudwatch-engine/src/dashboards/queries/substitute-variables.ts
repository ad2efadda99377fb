import { compileRegex } from '../../linear-regex.ts';
import type { Dashboard, DashboardVariable } from '../dashboard.ts';
import type { DashboardMessage } from '../message.ts';
import { parseDashboard } from '../parse-dashboard.ts';
import { bodyOf } from '../print-dashboard.ts';

/** The value of each variable, by its id. */
export type VariableValues = Readonly<Record<string, string | number | boolean>>;

export type SubstitutedDashboard = {
  readonly dashboard: Dashboard;
  /** The ids of variables without a value: they have no default, or one that only a search can tell. */
  readonly unresolved: readonly string[];
  /** Why the values cannot be put in; then the dashboard is as it was. */
  readonly messages: readonly DashboardMessage[];
};

type Value = string | number | boolean;
type Json = null | Value | readonly Json[] | { readonly [member: string]: Json };

/**
 * The dashboard with the values in its widgets, or the defaults where there are none ("Variables Array Structure"):
 * a property variable sets every property of its name, and the dimension of its name in every metric; a pattern
 * variable replaces every match of its regular expression in the widgets' texts and property names.
 */
export function substituteVariables(dashboard: Dashboard, values: VariableValues = {}): SubstitutedDashboard {
  const variables = dashboard.variables ?? [];
  const valued = variables.map((variable) => ({ variable, value: settledValue(variable, values) }));
  const unresolved = valued.filter(({ value }) => value === undefined).map(({ variable }) => variable.id);
  if (unresolved.length === variables.length) return { dashboard, unresolved, messages: [] };
  const { widgets, ...rest } = bodyOf(dashboard);
  // Whatever was parsed, and is printed as a body, is plain JSON.
  const changed = valued.reduce<Json>(
    (json, { variable, value }) => (value === undefined ? json : withVariable(json, variable, value)),
    JSON.parse(JSON.stringify(widgets)),
  );
  const parsed = parseDashboard(JSON.stringify({ ...rest, widgets: changed }), { templates: true });
  if (!parsed.ok) return { dashboard, unresolved, messages: parsed.messages };
  return { dashboard: parsed.dashboard, unresolved, messages: [] };
}

function settledValue({ id, defaultValue }: DashboardVariable, values: VariableValues): Value | undefined {
  const value = Object.hasOwn(values, id) ? values[id] : defaultValue;
  return value === '__FIRST' || value === '' ? undefined : value;
}

function withVariable(json: Json, { type, property, pattern }: DashboardVariable, value: Value): Json {
  if (type === 'property') return property === undefined ? json : withProperty(json, property, value);
  const compiled = compileRegex(pattern ?? '');
  if (!compiled.ok || pattern === undefined) return json;
  return withTexts(json, (text) => compiled.regex.replaceAll(text, () => String(value)));
}

const isList = (json: Json): json is readonly Json[] => Array.isArray(json);

function withProperty(json: Json, property: string, value: Value): Json {
  if (isList(json)) {
    const isRow = typeof json[0] === 'string' && typeof json[1] === 'string';
    return json.map((each, index) => {
      const isValue = isRow && index > 2 && index % 2 === 1 && json[index - 1] === property;
      return isValue && typeof each === 'string' ? String(value) : withProperty(each, property, value);
    });
  }
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, each]) => [
      name,
      name === property && typeof each !== 'object' ? alike(each, value) : withProperty(each, property, value),
    ]),
  );
}

/** The value as the type it replaces, where it reads as one: an input field gives text for a period. */
function alike(replaced: Json, value: Value): Value {
  if (typeof replaced === 'number' && value !== '' && Number.isFinite(Number(value))) return Number(value);
  if (typeof replaced === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return typeof replaced === 'string' ? String(value) : value;
}

function withTexts(json: Json, change: (text: string) => string): Json {
  if (typeof json === 'string') return change(json);
  if (isList(json)) return json.map((each) => withTexts(each, change));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([name, each]) => [change(name), withTexts(each, change)]));
}
