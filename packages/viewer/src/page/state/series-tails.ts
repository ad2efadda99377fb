import type { WidgetData } from '../../protocol/dashboard-view.ts';
import type { SeriesTail } from '../../protocol/live-event.ts';
import type { TimeRange, WidgetSeries } from '../../protocol/widget-series.ts';

/** A widget's data with newer points; what fell out of the range is dropped. */
export function withTails(data: WidgetData, tails: readonly SeriesTail[], range: TimeRange): WidgetData {
  if (data.kind !== 'metrics' && data.kind !== 'alarm-metric') return data;
  const byKey = new Map(tails.map((tail) => [tail.key, tail]));
  return { ...data, range, series: data.series.map((one) => withTail(one, byKey.get(one.key), range.start)) };
}

function withTail(before: WidgetSeries, tail: SeriesTail | undefined, start: number): WidgetSeries {
  const series = tail?.label === undefined ? before : { ...before, label: tail.label };
  const from = firstAtOrAfter(series.timestamps, start - series.periodSeconds);
  const first = tail?.timestamps[0];
  if (tail === undefined || first === undefined) {
    if (from === 0) return series;
    return { ...series, timestamps: series.timestamps.slice(from), values: series.values.slice(from) };
  }
  const until = firstAtOrAfter(series.timestamps, first);
  return {
    ...series,
    timestamps: [...series.timestamps.slice(from, until), ...tail.timestamps],
    values: [...series.values.slice(from, until), ...tail.values],
  };
}

function firstAtOrAfter(timestamps: readonly number[], time: number): number {
  let low = 0;
  let high = timestamps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timestamps[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
