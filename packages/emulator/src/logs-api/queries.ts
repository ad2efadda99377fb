import {
  type LogQuery,
  LogQueryError,
  LogQueryLimitError,
  parseLogQuery,
  type QueryEvent,
  type QueryRange,
  type QueryResult,
  runLogQuery,
} from '@voice-campaign/cloudwatch-engine/logs';
import type { StoredLogEvent } from '../logs/log-store.ts';
import { byteLength } from '../queue/message/byte-length.ts';
import { readWord } from '../service-api/constraint.ts';
import { type Input, readInteger, readString, readStrings } from '../service-api/input.ts';
import { createKeptQueries } from './kept-queries.ts';
import { pageOf, readLimit } from './log-pages.ts';
import { type LogsContext, type LogsOperation, nameIn } from './logs-context.ts';
import { invalidParameter, malformedQuery, notFound } from './logs-errors.ts';
import { refuseOtherLanguages } from './query-definitions.ts';

type RunQuery = {
  readonly id: string;
  /** With the groups and the milliseconds that it was asked of. */
  readonly text: string;
  readonly logGroups: readonly string[];
  readonly createdAt: number;
  readonly status: 'Complete' | 'Failed';
  readonly result: QueryResult;
  readonly bytesScanned: number;
};

const statuses = ['Scheduled', 'Running', 'Complete', 'Failed', 'Cancelled', 'Timeout', 'Unknown'];

/** Rows of a query (StartQuery, limit). */
const mostRows = 100_000;

const mostGroups = 50;

const parsed = (text: string): LogQuery => {
  try {
    return parseLogQuery(text);
  } catch (error) {
    if (!(error instanceof LogQueryError)) throw error;
    throw malformedQuery(error.message, error);
  }
};

/** StartQuery takes epoch seconds; clients that send milliseconds are understood as well. */
const readTime = (input: Input, member: string): number => {
  const time = readInteger(input, member);
  if (time === undefined || time < 0) throw invalidParameter(`${member} is needed, in epoch seconds`);
  return time > 100_000_000_000 ? time : time * 1000;
};

const readGroups = (context: LogsContext, input: Input, query: LogQuery): readonly string[] => {
  const single = readString(input, 'logGroupName');
  const given = [
    single === undefined ? [] : [single],
    readStrings(input, 'logGroupNames'),
    readStrings(input, 'logGroupIdentifiers'),
    query.sources,
  ].filter((names) => names.length > 0);
  const names = [...new Set(given.flat().map(nameIn))];
  if (names.length > mostGroups) {
    throw invalidParameter(`The query names ${names.length} log groups: at most ${mostGroups} are allowed`);
  }
  if (given.length !== 1) {
    throw invalidParameter(
      'Exactly one of logGroupName, logGroupNames, logGroupIdentifiers and a SOURCE in the query must name log groups',
    );
  }
  return names.map((name) => queriedGroup(context, name));
};

/** Recorded of one log group. @throws ServiceError ResourceNotFoundException. */
const queriedGroup = ({ logs, accountId, newId }: LogsContext, name: string): string => {
  if (logs.state.groups.has(name)) return name;
  throw notFound(
    `Log group '${name}' does not exist for account ID '${accountId}' (Service: AWSLogs; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: ${newId()}; Proxy: null)`,
  );
};

/** As DescribeQueries was recorded to show a query of one group; of several, each has a SOURCE as on dashboards. */
const shownText = (text: string, logGroups: readonly string[], start: number, end: number): string =>
  [...logGroups.map((name) => `SOURCE "${name}" START=${start} END=${end}`), text].join(' | ');

const eventOf = ({ accountId }: LogsContext, event: StoredLogEvent): QueryEvent => ({
  timestamp: event.timestamp,
  ingestionTime: event.ingestedAt,
  message: event.message,
  logStream: event.logStream,
  log: `${accountId}:${event.logGroup}`,
  pointer: String(event.order),
});

const nothing: QueryResult = {
  columns: [],
  rows: [],
  statistics: { recordsMatched: 0, recordsScanned: 0, charactersScanned: 0 },
};

/** AWS says of a failed query that it failed, and no more: the reason goes to `warn`. */
const answered = (
  { logs, warn, newId }: LogsContext,
  query: LogQuery,
  events: readonly QueryEvent[],
  range: QueryRange,
): Pick<RunQuery, 'id' | 'status' | 'result'> => {
  const id = newId();
  const byteLimit = logs.runningQueryByteLimit;
  try {
    return { id, status: 'Complete', result: runLogQuery(query, events, { ...range, byteLimit }) };
  } catch (error) {
    if (!(error instanceof LogQueryLimitError)) throw error;
    warn(`Logs Insights query ${id} failed: ${error.message}, or raise runningQueryByteLimit`);
    return { id, status: 'Failed', result: nothing };
  }
};

