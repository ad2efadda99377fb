import type { AlarmDetail } from '../../protocol/alarm-view.ts';
import type { TimeRange } from '../../protocol/widget-series.ts';
import { dateTime } from '../chart/format-time.ts';
import { preferences } from '../state/preferences.ts';
import { stretchesOf } from './state-stretches.ts';

const SIGN = { OK: 'OK', ALARM: 'ALARM', INSUFFICIENT_DATA: 'no data' } as const;

/** The states over the time range, each with its word where there is room. */
export function StateStrip({ detail, range }: { readonly detail: AlarmDetail; readonly range: TimeRange }) {
  const length = range.end - range.start;
  const zone = preferences.zone.value;
  const stretches = stretchesOf(detail, range);
  const text = stretches.map(({ state, from }) => `${SIGN[state]} from ${dateTime(from, zone)}`).join('; ');
  return (
    <div class="strip" role="img" aria-label={`States: ${text || 'none in this time range'}`}>
      {stretches.map(({ state, from, to }) => (
        <span
          key={from}
          class={`strip-${state}`}
          title={`${SIGN[state]}: ${dateTime(from, zone)} – ${dateTime(to, zone)}`}
          style={{ left: `${(100 * (from - range.start)) / length}%`, width: `${(100 * (to - from)) / length}%` }}
        >
          {(to - from) / length > 0.07 && SIGN[state]}
        </span>
      ))}
    </div>
  );
}
