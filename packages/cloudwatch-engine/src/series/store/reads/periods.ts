import type { StatQuery } from '../../metric-source.ts';
import { isPeriod, reachOf, roundStart } from '../retention.ts';

/** The periods of a query: `origin` plus a multiple of `period`, the first one given, all before `until`. Seconds. */
export type Periods = {
  readonly period: number;
  readonly origin: number;
  readonly first: number;
  readonly until: number;
};

type Span = Pick<StatQuery, 'periodSeconds' | 'start' | 'end' | 'alignment'>;

/**
 * The periods whose start lies in a query's time: rounded as CloudWatch rounds it, if not `exactly` that time, and no farther back than the period
 * can be asked for. A period counts whole, also where the query ends in it.
 * @throws RangeError for a period that CloudWatch does not take.
 */
export function periodsOf({ periodSeconds: period, start, end, alignment }: Span, nowSeconds: number): Periods {
  if (!isPeriod(period)) {
    throw new RangeError(`a period of ${period} seconds is none: take 1, 5, 10, 20, 30 or a multiple of 60`);
  }
  const from = alignment === 'exactly' ? start : roundStart(start, period, nowSeconds);
  const origin = alignment === undefined || alignment === 'epoch' ? 0 : from;
  const first = Math.max(from, nowSeconds - reachOf(period));
  return { period, origin, first: ceilTo(first, period, origin), until: ceilTo(end, period, origin) };
}

function ceilTo(time: number, period: number, origin: number): number {
  return Number.isFinite(time) ? origin + Math.ceil((time - origin) / period) * period : time;
}
