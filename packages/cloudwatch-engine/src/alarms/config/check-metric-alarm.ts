import { BAND_OPERATORS, COMPARISON_OPERATORS, MISSING_DATA_TREATMENTS } from './alarm.ts';
import type { MetricAlarmInput } from './alarm-input.ts';
import { checkCount, checkWord, type Report } from './alarm-issue.ts';
import { checkNameAndActions } from './check-actions.ts';
import { checkMetric } from './check-metric.ts';
import { checkMetrics, hasContributors } from './check-metrics.ts';

const OF_ONE_METRIC = [
  'MetricName',
  'Namespace',
  'Dimensions',
  'Period',
  'Unit',
  'Statistic',
  'ExtendedStatistic',
] as const;

/** Everything that PutMetricAlarm refuses (API Reference); messages are the recorded ones where there are any. */
export function checkMetricAlarm(input: MetricAlarmInput, report: Report): void {
  checkNameAndActions(input, report);
  if (refuseByName(input, report)) return;
  checkPeriods(input, report);
  checkComparison(input, report);
  const treatments = 'Supported values for TreatMissingData are breaching, notBreaching, ignore, and missing.';
  if (input.TreatMissingData !== undefined) {
    checkWord(report, 'TreatMissingData', input.TreatMissingData, MISSING_DATA_TREATMENTS, treatments);
  }
  checkLowSamples(input, report);
  checkSource(input, report);
}

/** What CloudWatch has and this engine does not evaluate. */
function refuseByName(input: MetricAlarmInput, report: Report): boolean {
  const refused = [
    ['EvaluationCriteria', 'promql-alarm', input.EvaluationCriteria !== undefined, 'PromQL alarms'],
    ['EvaluationInterval', 'promql-alarm', input.EvaluationInterval !== undefined, 'PromQL alarms'],
    [
      'WarmUpConfiguration',
      'warm-up',
      'WarmUpConfiguration' in input && input.WarmUpConfiguration !== undefined,
      'warm-up periods',
    ],
    ['EvaluationWindow', 'wall-clock-window', isWallClock(input.EvaluationWindow), 'wall-clock windows'],
  ] as const;
  for (const [path, code, found, what] of refused) {
    if (!found) continue;
    const fix =
      'CloudWatch has them, this engine does not evaluate them: take a metric, metric math or a Metrics Insights query with a sliding window';
    report({ code, path, message: `${path} is not supported: ${what} are not evaluated here`, fix });
  }
  return refused.some(([, code, found]) => found && code === 'promql-alarm');
}

/** `{ WallClockWindow: … }`; a sliding window, also when it is spelled out, is what every alarm has. */
function isWallClock(window: unknown): boolean {
  return (
    typeof window === 'object' && window !== null && 'WallClockWindow' in window && window.WallClockWindow !== undefined
  );
}

function checkPeriods({ EvaluationPeriods: n, DatapointsToAlarm: m }: MetricAlarmInput, report: Report): void {
  const missing = 'PutMetricAlarm request should have an EvaluationPeriods parameter';
  if (!checkCount(report, 'EvaluationPeriods', n, 1, missing) || m === undefined) return;
  if (!checkCount(report, 'DatapointsToAlarm', m, 1, '') || m <= (n ?? 0)) return;
  const message = 'DatapointsToAlarm must be less than or equal to EvaluationPeriods';
  report({ code: 'm-of-n', path: 'DatapointsToAlarm', message, fix: `${m} of ${n} cannot breach: lower it to ${n}` });
}

