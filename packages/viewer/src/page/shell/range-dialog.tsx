import { useEffect, useRef, useState } from 'preact/hooks';
import { dateTime } from '../chart/format-time.ts';
import { preferences } from '../state/preferences.ts';
import { query, setQuery } from '../state/route.ts';
import { now, panBy, range, resetRange, zoomBy, zoomTo } from '../state/time-range.ts';
import { Icon } from './icon.tsx';
import { QuickRanges } from './quick-ranges.tsx';

/** Any time range by its ends, its zone and its periods. */
export function RangeDialog({ close }: { readonly close: () => void }) {
  const box = useRef<HTMLFormElement>(null);
  const [fault, setFault] = useState('');
  useEffect(() => {
    box.current?.querySelector('input')?.focus();
  }, []);
  const apply = (event: Event): void => {
    event.preventDefault();
    const [start, end] = endsIn(new FormData(box.current ?? undefined), preferences.zone.value);
    if (end > start) {
      zoomTo(start, Math.min(end, now.value));
      close();
    } else setFault('The end must be after the start.');
  };
  return (
    <dialog open class="popover" aria-label="Time range" onKeyDown={(event) => event.key === 'Escape' && close()}>
      <form class="range-dialog" ref={box} onSubmit={apply}>
        <QuickRanges onChoose={close} />
        <Moves />
        <Ends key={preferences.zone.value} />
        {fault !== '' && (
          <p class="fault" role="alert">
            {fault}
          </p>
        )}
        <ZoneChoice />
        <PeriodChoice />
        <Foot close={close} />
      </form>
    </dialog>
  );
}

/** Seconds since 1970; NaN for what is no instant. */
function endsIn(entries: FormData, zone: string): readonly [number, number] {
  const instant = (name: string): number => {
    const text = String(entries.get(name) ?? '');
    return Math.floor(Date.parse(zone === 'UTC' ? `${text}Z` : text) / 1000);
  };
  return [instant('start'), instant('end')];
}

const MOVES = [
  ['← Earlier', () => panBy(-0.5)],
  ['Twice as long', () => zoomBy(2)],
  ['Half', () => zoomBy(0.5)],
  ['Later →', () => panBy(0.5)],
] as const;

function Moves() {
  return (
    <div class="range-moves">
      {MOVES.map(([label, move]) => (
        <button key={label} type="button" class="button" onClick={move}>
          {label}
        </button>
      ))}
    </div>
  );
}

/** The present ends on the clock of the chosen zone; they stay as they are while they are written. */
function Ends() {
  const field = (seconds: number): string => dateTime(seconds, preferences.zone.value).replace(' ', 'T');
  const [ends] = useState(() => ({ start: field(range.value.start), end: field(range.value.end) }));
  return (
    <>
      <label>
        From
        <input type="datetime-local" name="start" step="1" defaultValue={ends.start} required />
      </label>
      <label>
        To
        <input type="datetime-local" name="end" step="1" defaultValue={ends.end} required />
      </label>
    </>
  );
}

function ZoneChoice() {
  return (
    <fieldset class="segments" aria-label="Time zone">
      {(['local', 'UTC'] as const).map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={preferences.zone.value === choice}
          onClick={() => {
            preferences.zone.value = choice;
          }}
        >
          {choice === 'local' ? 'Local time' : 'UTC'}
        </button>
      ))}
    </fieldset>
  );
}

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

function Foot({ close }: { readonly close: () => void }) {
  const reset = (): void => {
    resetRange();
    close();
  };
  return (
    <div class="dialog-foot">
      <button type="button" class="button" onClick={reset}>
        <Icon name="back" /> Dashboard’s own
      </button>
      <button type="submit" class="button button-primary">
        Show
      </button>
    </div>
  );
}
