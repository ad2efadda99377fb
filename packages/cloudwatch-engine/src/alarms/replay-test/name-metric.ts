import { type Metric, metricKey } from '../../series/metric.ts';
import type { Alarm } from '../config/alarm.ts';
import type { TestIssue } from './test-issue.ts';

/** Every metric that alarms name, each once; what a Metrics Insights query selects is not among them. */
export function metricsRead(alarms: readonly Alarm[]): readonly Metric[] {
  const found = new Map<string, Metric>();
  for (const alarm of alarms) {
    if (alarm.kind !== 'metric') continue;
    const { watched } = alarm;
    const metrics =
      watched.kind === 'metric'
        ? [watched.metric]
        : watched.queries.flatMap(({ MetricStat: stat }): Metric[] => {
            const { Namespace: namespace = '', MetricName: name = '', Dimensions = [] } = stat?.Metric ?? {};
            const dimensions = Object.fromEntries(Dimensions.map(({ Name = '', Value = '' }) => [Name, Value]));
            return stat ? [{ namespace, name, dimensions }] : [];
          });
    for (const metric of metrics) found.set(metricKey(metric), metric);
  }
  return [...found.values()];
}

/**
 * The metric that a test means by `AnsweredCalls`, `AnsweredCalls{Campaign=spring}` or `AWS/SQS NumberOfMessagesSent{…}`:
 * the one of that name that the alarms read. A metric that a Metrics Insights query may select is named in full.
 */
export function metricNamed(text: string, read: readonly Metric[], anyMetric: boolean): Metric | TestIssue {
  const where = `series "${text}"`;
  const [, plain = '', list] = /^\s*([^{]*?)\s*(?:\{(.*)\})?\s*$/.exec(text) ?? [];
  const dimensions = list === undefined ? undefined : readDimensions(list);
  if (dimensions === 'wrong' || plain === '') {
    const message = `is no name of a metric: write Name, Name{Dimension=value} or Namespace Name{Dimension=value}`;
    return { code: 'metric-name', where, message };
  }
  const candidates = read.filter(
    (metric) =>
      (plain === metric.name || plain === `${metric.namespace} ${metric.name}`) &&
      (dimensions === undefined || metricKey({ ...metric, dimensions }) === metricKey(metric)),
  );
  const [first, second] = candidates;
  if (first && !second) return first;
  if (first) return { code: 'metric-unclear', where, message: `may be ${candidates.map(printMetric).join(' or ')}` };
  const [namespace, ...name] = plain.split(/\s+/);
  if (anyMetric && namespace !== undefined && name.length > 0) {
    return { namespace, name: name.join(' '), dimensions: dimensions ?? {} };
  }
  const message = `is read by no alarm of the test: they read ${read.map(printMetric).join(', ') || 'no metric'}`;
  return { code: 'metric-unknown', where, message };
}

function readDimensions(list: string): Readonly<Record<string, string>> | 'wrong' {
  const dimensions: Record<string, string> = {};
  for (const pair of list.split(',')) {
    if (pair.trim() === '') continue;
    const [, name, quoted, value] = /^\s*([^=]+?)\s*=\s*(?:"(.*)"|(.*?))\s*$/.exec(pair) ?? [];
    if (name === undefined) return 'wrong';
    dimensions[name] = quoted ?? value ?? '';
  }
  return dimensions;
}

function printMetric({ namespace, name, dimensions }: Metric): string {
  const pairs = Object.entries(dimensions).map(([key, value]) => `${key}=${value}`);
  return `${namespace} ${name}${pairs.length > 0 ? `{${pairs.join(', ')}}` : ''}`;
}
