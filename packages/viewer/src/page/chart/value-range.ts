import type { AxisSettings } from './chart-series.ts';

/** Share of the range that stays free above the highest value. */
const HEADROOM = 0.08;

/**
 * The ends of a value axis: those of its settings, else such that all values and marks are inside. Values that are
 * never below zero start there, unless they all are in the upper half of their range.
 */
export function valueRange(
  lowest: number | null | undefined,
  highest: number | null | undefined,
  { min, max }: AxisSettings,
  marks: readonly number[],
): readonly [number, number] {
  const values = [lowest, highest, ...marks].filter((value): value is number => Number.isFinite(value));
  const low = values.length === 0 ? 0 : Math.min(...values);
  const high = values.length === 0 ? 1 : Math.max(...values);
  const from = min ?? startOf(low, high);
  const to = max ?? (high > from ? high + (high - from) * HEADROOM : from + Math.max(1, Math.abs(from) * HEADROOM));
  return to > from ? [from, to] : [from, from + 1];
}

function startOf(low: number, high: number): number {
  if (low >= 0 && low <= high / 2) return 0;
  if (low >= 0 && low === high) return 0;
  const start = low - (high - low || Math.abs(low)) * HEADROOM;
  return low >= 0 ? Math.max(0, start) : start;
}