function checkComparison(input: MetricAlarmInput, report: Report): void {
  const { ComparisonOperator: operator, Threshold: threshold, ThresholdMetricId: band } = input;
  if (operator === undefined) {
    const message = 'PutMetricAlarm request should have a valid ComparisonOperator parameter';
    report({ code: 'missing', path: 'ComparisonOperator', message, fix: `one of ${COMPARISON_OPERATORS.join(', ')}` });
  } else checkWord(report, 'ComparisonOperator', operator, COMPARISON_OPERATORS);
  const bandOperator = BAND_OPERATORS.some((each) => each === operator);
  if (band === undefined && bandOperator) {
    const message = 'ComparisonOperators for ranges require ThresholdMetricId to be set';
    report({
      code: 'band-operator',
      path: 'ComparisonOperator',
      message,
      fix: 'name the ANOMALY_DETECTION_BAND, or compare with a threshold',
    });
  } else if (band !== undefined && operator !== undefined && !bandOperator) {
    const message = `${operator} can not be used with ThresholdMetricId.`;
    report({ code: 'band-operator', path: 'ComparisonOperator', message, fix: `one of ${BAND_OPERATORS.join(', ')}` });
  }
  if (band !== undefined && threshold !== undefined) {
    const message = 'Threshold and ThresholdMetricId cannot both be set';
    const fix = 'drop one: a band is the threshold of an anomaly alarm';
    report({ code: 'two-thresholds', path: 'Threshold', message, fix });
  } else if (band === undefined && !Number.isFinite(threshold)) {
    const message = 'PutMetricAlarm request should have valid Threshold parameter';
    report({ code: 'missing', path: 'Threshold', message, fix: 'give a finite number, or a ThresholdMetricId' });
  }
}

function checkLowSamples(input: MetricAlarmInput, report: Report): void {
  const { EvaluateLowSampleCountPercentile: choice, ExtendedStatistic: extended, Statistic: simple } = input;
  if (choice === undefined) return;
  const path = 'EvaluateLowSampleCountPercentile';
  checkWord(report, path, choice, ['evaluate', 'ignore'], `Supported options for ${path} are evaluate and ignore.`);
  if (/^p\d/.test(extended ?? '')) return;
  const message = `Option evaluateLowSampleCountPercentile can not be applied with statistic ${extended ?? simple ?? 'null'}. This option is enabled only for percentile statistics.`;
  report({ code: 'low-samples', path, message, fix: 'drop it, or watch a percentile such as p99' });
}

function checkSource(input: MetricAlarmInput, report: Report): void {
  if (input.Metrics === undefined || input.Metrics.length === 0) {
    if (input.ThresholdMetricId !== undefined) {
      const message = 'ThresholdMetricId can only be used with a list of Metrics.';
      report({
        code: 'threshold-metric-id',
        path: 'ThresholdMetricId',
        message,
        fix: 'give Metrics with an ANOMALY_DETECTION_BAND',
      });
    }
    checkMetric(input, report);
    return;
  }
  for (const path of OF_ONE_METRIC) {
    if (input[path] === undefined || (path === 'Dimensions' && input.Dimensions?.length === 0)) continue;
    const message = `${path} should not be set if list of Metrics is set.`;
    report({ code: 'metric-and-metrics', path, message, fix: 'move it into an item of Metrics, or drop Metrics' });
  }
  checkMetrics(input, report);
  if (input.Metrics.some((query) => hasContributors(query.Expression))) checkContributorActions(input, report);
}

function checkContributorActions(input: MetricAlarmInput, report: Report): void {
  for (const path of ['OKActions', 'AlarmActions', 'InsufficientDataActions'] as const) {
    for (const [index, action] of (input[path] ?? []).entries()) {
      const service = action.split(':')[2];
      const at = `${path}[${index}]`;
      if (service === 'autoscaling') {
        const message = 'Autoscaling actions are not available for Multi Time Series alarms';
        report({ code: 'contributor-action', path: at, message, fix: 'drop GROUP BY, or notify a topic' });
      } else if (path === 'InsufficientDataActions' && (service === 'sns' || service === 'lambda')) {
        const message =
          'InsufficientData actions are not supported for contributor-level action types in Multi Time Series alarms';
        report({ code: 'contributor-action', path: at, message, fix: 'drop it: contributors are in ALARM or gone' });
      }
    }
  }
}
