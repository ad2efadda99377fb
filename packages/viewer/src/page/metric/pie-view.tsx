import { fullNumber, shortNumber, withUnit } from '../chart/format-number.ts';
import type { Share } from './share.ts';

const OUTER = 92;
const INNER = 58;

type Slice = Share & { readonly from: number; readonly to: number };

/** Where each share lies on the circle, from 0 to 1; nothing for values that are not above zero. */
function slicesOf(shares: readonly Share[]): readonly Slice[] {
  const positive = shares.filter(({ value }) => value > 0);
  const total = positive.reduce((sum, { value }) => sum + value, 0);
  let from = 0;
  return positive.map((share) => {
    const slice = { ...share, from, to: from + share.value / total };
    from = slice.to;
    return slice;
  });
}

function ring({ from, to }: Slice): string {
  const end = to - from >= 1 ? from + 0.99999 : to;
  const point = (share: number, radius: number): string => {
    const angle = 2 * Math.PI * share - Math.PI / 2;
    return `${(100 + radius * Math.cos(angle)).toFixed(2)} ${(100 + radius * Math.sin(angle)).toFixed(2)}`;
  };
  const large = end - from > 0.5 ? 1 : 0;
  const out = `M ${point(from, OUTER)} A ${OUTER} ${OUTER} 0 ${large} 1 ${point(end, OUTER)}`;
  return `${out} L ${point(end, INNER)} A ${INNER} ${INNER} 0 ${large} 0 ${point(from, INNER)} Z`;
}

/** A ring with its total, and beside it each share in words, so that colour is not needed. */
export function Pie({ shares, labels }: { readonly shares: readonly Share[]; readonly labels: boolean }) {
  const slices = slicesOf(shares);
  const total = slices.reduce((sum, { value }) => sum + value, 0);
  const units = new Set(shares.map(({ unit }) => unit));
  const text = slices.map((slice) => `${slice.label}: ${shortNumber(slice.value)}, ${percent(slice)}`).join('; ');
  return (
    <div class="pie">
      <svg viewBox="0 0 200 200" role="img" aria-label={text || 'No data'}>
        {slices.length === 0 && <circle cx="100" cy="100" r={(OUTER + INNER) / 2} class="pie-empty" />}
        {slices.map((slice) => (
          <path key={slice.key} d={ring(slice)} fill={slice.color} class="slice">
            <title>{`${slice.label}: ${fullNumber(slice.value)}`}</title>
          </path>
        ))}
        <text x="100" y="108" class="pie-total">
          {withUnit(total, units.size === 1 ? [...units][0] : undefined)}
        </text>
      </svg>
      {labels && (
        <ul class="pie-legend">
          {shares.map((share) => (
            <li key={share.key}>
              <i class="swatch" style={{ background: share.color }} />
              <span title={share.label}>{share.label}</span>
              <b>{withUnit(share.value, share.unit)}</b>
              <em>{percent(slices.find(({ key }) => key === share.key))}</em>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const percent = (slice: Slice | undefined): string => {
  const share = 100 * (slice ? slice.to - slice.from : 0);
  return `${share >= 10 || share === 0 ? Math.round(share) : share.toFixed(1)} %`;
};
