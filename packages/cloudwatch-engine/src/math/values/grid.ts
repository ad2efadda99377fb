import type { Alignment } from '../../series/metric-source.ts';
import type { Points } from '../../series/points.ts';
import { roundStart } from '../../series/store/retention.ts';

/** Places in time: `length` periods of `period` seconds, the first at `origin` seconds since 1970. */
export type Grid = { readonly origin: number; readonly period: number; readonly length: number };

/** What is asked for: start inclusive, end exclusive, seconds since 1970. */
export type TimeRange = {
  readonly start: number;
  readonly end: number;
  readonly alignment: Alignment;
  readonly now: number;
};

/** Ends the evaluation of a query with a message for whoever asked. */
export class EvaluationFailure extends Error {
  override readonly name = 'EvaluationFailure';
}

/** Every period whose start lies in the range, once that is rounded down to a minute, or to a shorter period. */
export function gridOf(range: TimeRange, period: number, maxDatapoints: number): Grid {
  const from = range.alignment === 'exactly' ? range.start : roundStart(range.start, period, range.start);
  const origin = range.alignment === 'epoch' ? Math.ceil(from / period) * period : from;
  return checked({ origin, period, length: Math.max(0, Math.ceil((range.end - origin) / period)) }, maxDatapoints);
}

function checked(grid: Grid, maxDatapoints: number): Grid {
  if (grid.length <= maxDatapoints) return grid;
  const seconds = grid.period;
  throw new EvaluationFailure(
    `a series of ${grid.length} periods of ${seconds} seconds is longer than ${maxDatapoints}: ask for less time or a longer period`,
  );
}

export function sameGrid(a: Grid, b: Grid): boolean {
  return a === b || (a.origin === b.origin && a.period === b.period && a.length === b.length);
}

/** The coarsest grid that has every place of all. */
export function unionOf(grids: readonly Grid[], maxDatapoints: number): Grid {
  const [first, ...rest] = grids;
  if (!first) return { origin: 0, period: 60, length: 0 };
  let { origin, period } = first;
  let end = endOf(first);
  for (const grid of rest) {
    period = divisor(divisor(period, grid.period), Math.abs(grid.origin - origin));
    origin = Math.min(origin, grid.origin);
    end = Math.max(end, endOf(grid));
  }
  return checked({ origin, period, length: Math.ceil((end - origin) / period) }, maxDatapoints);
}

/** The last place, not the end of its period: beyond it nothing can be. */
function endOf({ origin, period, length }: Grid): number {
  return length === 0 ? origin : origin + (length - 1) * period + 1;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** Points in their places, NaN in all others. */
export function place({ timestamps, values }: Points, { origin, period, length }: Grid): Float64Array {
  const placed = new Float64Array(length).fill(Number.NaN);
  for (let index = 0; index < timestamps.length; index += 1) {
    const at = ((timestamps[index] as number) - origin) / period;
    if (at >= 0 && at < length && Number.isInteger(at)) placed[at] = values[index] as number;
  }
  return placed;
}

/** Whether each point has a place. */
export function isOnGrid({ timestamps }: Points, { origin, period, length }: Grid): boolean {
  const end = origin + length * period;
  let next = origin;
  for (const time of timestamps) {
    // Mostly the place after the last one: dividing takes longer.
    if (time !== next && !Number.isInteger((time - origin) / period)) return false;
    if (time < origin || time >= end) return false;
    next = time + period;
  }
  return true;
}

/** The points that places hold, oldest first. */
export function pointsOf(values: Float64Array, { origin, period }: Grid): Points {
  const timestamps: number[] = [];
  const present: number[] = [];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (Number.isNaN(value)) continue;
    timestamps.push(origin + index * period);
    present.push(value);
  }
  return { timestamps, values: present };
}
