import { compilePattern } from '../../logs/compile-pattern.ts';
import type { StoredLogEvent } from '../../logs/log-store.ts';
import { constraint } from '../../service-api/constraint.ts';
import { type Input, readBoolean, readInteger, readString, readStrings } from '../../service-api/input.ts';
import { readLimit } from '../log-pages.ts';
import { type LogsContext, type LogsOperation, readGroup, readStreamName } from '../logs-context.ts';
import { invalidParameter, notFound } from '../logs-errors.ts';

const mostEvents = 10_000;
/** FilterLogEvents, logStreamNames. */
const mostStreams = 100;
const wrongToken = 'The specified nextToken is invalid.';

/** Where an event stands in its stream: 13 digits of time, then its order among all. */
const placeOf = ({ timestamp, order }: Pick<StoredLogEvent, 'timestamp' | 'order'>): string =>
  String(timestamp).padStart(40, '0') + String(order).padStart(16, '0');

const byPlace = (one: StoredLogEvent, other: StoredLogEvent): number =>
  one.timestamp - other.timestamp || one.order - other.order;

const readToken = (input: Input): { readonly direction: 'f' | 'b'; readonly place: string } | undefined => {
  const token = readString(input, 'nextToken');
  if (token === undefined) return undefined;
  const [, direction, place] = /^([fb])\/(\d{56})\/s$/.exec(token) ?? [];
  if (place === undefined) throw invalidParameter(wrongToken);
  return { direction: direction === 'b' ? 'b' : 'f', place };
};

const timesOf = (input: Input) => {
  const [from, to] = [readInteger(input, 'startTime'), readInteger(input, 'endTime')];
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
};

/** Whoever follows a stream asks with the last token again, and gets what came since, or the same token. */
const getEvents = (context: LogsContext, input: Input) => {
  const { name: logGroup } = readGroup(context, input);
  const logStream = readStreamName(input);
  if (!context.logs.state.streamsOf(logGroup).has(logStream)) {
    throw notFound('The specified log stream does not exist.');
  }
  const limit = readLimit(input, 'limit', mostEvents);
  const token = readToken(input);
  const times = timesOf(input);
  const events = [...context.logs.events({ logGroup, logStream, ...times })].sort(byPlace);
  const forward = token === undefined ? (readBoolean(input, 'startFromHead') ?? false) : token.direction === 'f';
  const left = events.filter((event) => {
    if (token === undefined) return true;
    return token.direction === 'f' ? placeOf(event) > token.place : placeOf(event) < token.place;
  });
  const page = forward ? left.slice(0, limit) : left.slice(-limit);
  const start = token?.place ?? placeOf({ timestamp: times.from ?? 0, order: 0 });
  const [first, last] = [page[0], page.at(-1)];
  return {
    events: page.map(({ timestamp, message, ingestedAt }) => ({ timestamp, message, ingestionTime: ingestedAt })),
    nextForwardToken: `f/${last === undefined ? start : placeOf(last)}/s`,
    nextBackwardToken: `b/${first === undefined ? start : placeOf(first)}/s`,
  };
};

/** @throws ServiceError for streams that are not there. */
const readStreams = (context: LogsContext, logGroup: string, input: Input): ((logStream: string) => boolean) => {
  const names = readStrings(input, 'logStreamNames');
  if (names.length > mostStreams) {
    const must = `have length less than or equal to ${mostStreams}`;
    throw invalidParameter(constraint(`[${names.join(', ')}]`, 'logStreamNames', must));
  }
  const prefix = readString(input, 'logStreamNamePrefix');
  if (names.length > 0 && prefix !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive parameters');
  }
  const known = context.logs.state.streamsOf(logGroup);
  if (!names.every((name) => known.has(name))) throw notFound('The specified log stream does not exist.');
  return (logStream) => (names.length === 0 ? logStream.startsWith(prefix ?? '') : names.includes(logStream));
};

/** What comes after the last event of the page before, so that events that came or went meanwhile move no others. */
const pageAfter = (found: readonly StoredLogEvent[], input: Input) => {
  const limit = readLimit(input, 'limit', mostEvents);
  const token = readString(input, 'nextToken');
  if (token !== undefined && !/^\d{56}$/.test(token)) throw invalidParameter(wrongToken);
  const left = token === undefined ? found : found.filter((event) => placeOf(event) > token);
  const events = left.slice(0, limit);
  const last = events.at(-1);
  return { events, next: last !== undefined && events.length < left.length ? { nextToken: placeOf(last) } : {} };
};

const filterEvents = (context: LogsContext, input: Input) => {
  const { name: logGroup } = readGroup(context, input);
  const isWanted = readStreams(context, logGroup, input);
  const pattern = compilePattern(readString(input, 'filterPattern') ?? '');
  if (!pattern.ok) throw invalidParameter(pattern.message);
  // Unlike GetLogEvents, which leaves the end out.
  const { to, ...from } = timesOf(input);
  const found = context.logs
    .events({ logGroup, ...from, ...(to !== undefined && { to: to + 1 }) })
    .filter(({ logStream, message }) => isWanted(logStream) && pattern.match(message) !== undefined)
    .sort(byPlace);
  const page = pageAfter(found, input);
  return {
    events: page.events.map((event) => ({
      logStreamName: event.logStream,
      timestamp: event.timestamp,
      message: event.message,
      ingestionTime: event.ingestedAt,
      eventId: placeOf(event),
    })),
    searchedLogStreams: [],
    ...page.next,
  };
};

export const readOperations: Readonly<Record<string, LogsOperation>> = {
  GetLogEvents: getEvents,
  FilterLogEvents: filterEvents,
};
