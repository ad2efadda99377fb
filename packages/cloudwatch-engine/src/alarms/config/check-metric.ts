import { UNITS } from '@voice-campaign/metrics-schema';
import type { DimensionInput } from '../../series/metric.ts';
import { parseStatistic } from '../../series/statistic/parse-statistic.ts';
import { SIMPLE_STATISTICS } from '../../series/statistic/statistic.ts';
import type { MetricAlarmInput } from './alarm-input.ts';
import { checkText, checkWord, constraint, type Report } from './alarm-issue.ts';

const MAX_DIMENSIONS = 30;
const DAY = 86_400;
const WEEK = 604_800;

/** The fields beside `MetricName` of an alarm on one metric (PutMetricAlarm, API Reference). */
export function checkMetric(input: MetricAlarmInput, report: Report): void {
  for (const path of ['MetricName', 'Namespace'] as const) {
    if (input[path] !== undefined) checkText(report, path, input[path], 1, 255);
    else report({ code: 'missing', path, message: `${path} must not be null`, fix: `give a ${path}, or Metrics` });
  }
  if (input.Namespace?.startsWith(':')) {
    const message = constraint(input.Namespace, 'Namespace', 'satisfy regular expression pattern: [^:].*');
    report({ code: 'namespace', path: 'Namespace', message, fix: 'begin with another character than a colon' });
  }
  checkDimensions('Dimensions', input.Dimensions ?? [], report);
  if (input.Unit !== undefined) checkWord(report, 'Unit', input.Unit, UNITS);
  checkPeriod('Period', input.Period, input.EvaluationPeriods ?? 1, report);
  checkStatistic(input, report);
}

/** At most 30, each named once (PutMetricAlarm, API Reference). */
export function checkDimensions(path: string, dimensions: readonly DimensionInput[], report: Report): void {
  if (dimensions.length > MAX_DIMENSIONS) {
    const message = constraint(dimensions.length, path, `have length less than or equal to ${MAX_DIMENSIONS}`);
    report({
      code: 'too-many-dimensions',
      path,
      message,
      fix: `drop ${dimensions.length - MAX_DIMENSIONS} dimensions`,
    });
  }
  const names = new Set<string | undefined>();
  for (const [index, { Name, Value }] of dimensions.entries()) {
    checkText(report, `${path}[${index}].Name`, Name, 1, 255);
    checkText(report, `${path}[${index}].Value`, Value, 1, 1024);
    if (names.has(Name)) {
      const message = `The dimension ${Name} is specified more than once.`;
      report({ code: 'duplicate-dimension', path: `${path}[${index}].Name`, message, fix: 'keep one of them' });
    }
    names.add(Name);
  }
}

/** 10, 20, 30 or a multiple of 60, and the limits of N periods together. */
export function checkPeriod(path: string, period: number | undefined, evaluationPeriods: number, report: Report): void {
  if (period === undefined) {
    const message = 'PutMetricAlarm request should have a Period parameter';
    report({ code: 'missing', path, message, fix: 'give the length of a datapoint in seconds' });
    return;
  }
  if (![10, 20, 30].includes(period) && !(period >= 60 && period % 60 === 0)) {
    const message = 'Period must be 10, 20, 30 or a multiple of 60';
    report({ code: 'period', path, message, fix: `${period} is none of them: take ${nearestPeriod(period)}` });
    return;
  }
  const total = period * evaluationPeriods;
  const [limit, span, periods] = period < 3600 ? [DAY, 'day', 'period < 3600'] : [WEEK, 'week', 'period >= 3600'];
  if (total <= limit) return;
  const message = `Metrics cannot be checked across more than a ${span} (EvaluationPeriods * Period must be <= ${limit}) for alarms using ${periods}`;
  const fix = `${evaluationPeriods} × ${period} s is ${total} s: take at most ${Math.floor(limit / period)} periods`;
  report({ code: 'too-long-a-range', path: 'EvaluationPeriods', message, fix });
}

function nearestPeriod(period: number): number {
  if (!(period < 45)) return Math.max(60, Math.round(period / 60) * 60) || 60;
  return period < 15 ? 10 : period < 25 ? 20 : 30;
}

function checkStatistic({ Statistic, ExtendedStatistic }: MetricAlarmInput, report: Report): void {
  if (Statistic !== undefined && ExtendedStatistic !== undefined) {
    const message =
      'PutMetricAlarm request can not be made with both Statistic and ExtendedStatistic parameters. Only one of them should be present';
    const fix = 'Statistic takes the five simple ones, ExtendedStatistic percentiles, trimmed means and the like';
    report({ code: 'two-statistics', path: 'Statistic', message, fix });
  } else if (Statistic !== undefined) {
    checkWord(report, 'Statistic', Statistic, SIMPLE_STATISTICS);
  } else if (ExtendedStatistic === undefined) {
    const message = 'PutMetricAlarm request should have a Statistic parameter';
    report({
      code: 'missing',
      path: 'Statistic',
      message,
      fix: `one of ${SIMPLE_STATISTICS.join(', ')}, or ExtendedStatistic`,
    });
  } else {
    const parsed = parseStatistic(ExtendedStatistic);
    if (parsed.ok && parsed.statistic.kind !== 'simple') return;
    const message = `The value ${ExtendedStatistic} for parameter ExtendedStatistic is not supported.`;
    const fix = parsed.ok ? `write it as Statistic: ${ExtendedStatistic}` : parsed.issue.message;
    report({ code: 'statistic', path: 'ExtendedStatistic', error: 'InvalidParameterValue', message, fix });
  }
}
