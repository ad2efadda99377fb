import type { HorizontalMark } from '../chart/chart-series.ts';
import { withUnit } from '../chart/format-number.ts';
import type { Share } from './share.ts';

type Props = { readonly shares: readonly Share[]; readonly max?: number; readonly marks?: readonly HorizontalMark[] };

/** Lying bars with their numbers; what is below zero goes to the left of the line. */
export function Bars({ shares, max, marks = [] }: Props) {
  const values = [...shares.map(({ value }) => value), ...marks.map(({ value }) => value)];
  const high = Math.max(max ?? 0, 0, ...values);
  const low = Math.min(0, ...values);
  const width = high - low || 1;
  const share = (value: number): string => `${(100 * value) / width}%`;
  return (
    <ul class="bars">
      {shares.map(({ key, label, color, value, unit }) => (
        <li key={key}>
          <span class="bar-label" title={label}>
            {label}
          </span>
          <span class="bar-track">
            <span
              class="bar"
              style={{ background: color, width: share(Math.abs(value)), left: share(Math.min(value, 0) - low) }}
            />
            {marks.map((mark) => (
              <span
                key={mark.value}
                class="bar-mark"
                title={mark.label}
                style={{ background: mark.color, left: share(mark.value - low) }}
              />
            ))}
          </span>
          <b class="bar-value">{withUnit(value, unit)}</b>
        </li>
      ))}
    </ul>
  );
}
