import type { LogQuery, NamedExpression, QueryCommand } from '../syntax/query.ts';
import { evaluate, type QueryTimes } from './evaluate-expression.ts';
import { groupedRecords } from './grouped-records.ts';
import { parseFields } from './parse-fields.ts';
import { fieldOf, type QueryEvent, type QueryRecord, recordOf, withNamed } from './query-record.ts';
import { isTrue, shownText, textOf } from './query-value.ts';
import { compareForSort } from './sort-order.ts';

export type QueryRange = QueryTimes & {
  /** Rows, where the query has no limit of its own; default 10,000 (StartQuery, limit). */
  readonly limit?: number;
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

type Table = {
  records: QueryRecord[];
  columns: readonly string[];
  /** Whether the columns are still those that nobody asked for. */
  byDefault: boolean;
  matched: number | undefined;
  limited: boolean;
};

/**
 * Runs a query over log events in any order. Without `sort`, the newest events come first; groups of `stats` come in the
 * order of their newest event.
 */
export const runLogQuery = (query: LogQuery, events: Iterable<QueryEvent>, range: QueryRange): QueryResult => {
  let charactersScanned = 0;
  const scanned: QueryEvent[] = [];
  for (const event of events) {
    if (event.timestamp < range.start || event.timestamp > range.end) continue;
    scanned.push(event);
    charactersScanned += event.message.length;
  }
  scanned.sort((one, other) => other.timestamp - one.timestamp);
  const table: Table = {
    records: scanned.map(recordOf),
    columns: ['@timestamp', '@message'],
    byDefault: true,
    matched: undefined,
    limited: false,
  };
  for (const command of query.commands) apply(command, table, range);
  const matched = table.matched ?? table.records.length;
  const records = table.limited ? table.records : table.records.slice(0, range.limit ?? defaultLimit);
  return {
    columns: table.columns,
    rows: records.map((record) => rowOf(record, table.columns)),
    statistics: { recordsMatched: matched, recordsScanned: scanned.length, charactersScanned },
  };
};

/** Rows of single events end with the pointer that GetLogRecord takes. */
const rowOf = (record: QueryRecord, columns: readonly string[]): QueryRow => {
  const names = record.event === undefined ? columns : [...columns.filter((name) => name !== '@ptr'), '@ptr'];
  return names.flatMap((field) => {
    const value = shownText(fieldOf(record, field));
    return value === undefined ? [] : [{ field, value }];
  });
};

/** A field under its own name needs no naming. */
const isNew = ({ expression, name }: NamedExpression): boolean =>
  expression.kind !== 'field' || expression.name !== name;

const addColumns = (table: Table, names: readonly string[], replace: boolean): void => {
  table.columns = [...new Set(replace ? names : [...table.columns, ...names])];
  table.byDefault = false;
};

const apply = (command: QueryCommand, table: Table, times: QueryTimes): void => {
  switch (command.kind) {
    case 'fields':
    case 'display': {
      const { items } = command;
      const added = items.filter(isNew);
      if (added.length > 0) {
        table.records = table.records.map((record) =>
          withNamed(
            record,
            added.map(({ expression, name }) => [name, evaluate(expression, { record, times })] as const),
          ),
        );
      }
      addColumns(
        table,
        items.map(({ name }) => name),
        command.kind === 'display' || table.byDefault,
      );
      return;
    }
    case 'filter':
      table.records = table.records.filter((record) => isTrue(evaluate(command.condition, { record, times })));
      return;
    case 'parse':
      table.records = table.records.flatMap((record) =>
        parseFields(command, evaluate(command.source, { record, times })).map((fields) => withNamed(record, fields)),
      );
      if (!table.byDefault) addColumns(table, command.names, false);
      return;
    case 'stats':
      table.matched ??= table.records.length;
      table.records = groupedRecords(command, table.records, times);
      addColumns(
        table,
        [...command.by, ...command.items].map(({ name }) => name),
        true,
      );
      return;
    case 'sort':
      table.records = sorted(command, table.records, times);
      return;
    case 'limit':
      table.matched ??= table.records.length;
      table.records = table.records.slice(0, command.count);
      table.limited = true;
      return;
    case 'dedup':
      table.matched ??= table.records.length;
      table.records = withoutDuplicates(command, table.records, times);
  }
};

const sorted = (
  { keys }: Extract<QueryCommand, { kind: 'sort' }>,
  records: readonly QueryRecord[],
  times: QueryTimes,
): QueryRecord[] => {
  const keyed = records.map((record) => ({
    record,
    values: keys.map(({ expression }) => evaluate(expression, { record, times })),
  }));
  keyed.sort((one, other) => {
    for (const [index, { descending }] of keys.entries()) {
      const order = compareForSort(one.values[index], other.values[index]);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return keyed.map(({ record }) => record);
};

/** The first record of each combination is kept, and every one that lacks a value. */
const withoutDuplicates = (
  { keys }: Extract<QueryCommand, { kind: 'dedup' }>,
  records: readonly QueryRecord[],
  times: QueryTimes,
): QueryRecord[] => {
  const seen = new Set<string>();
  return records.filter((record) => {
    const values = keys.map((key) => textOf(evaluate(key, { record, times })));
    if (values.includes(undefined)) return true;
    const id = JSON.stringify(values);
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
};
