import type { MetricAlarmInput } from '@voice-campaign/cloudwatch-engine/alarms';
import { dashboardQueries, parseDashboard } from '@voice-campaign/cloudwatch-engine/dashboards';
import {
  type Expression,
  isInsightsQuery,
  metricMatcher,
  parseExpression,
  parseInsightsQuery,
  parseSearch,
} from '@voice-campaign/cloudwatch-engine/math';
import type { Finding } from './finding.ts';

type Where = { readonly where: string };

/** One series that something reads. */
export type SeriesRead = Where & {
  readonly kind: 'series';
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly period: number;
  /** Of an alarm: data of another unit are not there for it. */
  readonly unit?: string;
  /** Of an alarm on this series alone. */
  readonly threshold?: number;
};

type Metric = Pick<SeriesRead, 'namespace' | 'name' | 'dimensions'>;

/** A search, or a query, that reads whatever it finds. */
type SearchRead = Where & {
  readonly kind: 'search';
  readonly text: string;
  readonly finds: (metric: Metric) => boolean;
};

type Read = SeriesRead | SearchRead;
export type Reads = { readonly reads: readonly Read[]; readonly findings: readonly Finding[] };

const shownSeconds = 3 * 3600;

/** Everything that the widgets of a dashboard's body read. */
export const readsOfDashboard = (name: string, body: string): Reads => {
  const parsed = parseDashboard(body);
  const findings = parsed.messages
    .filter(({ severity }) => severity === undefined || severity === 'error')
    .map(({ DataPath, Message }) => finding('dashboard', `${name}${DataPath}`, Message));
  if (!parsed.ok) return { reads: [], findings };
  const all = dashboardQueries(parsed.dashboard, { start: 0, end: shownSeconds }).map((asked): Reads => {
    if (asked.kind !== 'metrics') return { reads: [], findings: [] };
    const properties = parsed.dashboard.widgets[asked.widget]?.properties as { readonly title?: string } | undefined;
    const where = `${name}: ${properties?.title ?? `widget ${asked.widget + 1}`}`;
    return together(
      asked.queries.map((query) => {
        if ('Expression' in query) return readsOfExpression(query.Expression, where);
        const { Metric, Period, Stat } = query.MetricStat;
        return { reads: [seriesRead(Metric, { statistic: Stat, period: Period, where })], findings: [] };
      }),
    );
  });
  const { reads, findings: more } = together(all);
  return { reads, findings: [...findings, ...more] };
};

/** What PutMetricAlarm takes and DescribeAlarms gives back. */
export const readsOfAlarm = (alarm: MetricAlarmInput): Reads => {
  const where = `alarm ${alarm.AlarmName}`;
  const { MetricName, Metrics, Statistic, ExtendedStatistic, Period = 60, Unit, Threshold } = alarm;
  if (MetricName !== undefined) {
    const { Namespace = '', Dimensions = [] } = alarm;
    const statistic = Statistic ?? ExtendedStatistic ?? 'Average';
    const read = seriesRead({ Namespace, MetricName, Dimensions }, { statistic, period: Period, where });
    const more = {
      ...(Unit !== undefined && { unit: Unit }),
      ...(Threshold !== undefined && { threshold: Threshold }),
    };
    return { reads: [{ ...read, ...more }], findings: [] };
  }
  return together(
    (Metrics ?? []).map(({ Expression: text, MetricStat }) => {
      if (text !== undefined) return readsOfExpression(text, where);
      if (MetricStat === undefined) return { reads: [], findings: [] };
      const { Metric, Period: period = 60, Stat: statistic = 'Average' } = MetricStat;
      return { reads: [seriesRead(Metric ?? {}, { statistic, period, where })], findings: [] };
    }),
  );
};

const together = (all: readonly Reads[]): Reads => ({
  reads: all.flatMap(({ reads }) => reads),
  findings: all.flatMap(({ findings }) => findings),
});

const finding = (code: Finding['code'], where: string, message: string): Finding => ({
  code,
  severity: 'error',
  where,
  message,
});

type SdkMetric = {
  readonly Namespace?: string | undefined;
  readonly MetricName?: string | undefined;
  readonly Dimensions?:
    | readonly { readonly Name?: string | undefined; readonly Value?: string | undefined }[]
    | undefined;
};

const seriesRead = (
  { Namespace = '', MetricName = '', Dimensions = [] }: SdkMetric,
  how: Pick<SeriesRead, 'statistic' | 'period' | 'where'>,
): SeriesRead => ({
  kind: 'series',
  namespace: Namespace,
  name: MetricName,
  dimensions: Object.fromEntries(Dimensions.map(({ Name = '', Value = '' }) => [Name, Value])),
  ...how,
});

const readsOfExpression = (text: string, where: string): Reads => {
  if (isInsightsQuery(text)) return readsOfInsights(text, where);
  const parsed = parseExpression(text);
  if (!parsed.ok) return { reads: [], findings: [finding('expression', where, `${text}: ${parsed.issue.message}`)] };
  return together(searchesIn(parsed.value).map((search) => readsOfSearch(search, where)));
};

const readsOfInsights = (text: string, where: string): Reads => {
  const parsed = parseInsightsQuery(text);
  if (!parsed.ok) return { reads: [], findings: [finding('expression', where, `${text}: ${parsed.issue.message}`)] };
  const { select, from } = parsed.value;
  const wanted = from.dimensions === undefined ? undefined : [...from.dimensions].sort().join();
  const finds = ({ namespace, name, dimensions }: Metric): boolean =>
    namespace === from.namespace &&
    name === select.metricName &&
    (wanted === undefined || Object.keys(dimensions).sort().join() === wanted);
  return { reads: [{ kind: 'search', text, finds, where }], findings: [] };
};

const readsOfSearch = (text: string, where: string): Reads => {
  const parsed = parseSearch(text);
  if (!parsed.ok) return { reads: [], findings: [finding('expression', where, `${text}: ${parsed.issue.message}`)] };
  return { reads: [{ kind: 'search', text, finds: metricMatcher(parsed.value), where }], findings: [] };
};

/** First arguments of SEARCH, wherever it stands. */
const searchesIn = (expression: Expression): readonly string[] => {
  switch (expression.kind) {
    case 'call': {
      const [first] = expression.arguments;
      if (expression.name === 'SEARCH') return first?.kind === 'text' ? [first.text] : [];
      return expression.arguments.flatMap(searchesIn);
    }
    case 'binary':
      return [expression.left, expression.right].flatMap(searchesIn);
    case 'negate':
      return searchesIn(expression.operand);
    case 'array':
      return expression.items.flatMap(searchesIn);
    case 'number':
    case 'text':
    case 'reference':
    case 'keyword':
      return [];
  }
};
