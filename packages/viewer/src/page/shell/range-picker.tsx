import { useState } from 'preact/hooks';
import { dateTime, zoneName } from '../chart/format-time.ts';
import { preferences } from '../state/preferences.ts';
import { chosenStart, isRelative, RELATIVE, range } from '../state/time-range.ts';
import { QuickRanges } from './quick-ranges.tsx';
import { RangeDialog } from './range-dialog.tsx';

/** The page's time range: relative ones by a press, any other by its ends. */
export function RangePicker() {
  const [open, setOpen] = useState(false);
  const { start, end } = range.value;
  const zone = preferences.zone.value;
  return (
    <div class="range">
      <QuickRanges />
      <button
        type="button"
        class="button range-text"
        aria-expanded={open}
        aria-haspopup="dialog"
        onClick={() => setOpen(!open)}
      >
        {isRelative.value ? (
          <span>
            Last <b>{lengthText(chosenStart.value)}</b>
          </span>
        ) : (
          <span>
            {dateTime(start, zone).slice(0, 16)} – {dateTime(end, zone).slice(dayOf(start) === dayOf(end) ? 11 : 0, 16)}
          </span>
        )}
        <em>{zoneName(end, zone)}</em>
      </button>
      {open && <RangeDialog close={() => setOpen(false)} />}
    </div>
  );
}

const dayOf = (seconds: number): string => dateTime(seconds, preferences.zone.value).slice(0, 10);

const lengthText = (duration: string): string => {
  const months = /^-P(\d+)M$/.exec(duration)?.[1];
  if (months !== undefined) return `${months} ${months === '1' ? 'month' : 'months'}`;
  return RELATIVE.find(([known]) => known === duration)?.[2] ?? duration.replace(/^-PT?/, '').toLowerCase();
};
