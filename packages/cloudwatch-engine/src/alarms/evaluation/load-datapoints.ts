import type { MetricSource } from '../../series/metric-source.ts';
import type { Points } from '../../series/points.ts';
import type { MetricAlarm } from '../config/alarm.ts';
import type { AlarmMath } from './alarm-math.ts';
import type { Datapoints } from './datapoint.ts';
import type { SampleCounts } from './evaluate-alarm.ts';

/** Start (inclusive) and end (exclusive) in seconds since 1970, a whole number of periods apart. */
export type Range = { readonly start: number; readonly end: number };

/** Reads the datapoints of an alarm without contributors: its periods begin at `start`. */
export function loadDatapoints(alarm: MetricAlarm, source: MetricSource, math: AlarmMath, range: Range): Datapoints {
  const { watched, periodSeconds } = alarm;
  if (watched.kind === 'metric') {
    const values = placePoints(source.points(statQuery(alarm, watched.stat, range)), periodSeconds, range);
    if (alarm.minimumSamples === undefined) return { start: range.start, values };
    const counts = source.points(statQuery(alarm, 'SampleCount', range));
    return { start: range.start, values, sampleCounts: placePoints(counts, periodSeconds, range) };
  }
  const place = (points: Points | undefined) => placePoints(points, periodSeconds, range);
  const series = math.evaluate(watched.queries, source, range);
  const values = place(series.find((each) => each.id === watched.id)?.points);
  if (watched.kind === 'contributors' || watched.band === undefined) return { start: range.start, values };
  const [lower, upper] = series.filter((each) => each.id === watched.band);
  return { start: range.start, values, lower: place(lower?.points), upper: place(upper?.points) };
}

/** One place for each period of the range, NaN where there is no point. */
export function placePoints(points: Points | undefined, periodSeconds: number, { start, end }: Range): Float64Array {
  const places = new Float64Array(Math.round((end - start) / periodSeconds)).fill(Number.NaN);
  if (!points) return places;
  const { timestamps, values } = points;
  for (let index = 0; index < timestamps.length; index += 1) {
    const place = ((timestamps[index] as number) - start) / periodSeconds;
    if (Number.isInteger(place)) places[place] = values[index] as number;
  }
  return places;
}

/** Asks the source for the samples of a period when a reason lists it. */
export function sampleCounts(alarm: MetricAlarm, source: MetricSource, start: number): SampleCounts {
  return (index) => {
    if (alarm.watched.kind !== 'metric') return undefined;
    const from = start + index * alarm.periodSeconds;
    return source.points(statQuery(alarm, 'SampleCount', { start: from, end: from + alarm.periodSeconds })).values[0];
  };
}

function statQuery({ watched, periodSeconds }: MetricAlarm, stat: string, { start, end }: Range) {
  if (watched.kind !== 'metric') throw new TypeError('an alarm on metric math has no metric of its own');
  const { metric, unit } = watched;
  const query = { metric, stat, periodSeconds, start, end, alignment: 'exactly' as const };
  return unit === undefined ? query : { ...query, unit };
}
