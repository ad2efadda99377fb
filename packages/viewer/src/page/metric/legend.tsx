import type { ChartSeries } from '../chart/chart-series.ts';

type Props = {
  readonly series: readonly ChartSeries[];
  readonly position: 'right' | 'bottom';
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly onFocus: (key: string | undefined) => void;
};

/** One button a line: pointing at it brings the line out, pressing it hides the line. */
export function Legend({ series, position, hidden, onToggle, onFocus }: Props) {
  return (
    <ul class={`legend legend-${position}`}>
      {series.map(({ key, label, color, dash, axis }) => (
        <li key={key}>
          <button
            type="button"
            aria-pressed={!hidden.has(key)}
            title={label}
            onClick={() => onToggle(key)}
            onMouseEnter={() => onFocus(key)}
            onMouseLeave={() => onFocus(undefined)}
            onFocus={() => onFocus(key)}
            onBlur={() => onFocus(undefined)}
          >
            <svg width="18" height="8" aria-hidden="true">
              <line x1="1" y1="4" x2="17" y2="4" stroke={color} stroke-width="3" stroke-dasharray={dash.join(' ')} />
            </svg>
            <span>{label}</span>
            {axis === 'right' && <span class="legend-axis">right axis</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
