import type { StateValue } from '@voice-campaign/cloudwatch-engine/alarms';
import type { AlarmDetail } from '../../protocol/alarm-view.ts';
import type { TimeRange } from '../../protocol/widget-series.ts';

type Stretch = { readonly state: StateValue; readonly from: number; readonly to: number };

/** Which state the alarm was in, from the changes of its history (newest first). Nothing is said of before the first. */
export function stretchesOf(
  { history, alarm }: Pick<AlarmDetail, 'history' | 'alarm'>,
  { start, end }: TimeRange,
): readonly Stretch[] {
  const changes = history.filter(({ kind, to }) => kind === 'StateUpdate' && to !== undefined).toReversed();
  const points = changes.map(({ at, to }) => ({ at, state: to ?? alarm.state }));
  const first = changes[0];
  const oldest = history.at(-1);
  const since = oldest?.kind === 'ConfigurationUpdate' ? oldest.at : Number.NEGATIVE_INFINITY;
  if (first?.from !== undefined) points.unshift({ at: since, state: first.from });
  if (points.length === 0) points.push({ at: alarm.since, state: alarm.state });
  return points.flatMap(({ at, state }, index) => {
    const from = Math.max(start, at);
    const to = Math.min(end, points[index + 1]?.at ?? end);
    return to > from ? [{ state, from, to }] : [];
  });
}
