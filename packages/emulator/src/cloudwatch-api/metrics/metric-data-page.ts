import type { QueryResult } from '@voice-campaign/cloudwatch-engine/math';

/** Where a page begins: in which result, and after which timestamp of it; seconds since 1970. */
type Cursor = { readonly result: number; readonly after?: number };

export type MetricDataPage = {
  /** As they are asked for: newest or oldest point first. */
  readonly results: readonly QueryResult[];
  readonly next?: Cursor;
};

/**
 * The next datapoints of all results, in their order, at most `limit` of them. A result that goes on says PartialData;
 * those that ended before and those that have not begun are not on the page.
 */
export const pageOfResults = (
  all: readonly QueryResult[],
  { descending, limit, from }: { readonly descending: boolean; readonly limit: number; readonly from: Cursor },
): MetricDataPage => {
  const results: QueryResult[] = [];
  const ordered = orderOf(descending);
  let room = limit;
  for (let index = from.result; index < all.length; index += 1) {
    const whole = ordered(all[index] as QueryResult);
    const result = index === from.result ? remaining(whole, descending, from.after) : whole;
    if (result.values.length > 0 && room === 0) return { results, next: { result: index } };
    if (result.values.length > room) {
      const timestamps = result.timestamps.slice(0, room);
      const values = result.values.slice(0, room);
      results.push({ ...result, timestamps, values, statusCode: 'PartialData' });
      return { results, next: { result: index, after: timestamps[room - 1] as number } };
    }
    results.push(result);
    room -= result.values.length;
  }
  return { results };
};

/** Metrics of the same periods share their timestamps, and go on to do so. */
const orderOf = (descending: boolean): ((result: QueryResult) => QueryResult) => {
  if (!descending) return (result) => result;
  const reversed = new Map<readonly number[], readonly number[]>();
  return (result) => {
    const timestamps = reversed.get(result.timestamps) ?? reverse(result.timestamps);
    reversed.set(result.timestamps, timestamps);
    return { ...result, timestamps, values: reverse(result.values) };
  };
};

const reverse = (list: readonly number[]): readonly number[] => {
  const { length } = list;
  const reversed = new Array<number>(length);
  for (let index = 0; index < length; index += 1) reversed[index] = list[length - 1 - index] as number;
  return reversed;
};

const remaining = (result: QueryResult, descending: boolean, after: number | undefined): QueryResult => {
  if (after === undefined) return result;
  const at = result.timestamps.findIndex((time) => (descending ? time < after : time > after));
  const first = at < 0 ? result.timestamps.length : at;
  return { ...result, timestamps: result.timestamps.slice(first), values: result.values.slice(first) };
};

/** A cursor, and what finds the results that it is one of. */
type Token = Cursor & { readonly kept: number };

export const renderToken = ({ kept, result, after }: Token): string =>
  Buffer.from(JSON.stringify(after === undefined ? [kept, result] : [kept, result, after])).toString('base64url');

/** `undefined` for what is no token. */
export const readToken = (token: string): Token | undefined => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (!Array.isArray(parts) || !parts.every((part) => Number.isInteger(part) && part >= 0)) return undefined;
    const [kept, result, after] = parts;
    if (parts.length < 2 || parts.length > 3) return undefined;
    return after === undefined ? { kept, result } : { kept, result, after };
  } catch {
    return undefined;
  }
};
