import { useEffect, useRef, useState } from 'preact/hooks';
import { dateTime, zoneName } from '../chart/format-time.ts';
import { preferences } from '../state/preferences.ts';
import { query, setQuery } from '../state/route.ts';
import {
  chosenStart,
  isRelative,
  now,
  panBy,
  RELATIVE,
  range,
  resetRange,
  showRelative,
  zoomBy,
  zoomTo,
} from '../state/time-range.ts';
import { Icon } from './icon.tsx';

/** The page's time range: relative ones by a press, any other by its ends. */
export function RangePicker() {
  const [open, setOpen] = useState(false);
  const { start, end } = range.value;
  const zone = preferences.zone.value;
  return (
    <div class="range">
      <fieldset class="segments range-quick" aria-label="Time range">
        {RELATIVE.map(([duration, , label]) => (
          <button
            key={duration}
            type="button"
            aria-pressed={chosenStart.value === duration}
            onClick={() => showRelative(duration)}
          >
            {label}
          </button>
        ))}
      </fieldset>
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

const lengthText = (duration: string): string =>
  RELATIVE.find(([known]) => known === duration)?.[2] ?? duration.replace(/^-PT?/, '').toLowerCase();

const PERIODS = [
  [undefined, 'As the dashboard says'],
  ['auto', 'To suit the range'],
  ['inherit', 'As each graph says'],
] as const;

/** What the console calls period override. */
function PeriodChoice() {
  const chosen = query.value.get('period') ?? undefined;
  return (
    <label>
      Periods
      <select
        value={chosen ?? ''}
        onChange={({ currentTarget }) => setQuery({ period: currentTarget.value || undefined })}
      >
        {PERIODS.map(([value, label]) => (
          <option key={label} value={value ?? ''}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

function RangeDialog({ close }: { readonly close: () => void }) {
  const box = useRef<HTMLFormElement>(null);
  const zone = preferences.zone.value;
  const field = (seconds: number): string => dateTime(seconds, zone).replace(' ', 'T');
  const [ends] = useState(() => ({ start: field(range.value.start), end: field(range.value.end) }));
  const [fault, setFault] = useState('');
  useEffect(() => {
    box.current?.querySelector('input')?.focus();
  }, []);
  const apply = (event: Event): void => {
    event.preventDefault();
    const entries = new FormData(box.current ?? undefined);
    const instant = (name: string): number => {
      const text = String(entries.get(name) ?? '');
      return Math.floor(Date.parse(zone === 'UTC' ? `${text}Z` : text) / 1000);
    };
    const [start, end] = [instant('start'), instant('end')];
    if (end > start) {
      zoomTo(start, Math.min(end, now.value));
      close();
    } else setFault('The end must be after the start.');
  };
  return (
    <dialog open class="popover" aria-label="Time range" onKeyDown={(event) => event.key === 'Escape' && close()}>
      <form class="range-dialog" ref={box} onSubmit={apply}>
        <div class="range-moves">
          <button type="button" class="button" onClick={() => panBy(-0.5)}>
            ← Earlier
          </button>
          <button type="button" class="button" onClick={() => zoomBy(2)}>
            Twice as long
          </button>
          <button type="button" class="button" onClick={() => zoomBy(0.5)}>
            Half
          </button>
          <button type="button" class="button" onClick={() => panBy(0.5)}>
            Later →
          </button>
        </div>
        <label>
          From
          <input type="datetime-local" name="start" step="1" defaultValue={ends.start} required />
        </label>
        <label>
          To
          <input type="datetime-local" name="end" step="1" defaultValue={ends.end} required />
        </label>
        {fault !== '' && (
          <p class="fault" role="alert">
            {fault}
          </p>
        )}
        <fieldset class="segments" aria-label="Time zone">
          {(['local', 'UTC'] as const).map((choice) => (
            <button
              key={choice}
              type="button"
              aria-pressed={zone === choice}
              onClick={() => {
                preferences.zone.value = choice;
              }}
            >
              {choice === 'local' ? 'Local time' : 'UTC'}
            </button>
          ))}
        </fieldset>
        <PeriodChoice />
        <div class="dialog-foot">
          <button
            type="button"
            class="button"
            onClick={() => {
              resetRange();
              close();
            }}
          >
            <Icon name="back" /> Dashboard’s own
          </button>
          <button type="submit" class="button button-primary">
            Show
          </button>
        </div>
      </form>
    </dialog>
  );
}
