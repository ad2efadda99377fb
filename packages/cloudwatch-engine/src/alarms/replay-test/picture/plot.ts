import type { Compared } from './compared-values.ts';

/** Rows of a plot, highest value first, and what stands at the axis beside each. */
export type Plot = { readonly rows: readonly string[]; readonly labels: readonly string[] };

const HEIGHT = 8;

/**
 * Draws one column for each value: ● breaches, ○ does not, _ is missing; the threshold is a line, a band two. Three labels
 * at most: of the highest and lowest value, and of the threshold.
 */
export function plotOf(values: readonly Compared[], threshold: number | undefined): Plot {
  const numbers = values.flatMap(({ value, lower, upper }) => [value, lower, upper]);
  const all = [...numbers, threshold].filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  const [low, high] = extent(all);
  const rowOf = (value: number) =>
    high === low ? HEIGHT - 1 : Math.round(((high - clamp(value, low, high)) / (high - low)) * (HEIGHT - 1));
  const cells = Array.from({ length: HEIGHT }, () => values.map(() => ' '));
  const draw = (value: number | undefined, column: number, sign: string) => {
    const row = value === undefined || Number.isNaN(value) ? undefined : cells[rowOf(value)];
    if (row) row[column] = sign;
  };
  for (const [column, { value, breaching, lower, upper }] of values.entries()) {
    draw(threshold, column, '╌');
    draw(lower, column, '╌');
    draw(upper, column, '╌');
    if (value === undefined) draw(low, column, '_');
    else draw(value, column, breaching ? '●' : '○');
  }
  const labels = Array.from({ length: HEIGHT }, () => '');
  if (all.length > 0) {
    for (const [value, text] of textsOf([low, high, ...(threshold === undefined ? [] : [threshold])])) {
      labels[rowOf(value)] = text;
    }
  }
  return { rows: cells.map((row) => row.join('')), labels };
}

function extent(values: readonly number[]): readonly [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > high ? [0, 0] : [low, high];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

const DIGITS = 4;
const MOST_DIGITS = 17;
const LONG = 9;

/** Numbers with as few digits as tell them apart, but four at least. */
function textsOf(values: readonly number[]): ReadonlyMap<number, string> {
  const different = new Set(values);
  for (let digits = DIGITS; ; digits += 1) {
    const texts = new Map([...different].map((value) => [value, short(value, digits)] as const));
    if (digits === MOST_DIGITS || new Set(texts.values()).size === different.size) return texts;
  }
}

function short(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  const text = String(rounded);
  return text.length > LONG && !text.includes('.') ? rounded.toExponential().replace('+', '') : text;
}
