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
  let room = limit;
  for (let index = from.result; index < all.length; index += 1) {
    const whole = ordered(all[index] as QueryResult, descending);
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

const ordered = (result: QueryResult, descending: boolean): QueryResult =>
  descending ? { ...result, timestamps: result.timestamps.toReversed(), values: result.values.toReversed() } : result;

const remaining = (result: QueryResult, descending: boolean, after: number | undefined): QueryResult => {
  if (after === undefined) return result;
  const at = result.timestamps.findIndex((time) => (descending ? time < after : time > after));
  const first = at < 0 ? result.timestamps.length : at;
  return { ...result, timestamps: result.timestamps.slice(first), values: result.values.slice(first) };
};

export const renderToken = ({ result, after }: Cursor): string =>
  Buffer.from(JSON.stringify(after === undefined ? [result] : [result, after])).toString('base64url');

/** `undefined` for what is no token. */
export const readToken = (token: string): Cursor | undefined => {
  try {
    const [result, after, ...rest] = JSON.parse(Buffer.from(token, 'base64url').toString());
    const isToken = Number.isInteger(result) && result >= 0 && rest.length === 0;
    if (!isToken || (after !== undefined && !Number.isInteger(after))) return undefined;
    return after === undefined ? { result } : { result, after };
  } catch {
    return undefined;
  }
};
