import type { SeriesDrawing, WidgetQuery } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { WidgetData } from '../protocol/dashboard-view.ts';
import type { WidgetSeries } from '../protocol/widget-series.ts';
import type { MetricAnswer, MetricResult } from '../source/metric-question.ts';

/** Gives its upper edge, then its lower one. */
const BAND = /^\s*ANOMALY_DETECTION_BAND\s*\(/;

/** The lines of a widget: what its queries gave, with how its rows say that it is drawn. */
export function seriesOfAnswer(
  { results }: MetricAnswer,
  queries: readonly WidgetQuery[],
  drawings: readonly SeriesDrawing[],
): readonly WidgetSeries[] {
  const queryById = new Map(queries.map((query) => [query.Id, query]));
  const drawingById = new Map(drawings.map((drawing) => [drawing.id, drawing]));
  const many = new Map<string, number>();
  return results.map((result) => {
    const place = many.get(result.id) ?? 0;
    many.set(result.id, place + 1);
    const drawing = drawingById.get(result.id);
    const { label, unit, timestamps, values } = result;
    const query = queryById.get(result.id);
    const isBand = query !== undefined && 'Expression' in query && BAND.test(query.Expression);
    return {
      key: `${result.id}/${place}`,
      label,
      // Many lines of one search share a row: a colour of theirs would make them one.
      ...(drawing?.color !== undefined &&
        (isBand || results.filter(({ id }) => id === result.id).length === 1) && { color: drawing.color }),
      axis: drawing?.yAxis ?? 'left',
      ...(isBand && place === 1 && { lowerOf: `${result.id}/0` }),
      ...(unit !== undefined && { unit }),
      periodSeconds: periodOf(query, result),
      timestamps,
      values: values.map((value) => (Number.isFinite(value) ? value : null)),
    };
  });
}

/** Of an expression, what lies between its points: its metrics may have other periods than it asks for. */
function periodOf(query: WidgetQuery | undefined, { timestamps }: MetricResult): number {
  if (query && 'MetricStat' in query) return query.MetricStat.Period;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 1; index < timestamps.length; index += 1) {
    least = Math.min(least, (timestamps[index] ?? 0) - (timestamps[index - 1] ?? 0));
  }
  return Number.isFinite(least) ? least : (query?.Period ?? 60);
}

/** Without the periods that are not over yet, as a widget wants that says `liveData: false`. */
export function withoutLiveData(data: WidgetData, now: number): WidgetData {
  if (data.kind !== 'metrics') return data;
  const series = data.series.map((line) => {
    const isOver = (timestamp: number | undefined): boolean => (timestamp ?? 0) + line.periodSeconds <= now;
    let count = line.timestamps.length;
    while (count > 0 && !isOver(line.timestamps[count - 1])) count -= 1;
    if (count === line.timestamps.length) return line;
    return { ...line, timestamps: line.timestamps.slice(0, count), values: line.values.slice(0, count) };
  });
  return { ...data, series };
}
