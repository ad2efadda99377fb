import type { ChartSeries } from '../chart/chart-series.ts';
import { seriesColor, seriesDash, type Theme } from '../chart/palette.ts';
import type { Share } from '../metric/share.ts';

type Answer = { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

const INSTANT = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/;
/** More are neither told apart nor looked through. */
export const MOST_SHARES = 30;

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined || text.trim() === '' || !Number.isFinite(Number(text)) ? undefined : Number(text);

const isNumeric = ({ rows }: Answer, place: number): boolean =>
  rows.some((row) => numberOf(row[place]) !== undefined) &&
  rows.every((row) => (row[place] ?? '') === '' || numberOf(row[place]) !== undefined);

/** A bar or slice for each row: its first number, under its words; undefined when no column has numbers. */
export function sharesOf(answer: Answer, theme: Theme): readonly Share[] | undefined {
  const places = answer.columns.map((_, place) => place);
  const number = places.find((place) => isNumeric(answer, place));
  if (number === undefined) return undefined;
  const words = places.filter((place) => place !== number && !isNumeric(answer, place));
  return answer.rows.map((row, index) => ({
    key: String(index),
    label: words.map((place) => row[place] || '(none)').join(' · ') || (answer.columns[number] ?? ''),
    color: seriesColor(index, theme),
    value: numberOf(row[number]) ?? 0,
  }));
}

/** The shares of a ring: what is beyond the most that are drawn is one, so that the whole stays the whole. */
export function ringShares(shares: readonly Share[], theme: Theme): readonly Share[] {
  if (shares.length <= MOST_SHARES) return shares;
  const rest = shares.slice(MOST_SHARES - 1);
  const value = rest.reduce((sum, share) => sum + Math.max(0, share.value), 0);
  const color = seriesColor(MOST_SHARES - 1, theme);
  return [...shares.slice(0, MOST_SHARES - 1), { key: 'rest', label: `${rest.length} others`, color, value }];
}

/**
 * Lines over the instants of the first column that has some (`bin(5m)`): one for each column of numbers, apart for the
 * words of the other columns. Undefined when there are no instants or no numbers.
 */
export function linesOf(answer: Answer, theme: Theme): readonly ChartSeries[] | undefined {
  const places = answer.columns.map((_, place) => place);
  const time = places.find(
    (place) => answer.rows.length > 0 && answer.rows.every((row) => INSTANT.test(row[place] ?? '')),
  );
  const numbers = places.filter((place) => place !== time && isNumeric(answer, place));
  if (time === undefined || numbers.length === 0) return undefined;
  const words = places.filter((place) => place !== time && !numbers.includes(place));
  const lines = new Map<string, [number, number][]>();
  for (const row of answer.rows) {
    const at = Date.parse(`${(row[time] ?? '').replace(' ', 'T')}Z`) / 1000;
    for (const place of numbers) {
      const value = numberOf(row[place]);
      const parts = [
        ...words.map((word) => row[word] || '(none)'),
        ...(numbers.length > 1 || words.length === 0 ? [answer.columns[place] ?? ''] : []),
      ];
      const label = parts.join(' · ');
      const points = lines.get(label) ?? [];
      if (value !== undefined) points.push([at, value]);
      lines.set(label, points);
    }
  }
  const periodSeconds = smallestStep([...lines.values()].flatMap((points) => points.map(([at]) => at)));
  return [...lines].map(([label, points], index) => {
    const sorted = points.toSorted(([one], [other]) => one - other);
    return {
      key: label,
      label,
      color: seriesColor(index, theme),
      dash: seriesDash(index),
      axis: 'left',
      periodSeconds,
      timestamps: sorted.map(([at]) => at),
      values: sorted.map(([, value]) => value),
    };
  });
}

function smallestStep(instants: readonly number[]): number {
  const sorted = [...new Set(instants)].sort((one, other) => one - other);
  const steps = sorted.slice(1).map((at, index) => at - (sorted[index] ?? at));
  return steps.length === 0 ? 60 : Math.min(...steps);
}
