import {
  type DashboardVariable,
  type MetricProperties,
  type MetricRow,
  parseDashboard,
} from '@voice-campaign/cloudwatch-engine/dashboards';
import type { Place } from '../finding.ts';
import { readsOfExpression } from './expression-read.ts';
import { joined, type Reads, unreadable } from './series-read.ts';

/** A dashboard as GetDashboard has it: `body` is its text. */
export type DeployedDashboard = { readonly name: string; readonly body: string };

const defaultPeriod = 300;
const defaultStatistic = 'Average';

/** Every series, search and query of its metric widgets, hidden rows too: they are what expressions compute with. */
export const readsOfDashboard = ({ name, body }: DeployedDashboard): Reads => {
  const parsed = parseDashboard(body);
  if (!parsed.ok) {
    const errors = parsed.messages.filter(({ severity }) => severity === 'error');
    const place = { kind: 'dashboard', name } as const;
    return {
      reads: [],
      findings: errors.map(({ DataPath, Message }) =>
        unreadable('dashboard', place, `PutDashboard refuses it at ${DataPath}: ${Message}`),
      ),
    };
  }
  const { widgets, variables = [] } = parsed.dashboard;
  return joined(
    widgets.flatMap((widget, index) => {
      if (widget.kind !== 'metric') return [];
      const { properties } = widget;
      const { title } = properties;
      const at = { kind: 'dashboard', name, widget: index, ...(title !== undefined && { title }) } as const;
      return (properties.metrics ?? []).map((row, rowIndex) =>
        readsOfRow(row, { properties, variables, at: { ...at, row: rowIndex } }),
      );
    }),
  );
};

type Around = {
  readonly properties: MetricProperties;
  readonly variables: readonly DashboardVariable[];
  readonly at: Place;
};

const readsOfRow = (row: MetricRow, { properties, variables, at }: Around): Reads => {
  const periodSeconds = row.render.period ?? properties.period ?? defaultPeriod;
  if (row.kind === 'expression') return readsOfExpression(row.expression, at, periodSeconds);
  const open = new Set(row.dimensions.filter((each) => variables.some(changes(each))).map((each) => each.name));
  const dimensions = Object.fromEntries(row.dimensions.map((each) => [each.name, each.value]));
  const words = row.render.visible === false ? undefined : wordsOf(row, properties);
  return {
    reads: [
      {
        at,
        wanted: { kind: 'series', namespace: row.namespace, metric: row.name, dimensions, open },
        statistic: row.render.stat ?? properties.stat ?? defaultStatistic,
        periodSeconds,
        ...(words !== undefined && { words }),
      },
    ],
    findings: [],
  };
};

/** Whether a variable puts other values in this dimension. */
const changes =
  ({ name, value }: { readonly name: string; readonly value: string }) =>
  ({ type, property, pattern }: DashboardVariable): boolean =>
    type === 'property' ? property === name : pattern !== undefined && value.includes(pattern);

const wordsOf = ({ render }: MetricRow, { yAxis }: MetricProperties): string =>
  [render.label, yAxis?.[render.yAxis ?? 'left']?.label]
    .flatMap((text) => text ?? [])
    .join(' ')
    .replace(/\$\{[^}]*\}/g, '');
