import type { MetricAlarm } from '../config/alarm.ts';
import { javaDouble } from '../messages/java-double.ts';
import { isoMillis } from '../messages/utc-text.ts';
import type { Datapoints } from './datapoint.ts';
import type { Evaluated } from './evaluated-datapoints.ts';

/**
 * `StateReasonData`: JSON with the fields, their order and the spelling of numbers that CloudWatch has. `sampleCountOf`
 * is asked for the datapoints that the JSON lists, of an alarm on one metric.
 */
export function stateReasonData(
  alarm: MetricAlarm,
  datapoints: Datapoints,
  { evaluated, real }: Evaluated,
  at: number,
  sampleCountOf: (index: number) => number | undefined,
): string {
  const { start, values } = datapoints;
  const { lower, upper } = edgesOf(alarm, datapoints);
  const recent = placesOf(real);
  const stampOf = (index: number) => `"${isoMillis(start + index * alarm.periodSeconds)}"`;
  const numbers = (series: Float64Array | undefined) => `[${recent.map((index) => number(series?.[index])).join(',')}]`;
  const { watched, input } = alarm;
  const only = lower === undefined || upper === undefined ? (lower ?? upper) : undefined;
  const points = evaluated.map((index) => {
    const value = values[index] as number;
    if (Number.isNaN(value)) return `{"timestamp":${stampOf(index)}}`;
    const samples = watched.kind === 'metric' ? sampleCountOf(index) : undefined;
    const count = samples === undefined ? '' : `"sampleCount":${javaDouble(samples)},`;
    const crossed = only === undefined ? '' : `,"threshold":${number(only[index])}`;
    return `{"timestamp":${stampOf(index)},${count}"value":${javaDouble(value)}${crossed}}`;
  });
  const fields = [
    '"version":"1.0"',
    `"queryDate":"${isoMillis(at)}"`,
    ...(recent.length > 0 ? [`"startDate":${stampOf(recent[0] as number)}`] : []),
    ...(watched.kind === 'metric' && input.Unit !== undefined ? [`"unit":${JSON.stringify(input.Unit)}`] : []),
    ...(watched.kind === 'metric' ? [`"statistic":${JSON.stringify(watched.stat)}`] : []),
    `"period":${alarm.periodSeconds}`,
    `"recentDatapoints":${numbers(values)}`,
    ...(lower ? [`"recentLowerThresholds":${numbers(lower)}`] : []),
    ...(upper ? [`"recentUpperThresholds":${numbers(upper)}`] : []),
    ...(lower || upper ? [] : [`"threshold":${javaDouble(alarm.threshold)}`]),
    `"evaluatedDatapoints":[${points.join(',')}]`,
  ];
  return `{${fields.join(',')}}`;
}

/** The edges of a band that the operator asks of: one alone is also said of each datapoint (recorded of the upper one). */
function edgesOf({ operator }: MetricAlarm, { lower, upper }: Datapoints): Pick<Datapoints, 'lower' | 'upper'> {
  return {
    ...(lower && operator !== 'GreaterThanUpperThreshold' && { lower }),
    ...(upper && operator !== 'LessThanLowerThreshold' && { upper }),
  };
}

/** From the oldest to the newest of the counted datapoints, with the places between them. */
function placesOf(real: readonly number[]): readonly number[] {
  const [newest] = real;
  const oldest = real.at(-1);
  if (newest === undefined || oldest === undefined) return [];
  return Array.from({ length: newest - oldest + 1 }, (_, index) => oldest + index);
}

function number(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? 'null' : javaDouble(value);
}
