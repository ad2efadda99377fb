import type { MetricSource } from '../../series/metric-source.ts';
import { addPartial, type Notes } from '../evaluate/environment.ts';
import { defaultLabels } from '../labels/default-labels.ts';
import type { MathSettings } from '../settings.ts';
import { type Grid, place, type TimeRange } from '../values/grid.ts';
import { checkRoom, type Series, seriesOf } from '../values/series.ts';
import type { PlannedSearch } from './plan.ts';

/** "Only metrics that have reported data within the past two weeks" (user guide, SEARCH). */
const REACH = 14 * 86_400;
const MAX_SERIES = 500;
const METRICS_EXCEEDED = 'Maximum number of allowed metrics exceeded. Your search may have been limited';

type Searched = {
  readonly source: MetricSource;
  readonly range: TimeRange;
  readonly grid: Grid;
  readonly settings: MathSettings;
  readonly notes: Notes;
};

/** A series for every metric found, in the order of their first sample; 500 at most. */
export function searchSeries(
  { namespace, matches, stat }: PlannedSearch,
  periodSeconds: number,
  { source, range, grid, settings, notes }: Searched,
): readonly Series[] {
  const found = [];
  for (const metric of source.metrics({
    since: range.now - REACH,
    ...(namespace === undefined ? {} : { namespace }),
  })) {
    if (matches(metric)) found.push({ metric, stat, periodSeconds });
    if (found.length > MAX_SERIES) break;
  }
  if (found.length > MAX_SERIES) {
    found.pop();
    addPartial(notes, 'MaxMetricsExceeded', METRICS_EXCEEDED);
  }
  checkRoom(found.length * grid.length, settings);
  const labels = defaultLabels(found);
  const { start, end, alignment } = range;
  return found.map(({ metric }, index) => {
    const points = source.points({ metric, stat, periodSeconds, start, end, alignment });
    return seriesOf(grid, place(points, grid), { label: labels[index] ?? metric.name, metric, stat });
  });
}
