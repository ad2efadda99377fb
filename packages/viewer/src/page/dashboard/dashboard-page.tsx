import { useEffect } from 'preact/hooks';
import type { DashboardView } from '../../protocol/dashboard-view.ts';
import { apiUrl, useAnswer } from '../state/api.ts';
import { follow, versions, widgetData } from '../state/live.ts';
import { query } from '../state/route.ts';
import { chosenEnd, chosenStart, suggestedStart } from '../state/time-range.ts';
import { WidgetView } from '../widget/widget-view.tsx';
import { VariablesBar } from './variables-bar.tsx';

/** The parameters of the page's address that choose the values of variables. */
const variableValues = (): Record<string, string> =>
  Object.fromEntries([...query.value].filter(([name]) => name.startsWith('var.')));

/** One dashboard, live. */
export function DashboardPage({ name }: { readonly name: string }) {
  const values = variableValues();
  const { answer, fault } = useAnswer<DashboardView>(apiUrl(['dashboards', name], values), versions.dashboards.value);
  const loaded = answer?.name === name ? answer : undefined;
  const period = query.value.get('period') ?? undefined;
  useEffect(() => {
    if (!loaded) return;
    const { start, end } = loaded.dashboard;
    suggestedStart.value = { ...(start && { start }), ...(end && { end }) };
    return () => {
      suggestedStart.value = {};
    };
  }, [loaded]);
  const asked = { dashboard: name, start: chosenStart.value, end: chosenEnd.value, period, ...values };
  const url = apiUrl(['events'], asked);
  const body = JSON.stringify(loaded?.dashboard.widgets ?? []);
  useEffect(() => {
    return loaded === undefined ? undefined : follow(url, name);
  }, [url, body]);
  if (!loaded && fault !== undefined) return <p class="loading fault">{fault}</p>;
  if (!loaded) return <p class="loading">Loading {name}…</p>;
  return (
    <>
      <VariablesBar variables={loaded.variables} />
      <div class="grid">
        {loaded.dashboard.widgets.map((widget, index) => (
          <WidgetView key={`${name} ${index}`} widget={widget} data={widgetData(name, index)} />
        ))}
      </div>
    </>
  );
}
