import type { MetricDataQueryInput } from '../../math/query/metric-data-query.ts';
import { parseStatistic } from '../../series/statistic/parse-statistic.ts';
import type { MetricAlarmInput } from './alarm-input.ts';
import { checkText, constraint, type Report } from './alarm-issue.ts';
import { checkExpressions } from './check-expressions.ts';
import { checkDimensions, checkPeriod } from './check-metric.ts';

const MAX_OF_A_KIND = 10;
const MAX_EXPRESSION = 2048;
const INSIGHTS_HOURS = 3;

/** `Metrics` of PutMetricAlarm: metric math, anomaly bands and Metrics Insights (API Reference, MetricDataQuery). */
export function checkMetrics(input: MetricAlarmInput, reportTo: Report): void {
  const queries = input.Metrics ?? [];
  let wellFormed = true;
  const report: Report = (issue) => {
    wellFormed = false;
    reportTo(issue);
  };
  const ids = new Map<string, number>();
  for (const [index, query] of queries.entries()) {
    const path = `Metrics[${index}]`;
    checkId(query.Id, path, ids, report);
    checkQuery(query, path, input.EvaluationPeriods ?? 1, report);
  }
  checkCounts(queries, report);
  checkPeriods(queries, input.EvaluationPeriods ?? 1, report);
  checkReturned(input, queries, report);
  if (queries.length === 0) return;
  const severalSeries = ({ Id, Expression }: MetricDataQueryInput): boolean =>
    Id === input.ThresholdMetricId || hasContributors(Expression);
  checkExpressions(queries, { wellFormed, severalSeries }, report);
}

/** A Metrics Insights query, which reads its own metrics. */
function isInsightsQuery(expression: string | undefined): boolean {
  return /^\s*SELECT\s/i.test(expression ?? '');
}

/** A query that gives a series for each group, each a contributor of the alarm. */
export function hasContributors(expression: string | undefined): boolean {
  return (
    isInsightsQuery(expression) && /\bGROUP\s+BY\b/i.test(expression ?? '') && /\bORDER\s+BY\b/i.test(expression ?? '')
  );
}

/** The period of the datapoints that a query with `Metrics` gives; undefined where none is said. */
export function periodOfQueries(queries: readonly MetricDataQueryInput[]): number | undefined {
  const returned = queries.find((query) => query.ReturnData !== false);
  const ofMetrics = queries.map((query) => query.MetricStat?.Period).filter((period) => period !== undefined);
  return (
    returned?.MetricStat?.Period ?? returned?.Period ?? (ofMetrics.length > 0 ? Math.max(...ofMetrics) : undefined)
  );
}

function checkId(id: string | undefined, path: string, ids: Map<string, number>, report: Report): void {
  checkText(report, `${path}.Id`, id, 1, 255);
  if (id === undefined || id === '') return;
  if (!/^[a-z][A-Za-z0-9_]*$/.test(id)) {
    const fix = 'begin with a small letter, then letters, digits and _';
    report({ code: 'id', path: `${path}.Id`, message: `Invalid metrics list: the Id ${id} is not valid.`, fix });
  }
  const first = ids.get(id);
  if (first !== undefined) {
    const message = `Invalid metrics list: the Id ${id} is not unique.`;
    report({
      code: 'duplicate-id',
      path: `${path}.Id`,
      message,
      fix: `Metrics[${first}] has it already: choose another`,
    });
  } else ids.set(id, Number(/\d+/.exec(path)?.[0]));
}

