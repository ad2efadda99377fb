import type { WidgetData } from '../protocol/dashboard-view.ts';
import type { LiveEvent, SeriesTail } from '../protocol/live-event.ts';
import type { WidgetSeries } from '../protocol/widget-series.ts';

/** What a page that has `before` must be told to have `after`; undefined when that is nothing. */
export function changeOf(widget: number, before: WidgetData | undefined, after: WidgetData): LiveEvent | undefined {
  const whole: LiveEvent = { kind: 'widget', widget, data: after };
  if (before?.kind !== 'metrics' || after.kind !== 'metrics') {
    return JSON.stringify(before) === JSON.stringify(after) ? undefined : whole;
  }
  if (!sameLines(before, after)) return whole;
  const tails: SeriesTail[] = [];
  for (const [index, series] of after.series.entries()) {
    const known = before.series[index];
    const tail = known && tailOf(known, series, after.range.start);
    if (tail === undefined) return whole;
    if (tail !== 'same') tails.push(tail);
  }
  return tails.length === 0 ? undefined : { kind: 'tails', widget, range: after.range, tails };
}

type Metrics = Extract<WidgetData, { readonly kind: 'metrics' }>;

function sameLines(before: Metrics, after: Metrics): boolean {
  if (before.series.length !== after.series.length) return false;
  if (before.messages.join() !== after.messages.join()) return false;
  return after.series.every(({ key, unit, periodSeconds }, index) => {
    const known = before.series[index];
    return known?.key === key && known.unit === unit && known.periodSeconds === periodSeconds;
  });
}

/** The points from the first that differs on; undefined where points went away, which a tail cannot say. */
function tailOf(before: WidgetSeries, after: WidgetSeries, start: number): SeriesTail | 'same' | undefined {
  const { key, label, timestamps, values } = after;
  let known = 0;
  // What fell out of the range is dropped by the page itself.
  while ((before.timestamps[known] ?? start) < start - after.periodSeconds) known += 1;
  let same = 0;
  while (
    same < timestamps.length &&
    before.timestamps[known] === timestamps[same] &&
    before.values[known] === values[same]
  ) {
    same += 1;
    known += 1;
  }
  const next = timestamps[same];
  const left = before.timestamps[known];
  if (left !== undefined && (next === undefined || left < next)) return undefined;
  const renamed = before.label === label ? {} : { label };
  if (next === undefined && before.label === label) return 'same';
  return { key, ...renamed, timestamps: timestamps.slice(same), values: values.slice(same) };
}
