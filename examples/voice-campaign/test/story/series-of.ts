import type { MonitoringPlan } from '@voice-campaign/provisioning';

type Named = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
};

/** A series as text, whatever the order of its dimensions. */
export const keyOf = ({ namespace, name, dimensions }: Named): string =>
  `${namespace} ${name} ${JSON.stringify(Object.entries(dimensions).sort())}`;

/** Every series that an alarm of the plan reads. */
export const readByAlarms = ({ metricAlarms }: MonitoringPlan): readonly string[] =>
  metricAlarms.flatMap(({ Namespace, MetricName, Dimensions = [], Metrics = [] }) => {
    const own = MetricName === undefined ? [] : [{ Namespace, MetricName, Dimensions }];
    return [...own, ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? [])].map((metric): string =>
      keyOf({
        namespace: metric.Namespace ?? '',
        name: metric.MetricName ?? '',
        dimensions: Object.fromEntries((metric.Dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value])),
      }),
    );
  });

type Row = readonly (string | object)[];

/** Every series that a row of a dashboard's widgets reads, drawn or only for math. */
export const readByDashboards = ({ dashboards }: MonitoringPlan): readonly string[] =>
  dashboards.flatMap(({ body }) =>
    body.widgets.flatMap(({ properties }) => {
      const rows = (properties.metrics ?? []) as readonly Row[];
      return rows.filter(([first]) => typeof first === 'string').map(keyOfRow);
    }),
  );

const keyOfRow = (row: Row): string => {
  const [namespace = '', name = '', ...pairs] = row.filter((part) => typeof part === 'string');
  const dimensions = pairs.flatMap((key, index) => (index % 2 === 0 ? [[key, pairs[index + 1] ?? '']] : []));
  return keyOf({ namespace, name, dimensions: Object.fromEntries(dimensions) });
};