function checkQuery(query: MetricDataQueryInput, path: string, evaluationPeriods: number, report: Report): void {
  const { MetricStat: stat, Expression: expression } = query;
  if ((stat === undefined) === (expression === undefined)) {
    const message = 'Invalid metrics list: each item must have either MetricStat or Expression.';
    report({
      code: 'metric-or-expression',
      path,
      message,
      fix: 'give MetricStat to read a metric, Expression to compute',
    });
  }
  if (expression !== undefined) {
    checkText(report, `${path}.Expression`, expression, 1, MAX_EXPRESSION);
    if (/\bSEARCH\s*\(/.test(expression)) {
      const message = `Error in expression '${query.Id}': SEARCH is not supported in alarms.`;
      report({
        code: 'search',
        path: `${path}.Expression`,
        message,
        fix: 'name the metrics, or use a Metrics Insights query',
      });
    }
  }
  if (stat === undefined) return;
  checkText(report, `${path}.MetricStat.Metric.MetricName`, stat.Metric?.MetricName, 1, 255);
  checkText(report, `${path}.MetricStat.Metric.Namespace`, stat.Metric?.Namespace, 1, 255);
  checkDimensions(`${path}.MetricStat.Metric.Dimensions`, stat.Metric?.Dimensions ?? [], report);
  checkPeriod(`${path}.MetricStat.Period`, stat.Period, evaluationPeriods, report);
  const parsed = parseStatistic(stat.Stat ?? '');
  if (!parsed.ok) {
    const message = `The value ${stat.Stat} for parameter Stat is not supported.`;
    report({
      code: 'statistic',
      path: `${path}.MetricStat.Stat`,
      error: 'InvalidParameterValue',
      message,
      fix: parsed.issue.message,
    });
  }
}

function checkCounts(queries: readonly MetricDataQueryInput[], report: Report): void {
  for (const [kind, count] of [
    ['MetricStat', queries.filter((query) => query.MetricStat !== undefined).length],
    ['Expression', queries.filter((query) => query.Expression !== undefined).length],
  ] as const) {
    if (count <= MAX_OF_A_KIND) continue;
    const message = constraint(`${count}`, 'Metrics', `have at most ${MAX_OF_A_KIND} items with ${kind}`);
    const fix = `${count} items with ${kind}, an alarm may have ${MAX_OF_A_KIND}: split it and combine the parts in a composite alarm`;
    report({ code: 'too-many-metrics', path: 'Metrics', message, fix });
  }
}

function checkPeriods(queries: readonly MetricDataQueryInput[], evaluationPeriods: number, report: Report): void {
  const periods = new Set(queries.map((query) => query.MetricStat?.Period).filter((period) => period !== undefined));
  if (periods.size > 1) {
    const message = 'Invalid metrics list: all metrics of an alarm must have the same period.';
    report({
      code: 'mixed-periods',
      path: 'Metrics',
      message,
      fix: `found ${[...periods].join(', ')} s: choose one of them`,
    });
  }
  for (const [index, query] of queries.entries()) {
    if (query.Expression === undefined) continue;
    const path = `Metrics[${index}].Period`;
    const insights = isInsightsQuery(query.Expression);
    if (query.Period !== undefined) checkPeriod(path, query.Period, evaluationPeriods, report);
    else if (insights || periods.size === 0) {
      const message = 'Period must not be null';
      report({ code: 'missing', path, message, fix: 'an expression without metrics needs a Period of its own' });
    }
    const period = query.Period ?? 0;
    if (insights && (period < 60 || period * evaluationPeriods > INSIGHTS_HOURS * 3600)) {
      const message = `Metrics Insights alarms need a period of at least 60 seconds and look at the last ${INSIGHTS_HOURS} hours.`;
      const fix = `Period × EvaluationPeriods is ${period * evaluationPeriods} s: 60 s to ${INSIGHTS_HOURS * 3600} s are possible`;
      report({ code: 'insights-range', path, message, fix });
    }
  }
}

function checkReturned(input: MetricAlarmInput, queries: readonly MetricDataQueryInput[], report: Report): void {
  const wanted = input.ThresholdMetricId === undefined ? 1 : 2;
  const returned = queries.filter((query) => query.ReturnData !== false);
  if (returned.length !== wanted) {
    const message = `Exactly ${wanted === 1 ? 'one element' : 'two elements'} of the metrics list should return data.`;
    const fix = `${returned.length} of ${queries.length} return data (the default): set ReturnData to false on the others`;
    report({ code: 'return-data', path: 'Metrics', message, fix });
  }
  if (input.ThresholdMetricId === undefined) return;
  const band = queries.find((query) => query.Id === input.ThresholdMetricId);
  if (!/^\s*ANOMALY_DETECTION_BAND\s*\(/.test(band?.Expression ?? '')) {
    const message = `ThresholdMetricId ${input.ThresholdMetricId} does not match an ANOMALY_DETECTION_BAND of the metrics list.`;
    report({
      code: 'threshold-metric-id',
      path: 'ThresholdMetricId',
      message,
      fix: 'give the Id of the band, as in ad1',
    });
  }
}
