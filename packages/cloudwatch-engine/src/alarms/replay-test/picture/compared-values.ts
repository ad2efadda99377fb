import type { MetricSource } from '../../../series/metric-source.ts';
import type { MetricAlarm } from '../../config/alarm.ts';
import type { AlarmMath } from '../../evaluation/alarm-math.ts';
import { BREACHING, classify } from '../../evaluation/datapoint.ts';
import { DEFAULT_SETTINGS, type EvaluationSettings, evaluationWindow } from '../../evaluation/evaluation-settings.ts';
import { loadDatapoints } from '../../evaluation/load-datapoints.ts';

/** The newest datapoint of an evaluation, and the band around it where the alarm has one; undefined where there is none. */
export type Compared = {
  readonly value: number | undefined;
  readonly breaching: boolean;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
};

/** What an alarm without contributors compares at each of some moments, in seconds since 1970. */
export function comparedValues(
  alarm: MetricAlarm,
  source: MetricSource,
  math: AlarmMath,
  moments: readonly number[],
  settings: Partial<EvaluationSettings> = {},
): readonly Compared[] {
  return moments.map((at) => {
    const window = evaluationWindow(alarm, at, { ...DEFAULT_SETTINGS, ...settings });
    const datapoints = loadDatapoints(alarm, source, math, window);
    const last = datapoints.values.length - 1;
    return {
      value: known(datapoints.values[last]),
      breaching: classify(alarm, datapoints)[last] === BREACHING,
      lower: known(datapoints.lower?.[last]),
      upper: known(datapoints.upper?.[last]),
    };
  });
}

function known(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value;
}
