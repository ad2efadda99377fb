import type { LogQuery } from '../syntax/query.ts';
import { applyCommand, type Table } from './apply-command.ts';
import type { QueryEvent } from './discovered-event.ts';
import type { QueryTimes } from './evaluate-expression.ts';
import {
  createQueryMemory,
  hold,
  LogQueryLimitError,
  type QueryMemory,
  shownBytes,
  spend,
  textBytes,
} from './query-memory.ts';
import { bytesOfRecords, fieldOf, has, type QueryRecord, recordOf } from './query-record.ts';
import { shownText } from './query-value.ts';

export type QueryRange = QueryTimes & {
  /** Rows, where the query has no limit of its own; default 10,000 (StartQuery, limit). */
  readonly limit?: number;
  /** Memory that the query may take while it runs, its rows included; default 512 MiB. Estimated, not measured. */
  readonly byteLimit?: number;
};

/** A row's cells in the order of the columns; those of missing values are left out. */
export type QueryRow = readonly { readonly field: string; readonly value: string }[];

export type QueryResult = {
  readonly columns: readonly string[];
  readonly rows: readonly QueryRow[];
  readonly statistics: {
    /** Events that passed the filters before the first stats. */
    readonly recordsMatched: number;
    readonly recordsScanned: number;
    /** UTF-8 bytes of messages would need an encoder: characters. */
    readonly charactersScanned: number;
  };
};

const defaultLimit = 10_000;

/**
 * Runs a query over log events in any order. Without `sort`, the newest events come first; groups of `stats` come in the
 * order of their newest event.
 * @throws LogQueryLimitError for one that takes more memory than it may.
 */
export const runLogQuery = (query: LogQuery, events: Iterable<QueryEvent>, range: QueryRange): QueryResult => {
  try {
    return answerOf(query, events, range);
  } catch (error) {
    if (!(error instanceof RangeError && error.message === 'Invalid string length')) throw error;
    throw new LogQueryLimitError(
      'a field of the query becomes longer than 2^29 characters, which no text can be: let it be shorter',
    );
  }
};

const answerOf = (query: LogQuery, events: Iterable<QueryEvent>, range: QueryRange): QueryResult => {
  const memory = createQueryMemory(range.byteLimit);
  const scanned = eventsIn(events, range);
  const discoveries = { memory };
  const table: Table = {
    records: scanned.map((event) => recordOf(event, discoveries)),
    columns: ['@timestamp', '@message'],
    byDefault: true,
    matched: undefined,
    limited: false,
  };
  hold(memory, bytesOfRecords(table.records));
  for (const command of query.commands) applyCommand(command, table, { ...range, memory });
  const matched = table.matched ?? table.records.length;
  const records = table.limited ? table.records : table.records.slice(0, range.limit ?? defaultLimit);
  return {
    columns: table.columns,
    rows: records.map((record) => rowOf(record, table.columns, memory)),
    statistics: {
      recordsMatched: matched,
      recordsScanned: scanned.length,
      charactersScanned: scanned.reduce((characters, { message }) => characters + message.length, 0),
    },
  };
};

/** The newest first. */
const eventsIn = (events: Iterable<QueryEvent>, { start, end }: QueryTimes): readonly QueryEvent[] => {
  const found: QueryEvent[] = [];
  for (const event of events) if (event.timestamp >= start && event.timestamp <= end) found.push(event);
  return found.sort((one, other) => other.timestamp - one.timestamp);
};

/** A field of a row and the object that holds it. */
const cellBytes = 64;

/** Rows of single events end with the pointer that GetLogRecord takes. */
const rowOf = (record: QueryRecord, columns: readonly string[], memory: QueryMemory): QueryRow => {
  const names = record.event === undefined ? columns : [...columns.filter((name) => name !== '@ptr'), '@ptr'];
  hold(memory, cellBytes);
  return names.flatMap((field) => {
    const found = fieldOf(record, field);
    memory.working = 0;
    spend(memory, shownBytes(found));
    const value = shownText(found);
    if (value === undefined) return [];
    hold(memory, cellBytes + (typeof found === 'string' && has(record, field) ? 0 : textBytes(value)));
    return [{ field, value }];
  });
};
