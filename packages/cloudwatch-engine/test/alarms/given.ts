import type { MetricAlarm } from '../../src/alarms/config/alarm.ts';
import type { AlarmInput, MetricAlarmInput } from '../../src/alarms/config/alarm-input.ts';
import { validateAlarm } from '../../src/alarms/config/validate-alarm.ts';
import type { AlarmMath } from '../../src/alarms/evaluation/alarm-math.ts';
import type { Datapoints } from '../../src/alarms/evaluation/datapoint.ts';
import type { MetricSource } from '../../src/index.ts';

/** One value a period, or none, from `start` on. */
export type Series = {
  readonly start: number;
  readonly step: number;
  readonly values: readonly (number | undefined)[];
};

/** A store of one sample a step for each metric name; `Sum` and `SampleCount` add up, other statistics take the mean. */
export function sourceOf(metrics: Readonly<Record<string, Series>>, samplesEach = 1): MetricSource {
  return {
    points({ metric, stat, periodSeconds, start, end }) {
      const series = metrics[metric.name];
      if (!series) return { timestamps: [], values: [] };
      const timestamps: number[] = [];
      const values: number[] = [];
      for (let at = start; at + periodSeconds <= end; at += periodSeconds) {
        const from = Math.max(0, Math.ceil((at - series.start) / series.step));
        const to = Math.max(0, Math.ceil((at + periodSeconds - series.start) / series.step));
        const found = series.values.slice(from, to).filter((value) => value !== undefined);
        if (found.length === 0) continue;
        const sum = found.reduce((total, value) => total + value, 0);
        timestamps.push(at);
        values.push(stat === 'SampleCount' ? found.length * samplesEach : stat === 'Sum' ? sum : sum / found.length);
      }
      return { timestamps, values };
    },
    metrics: () => [],
  };
}

export const NO_MATH: AlarmMath = {
  evaluate: () => {
    throw new Error('no metric math in this test');
  },
  pointwise: () => false,
};

export function alarmOf(input: AlarmInput) {
  const validated = validateAlarm(input);
  if (!validated.ok) throw new Error(JSON.stringify(validated.issues, undefined, 2));
  return validated.alarm;
}

/** An alarm on the sum of `m` above 50 each minute, but for what is given. */
export function metricAlarm(input: MetricAlarmInput = {}): MetricAlarm {
  const one = input.Metrics === undefined ? { Namespace: 'ns', MetricName: 'm', Statistic: 'Sum', Period: 60 } : {};
  const threshold = input.ThresholdMetricId === undefined ? { Threshold: 50 } : {};
  const alarm = alarmOf({
    AlarmName: 'a',
    EvaluationPeriods: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    ...one,
    ...threshold,
    ...input,
  });
  if (alarm.kind !== 'metric') throw new Error('not a metric alarm');
  return alarm;
}

/** Datapoints in the letters of the vectors: 0 is good, X breaches (above 50), - is missing. */
export function datapoints(letters: readonly string[], start = 0): Datapoints {
  const values = { '0': 1, X: 100, '-': Number.NaN };
  return { start, values: Float64Array.from(letters, (letter) => values[letter as keyof typeof values]) };
}
