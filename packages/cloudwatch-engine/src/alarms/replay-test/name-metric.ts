import { type Metric, metricKey, metricOf } from '../../series/metric.ts';
import { type AlarmInput, isComposite } from '../config/alarm-input.ts';
import type { TestIssue } from './test-issue.ts';

/** Every metric that alarms name, valid or not, each once; what a Metrics Insights query selects is not among them. */
export function metricsRead(alarms: readonly AlarmInput[]): readonly Metric[] {
  const found = new Map<string, Metric>();
  for (const alarm of alarms) {
    if (isComposite(alarm)) continue;
    for (const named of [alarm, ...(alarm.Metrics ?? []).map(({ MetricStat }) => MetricStat?.Metric)]) {
      if (named?.MetricName === undefined) continue;
      const metric = metricOf(named);
      found.set(metricKey(metric), metric);
    }
  }
  return [...found.values()];
}

/** Whether an alarm has a Metrics Insights query. */
export function selectsMetrics(alarm: AlarmInput): boolean {
  if (isComposite(alarm)) return false;
  return (alarm.Metrics ?? []).some(({ Expression = '' }) => /^\s*SELECT\s/i.test(Expression));
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
  const full = `; what a Metrics Insights query selects is named with its namespace, as in "AWS/Lambda Errors{FunctionName=a}"`;
  return { code: 'metric-unknown', where, message: `${message}${anyMetric ? full : ''}` };
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
