import type { Unit } from '@voice-campaign/metrics-schema';
import { metricOf } from '../../series/metric.ts';
import { parseStatistic } from '../../series/statistic/parse-statistic.ts';
import { parseAlarmRule } from '../composite/parse-rule.ts';
import { nameOf } from '../composite/rule.ts';
import {
  type Alarm,
  COMPARISON_OPERATORS,
  type ComparisonOperator,
  type CompositeAlarm,
  type MetricAlarm,
  MISSING_DATA_TREATMENTS,
  type MissingDataTreatment,
  type Watched,
} from './alarm.ts';
import { type AlarmInput, type CompositeAlarmInput, isComposite, type MetricAlarmInput } from './alarm-input.ts';
import type { AlarmIssue, Report } from './alarm-issue.ts';
import { checkCompositeAlarm } from './check-composite-alarm.ts';
import { checkMetricAlarm } from './check-metric-alarm.ts';
import { hasContributors, periodOfQueries } from './check-metrics.ts';

export type ValidatedAlarm =
  | { readonly ok: true; readonly alarm: Alarm }
  | { readonly ok: false; readonly issues: readonly [AlarmIssue, ...AlarmIssue[]] };

/**
 * Reads an alarm as PutMetricAlarm or PutCompositeAlarm takes it, or says everything they refuse, in the order of the
 * checks (the service itself answers the first). Alarms on PromQL, wall-clock windows and warm-up periods are refused
 * by name. Whether the alarms of a composite alarm's rule exist is for `unknownChildren` to say.
 */
export function validateAlarm(input: AlarmInput): ValidatedAlarm {
  const issues: AlarmIssue[] = [];
  const report: Report = (issue) => issues.push({ error: 'ValidationError', ...issue });
  if (isComposite(input)) checkCompositeAlarm(input, report);
  else checkMetricAlarm(input, report);
  const [first, ...more] = issues;
  if (first) return { ok: false, issues: [first, ...more] };
  return { ok: true, alarm: isComposite(input) ? readComposite(input) : readMetricAlarm(input) };
}

function readComposite(input: CompositeAlarmInput): CompositeAlarm {
  const parsed = parseAlarmRule(input.AlarmRule ?? '');
  const { ActionsSuppressor: suppressor, ActionsSuppressorWaitPeriod: waitPeriod = 0 } = input;
  return {
    kind: 'composite',
    name: input.AlarmName ?? '',
    input,
    rule: parsed.ok ? parsed.rule : { kind: 'constant', value: false },
    ...(suppressor === undefined
      ? {}
      : {
          suppressor: {
            alarm: nameOf(suppressor),
            waitPeriod,
            extensionPeriod: input.ActionsSuppressorExtensionPeriod ?? 0,
          },
        }),
  };
}

function readMetricAlarm(input: MetricAlarmInput): MetricAlarm {
  const evaluationPeriods = input.EvaluationPeriods ?? 1;
  const minimumSamples =
    input.EvaluateLowSampleCountPercentile === 'ignore' ? samplesNeeded(input.ExtendedStatistic ?? '') : 0;
  const periodSeconds = input.Metrics?.length ? periodOfQueries(input.Metrics) : input.Period;
  return {
    kind: 'metric',
    name: input.AlarmName ?? '',
    input,
    watched: readWatched(input),
    periodSeconds: periodSeconds ?? 60,
    evaluationPeriods,
    datapointsToAlarm: input.DatapointsToAlarm ?? evaluationPeriods,
    operator: COMPARISON_OPERATORS.find((each) => each === input.ComparisonOperator) as ComparisonOperator,
    threshold: input.Threshold ?? Number.NaN,
    missingData: readTreatment(input),
    ...(minimumSamples > 0 ? { minimumSamples } : {}),
  };
}

function readWatched(input: MetricAlarmInput): Watched {
  const queries = input.Metrics ?? [];
  if (queries.length > 0) {
    const band = input.ThresholdMetricId;
    const watched = queries.find((query) => query.ReturnData !== false && query.Id !== band);
    const id = watched?.Id ?? '';
    if (hasContributors(watched?.Expression)) return { kind: 'contributors', queries, id };
    return { kind: 'math', queries, id, ...(band === undefined ? {} : { band }) };
  }
  return {
    kind: 'metric',
    metric: metricOf(input),
    stat: input.Statistic ?? input.ExtendedStatistic ?? '',
    ...(input.Unit === undefined ? {} : { unit: input.Unit as Unit }),
  };
}

/** `missing` where nothing is said; `ignore` where an alarm reads AWS/DynamoDB alone (user guide, "Missing data"; recorded). */
function readTreatment(input: MetricAlarmInput): MissingDataTreatment {
  const said = MISSING_DATA_TREATMENTS.find((each) => each === input.TreatMissingData);
  if (said) return said;
  const namespaces = input.Metrics?.length
    ? input.Metrics.flatMap((query) => (query.MetricStat ? [query.MetricStat.Metric?.Namespace] : []))
    : [input.Namespace];
  return namespaces.length > 0 && namespaces.every((each) => each === 'AWS/DynamoDB') ? 'ignore' : 'missing';
}

/** 10/(1-p) samples from the median up, 10/p below it (user guide, "Percentile-based alarms and low data samples"). */
export function samplesNeeded(statistic: string): number {
  const parsed = parseStatistic(statistic);
  if (!parsed.ok || parsed.statistic.kind !== 'percentile') return 0;
  const { percent } = parsed.statistic;
  const share = percent >= 50 ? 100 - percent : percent;
  return share === 0 ? 0 : Math.round((1000 / share) * 1e6) / 1e6;
}
