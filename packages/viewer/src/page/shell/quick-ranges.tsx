import { chosenEnd, chosenStart, RELATIVE, showRelative } from '../state/time-range.ts';

/** The ranges that end now, by a press. */
export function QuickRanges({ onChoose }: { readonly onChoose?: () => void }) {
  return (
    <fieldset class="segments range-quick" aria-label="Time range">
      {RELATIVE.map(([duration, , label]) => (
        <button
          key={duration}
          type="button"
          aria-pressed={chosenEnd.value === undefined && chosenStart.value === duration}
          onClick={() => {
            showRelative(duration);
            onChoose?.();
          }}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
