import {
  FilterPatternError,
  LogQueryError,
  LogQueryLimitError,
  matchFilterPattern,
  parseFilterPattern,
  parseLogQuery,
  runLogQuery,
} from '@voice-campaign/cloudwatch-engine/logs';
import type { Emulator, StoredLogEvent } from '@voice-campaign/emulator';
import type { LogGroups, LogLine, QueryAnswer } from '../../protocol/log-view.ts';
import type { TimeRange } from '../../protocol/widget-series.ts';
import { type LogQuestion, ViewSourceError } from '../view-source.ts';

export function logGroupsOf(emulator: Emulator): LogGroups {
  const bytes = new Map<string, number>();
  for (const { logGroup, message } of emulator.logs.events()) {
    bytes.set(logGroup, (bytes.get(logGroup) ?? 0) + message.length);
  }
  return {
    groups: emulator.logs
      .groups()
      .toSorted()
      .map((name) => ({ name, storedBytes: bytes.get(name) ?? 0 })),
  };
}

/** The newest that match, oldest first. @throws ViewSourceError for what is no filter pattern. */
export function logLinesOf(
  emulator: Emulator,
  { group, pattern = '', after = 0, limit }: LogQuestion,
): readonly LogLine[] {
  const matches = matcherOf(pattern);
  const events = emulator.logs.events(group === undefined ? {} : { logGroup: group });
  const lines: LogLine[] = [];
  for (let index = events.length - 1; index >= 0 && lines.length < limit; index -= 1) {
    const event = events[index];
    if (event === undefined || event.order <= after) break;
    if (matches(event.message)) lines.push(lineOf(event));
  }
  return lines.reverse();
}

const lineOf = ({ order, timestamp, logGroup, logStream, message }: StoredLogEvent): LogLine => ({
  id: order,
  at: timestamp / 1000,
  group: logGroup,
  stream: logStream,
  message,
});

function matcherOf(text: string): (message: string) => boolean {
  if (text.trim() === '') return () => true;
  try {
    const pattern = parseFilterPattern(text);
    return (message) => matchFilterPattern(pattern, message) !== undefined;
  } catch (error) {
    if (error instanceof FilterPatternError) throw new ViewSourceError(error.message);
    throw error;
  }
}

/** Runs a query that begins with its log groups. @throws ViewSourceError for what is none, or takes too much memory. */
export function logQueryOf(emulator: Emulator, text: string, { start, end }: TimeRange, nowMs: number): QueryAnswer {
  const query = answered(() => parseLogQuery(text));
  const groups = new Set(query.sources);
  if (groups.size === 0) {
    throw new ViewSourceError("The query names no log group: let it begin with SOURCE '/aws/lambda/…' |");
  }
  const from = start * 1000;
  const to = end * 1000;
  const events = emulator.logs
    .events({ from, to })
    .filter(({ logGroup }) => groups.has(logGroup))
    .map((event) => ({
      timestamp: event.timestamp,
      ingestionTime: event.ingestedAt,
      message: event.message,
      logStream: event.logStream,
      log: event.logGroup,
      pointer: String(event.order),
    }));
  const byteLimit = emulator.logs.runningQueryByteLimit;
  const { columns, rows, statistics } = answered(() =>
    runLogQuery(query, events, { start: from, end: to - 1, now: nowMs, byteLimit }),
  );
  const shown = columns.filter((column) => column !== '@ptr');
  return {
    columns: shown,
    rows: rows.map((row) => {
      const cells = new Map(row.map(({ field, value }) => [field, value]));
      return shown.map((column) => cells.get(column) ?? '');
    }),
    matched: statistics.recordsMatched,
    scanned: statistics.recordsScanned,
  };
}

/** What is wrong with a query is for whoever wrote it. */
function answered<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof LogQueryError || error instanceof LogQueryLimitError) {
      throw new ViewSourceError(error.message, { cause: error });
    }
    throw error;
  }
}
