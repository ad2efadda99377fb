import {
  type Dashboard,
  type DashboardVariable,
  parseDashboard,
  substituteVariables,
  type VariableValues,
} from '@voice-campaign/cloudwatch-engine/dashboards';
import type { DashboardView, VariableView } from '../protocol/dashboard-view.ts';
import { type ViewSource, ViewSourceError } from '../source/view-source.ts';

/**
 * The dashboard with the chosen values, or its defaults, in its widgets; undefined where there is none of that name.
 * @throws ViewSourceError for a body that is none.
 */
export async function openDashboard(
  source: ViewSource,
  name: string,
  chosen: VariableValues,
  parse: typeof parseDashboard = parseDashboard,
): Promise<DashboardView | undefined> {
  const body = await source.dashboardBody(name);
  if (body === undefined) return undefined;
  const parsed = parse(body);
  if (!parsed.ok) {
    const faults = parsed.messages.map(({ DataPath, Message }) => `${DataPath}: ${Message}`).join('; ');
    throw new ViewSourceError(`The body of dashboard ${name} is no dashboard: ${faults}`);
  }
  const variables = await variablesOf(source, parsed.dashboard, chosen);
  const values = Object.fromEntries(variables.flatMap(({ id, value }) => (value === undefined ? [] : [[id, value]])));
  const { dashboard, messages } = substituteVariables(parsed.dashboard, values);
  return { name, dashboard, variables, messages: [...parsed.messages, ...messages] };
}

/** Reads a body that is the one before only once. */
export function parseOnce(): typeof parseDashboard {
  let last: { readonly body: string; readonly parsed: ReturnType<typeof parseDashboard> } | undefined;
  return (body) => {
    if (last?.body !== body) last = { body, parsed: parseDashboard(body) };
    return last.parsed;
  };
}

const variablesOf = (
  source: ViewSource,
  { variables = [] }: Dashboard,
  chosen: VariableValues,
): Promise<readonly VariableView[]> =>
  Promise.all(
    variables.map((variable) =>
      variableOf(source, variable, Object.hasOwn(chosen, variable.id) ? chosen[variable.id] : undefined),
    ),
  );

async function variableOf(
  source: ViewSource,
  variable: DashboardVariable,
  chosen: string | number | boolean | undefined,
): Promise<VariableView> {
  const { values = [], search, populateFrom, defaultValue } = variable;
  const found = search === undefined ? [] : await source.searchValues(search, populateFrom ?? '');
  const options = [
    ...values.map(({ value, label }) => ({ value: String(value), label: label ?? String(value) })),
    ...found.map((value) => ({ value, label: value })),
  ];
  const preset = defaultValue === '__FIRST' ? options[0]?.value : defaultValue;
  const value = chosen ?? preset ?? (variable.inputType === 'input' ? undefined : options[0]?.value);
  return { ...variable, options, ...(value !== undefined && { value: String(value) }) };
}