const run = (context: LogsContext, input: Input): RunQuery => {
  refuseOtherLanguages(input);
  const text = readString(input, 'queryString') ?? '';
  const [start, end] = [readTime(input, 'startTime'), readTime(input, 'endTime')];
  // Seconds stand for the whole second: the end is inclusive.
  const last = end % 1000 === 0 ? end + 999 : end;
  if (end < start) throw invalidParameter(`startTime ${start} must not be after endTime ${end}`);
  const query = parsed(text);
  const logGroups = readGroups(context, input, query);
  const limit = (input.limit ?? undefined) === undefined ? undefined : readLimit(input, 'limit', mostRows);
  const events = logGroups
    .flatMap((logGroup) => context.logs.events({ logGroup, from: start, to: last + 1 }))
    .sort((one, other) => one.order - other.order);
  const now = context.now();
  const range = { start, end: last, now, ...(limit !== undefined && { limit }) };
  const queried = events.map((event) => eventOf(context, event));
  const bytesScanned = events.reduce((sum, { message }) => sum + byteLength(message), 0);
  const shown = query.sources.length > 0 ? text : shownText(text, logGroups, start, last);
  return { ...answered(context, query, queried, range), text: shown, logGroups, createdAt: now, bytesScanned };
};

const rendered = ({ status, result, bytesScanned, logGroups }: RunQuery) => ({
  queryLanguage: 'CWLI',
  status,
  results: result.rows,
  statistics: {
    recordsMatched: result.statistics.recordsMatched,
    recordsScanned: result.statistics.recordsScanned,
    estimatedRecordsSkipped: 0,
    bytesScanned,
    estimatedBytesSkipped: 0,
    logGroupsScanned: logGroups.length,
  },
});

/** Queries run at once: whoever asks for results finds that they are complete, or failed. */
export const queryOperations = (context: LogsContext): Readonly<Record<string, LogsOperation>> => {
  const queries = createKeptQueries<RunQuery>(context.logs.queryMemory);
  const found = (input: Input): RunQuery => {
    const id = readString(input, 'queryId') ?? '';
    const query = queries.get(id);
    if (query === undefined) throw notFound(`Query ${id} does not exist.`);
    return query;
  };
  context.logs.onReset(() => queries.clear());
  return {
    StartQuery: (_, input) => {
      const { id } = queries.add(() => run(context, input));
      return { queryId: id };
    },
    GetQueryResults: (_, input) => rendered(found(input)),
    StopQuery: (_, input) => {
      throw invalidParameter(`Query ${found(input).id} has ended already: there is nothing to stop`);
    },
    DescribeQueries: (_, input) => {
      const logGroup = readString(input, 'logGroupName');
      const status = readWord(input, 'status', statuses, invalidParameter);
      const all = [...queries.values()].reverse().filter(({ logGroups }) => !logGroup || logGroups.includes(logGroup));
      const listed = all.filter((query) => status === undefined || query.status === status);
      const { page, ...next } = pageOf(listed, input, { member: 'maxResults', most: 1000 });
      return {
        queries: page.map(({ id, text, logGroups, createdAt, bytesScanned, ...query }) => ({
          queryLanguage: 'CWLI',
          queryId: id,
          queryString: text,
          status: query.status,
          createTime: createdAt,
          logGroupName: logGroups[0],
          ...(bytesScanned > 0 && { bytesScanned }),
        })),
        ...next,
      };
    },
    GetLogRecord: (_, input) => {
      const pointer = readString(input, 'logRecordPointer') ?? '';
      const event = context.logs.events().find(({ order }) => String(order) === pointer);
      if (event === undefined) throw invalidParameter(`Log record pointer ${JSON.stringify(pointer)} is not valid`);
      return { logRecord: new Map(Object.entries(recordOf(context, event))) };
    },
  };
};

const recordOf = (context: LogsContext, event: StoredLogEvent): Record<string, string> => {
  const { timestamp, ingestionTime, message, logStream, log } = eventOf(context, event);
  return {
    '@timestamp': String(timestamp),
    '@ingestionTime': String(ingestionTime),
    '@message': message,
    '@logStream': logStream,
    '@log': log,
  };
};
