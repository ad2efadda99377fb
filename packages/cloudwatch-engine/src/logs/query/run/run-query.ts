import { aggregatesIn } from '../syntax/parse-expression.ts';
import type { LogQuery, NamedExpression, QueryCommand } from '../syntax/query.ts';
import { aggregate } from './aggregate.ts';
import { evaluate } from './evaluate-expression.ts';
import { parseFields } from './parse-fields.ts';
import { fieldOf, type QueryEvent, type QueryRecord, recordOf } from './query-record.ts';
import { compareValues, isTrue, type QueryValue, textOf } from './query-value.ts';

export type QueryRange = {
  /** Inclusive, epoch milliseconds. */
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
  /** When the query runs. */
  readonly now: number;
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
  for (const command of query.commands) apply(command, table, range.now);
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
    const value = textOf(fieldOf(record, field));
    return value === undefined ? [] : [{ field, value }];
  });
};

const withNamed = (record: QueryRecord, added: Iterable<readonly [string, QueryValue]>): QueryRecord => {
  const named = new Map(record.named);
  for (const [name, value] of added) named.set(name, value);
  return { ...record, named };
};

/** A field under its own name needs no naming. */
const isNew = ({ expression, name }: NamedExpression): boolean =>
  expression.kind !== 'field' || expression.name !== name;

const addColumns = (table: Table, names: readonly string[], replace: boolean): void => {
  table.columns = [...new Set(replace ? names : [...table.columns, ...names])];
  table.byDefault = false;
};

const apply = (command: QueryCommand, table: Table, now: number): void => {
  switch (command.kind) {
    case 'fields':
    case 'display': {
      const { items } = command;
      const added = items.filter(isNew);
      if (added.length > 0) {
        table.records = table.records.map((record) =>
          withNamed(
            record,
            added.map(({ expression, name }) => [name, evaluate(expression, { record, now })] as const),
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
      table.records = table.records.filter((record) => isTrue(evaluate(command.condition, { record, now })));
      return;
    case 'parse':
      table.records = table.records.map((record) =>
        withNamed(record, parseFields(command, textOf(evaluate(command.source, { record, now })))),
      );
      if (!table.byDefault) addColumns(table, command.names, false);
      return;
    case 'stats':
      table.matched ??= table.records.length;
      stats(command, table, now);
      return;
    case 'sort':
      table.records = sorted(command, table.records, now);
      return;
    case 'limit':
      table.matched ??= table.records.length;
      table.records = table.records.slice(0, command.count);
      table.limited = true;
      return;
    case 'dedup':
      table.matched ??= table.records.length;
      table.records = withoutDuplicates(command, table.records, now);
  }
};

const stats = ({ items, by }: Extract<QueryCommand, { kind: 'stats' }>, table: Table, now: number): void => {
  const groups = new Map<string, { readonly keys: readonly QueryValue[]; readonly records: QueryRecord[] }>();
  for (const record of table.records) {
    const keys = by.map(({ expression }) => evaluate(expression, { record, now }));
    const id = JSON.stringify(keys.map((value) => textOf(value) ?? null));
    const group = groups.get(id) ?? { keys, records: [] };
    group.records.push(record);
    groups.set(id, group);
  }
  table.records = [...groups.values()].map(({ keys, records }) => {
    const calls = items.flatMap(({ expression }) => aggregatesIn(expression));
    const known = new Map(calls.map((call) => [call, aggregate(call, records, now)] as const));
    const [record = { named: new Map() }] = records;
    const cells = items.map(({ expression, name }) => [name, evaluate(expression, { record, now, known })] as const);
    return { named: new Map([...by.map(({ name }, index) => [name, keys[index]] as const), ...cells]) };
  });
  table.columns = [...by, ...items].map(({ name }) => name);
  table.byDefault = false;
};

const sorted = (
  { keys }: Extract<QueryCommand, { kind: 'sort' }>,
  records: readonly QueryRecord[],
  now: number,
): QueryRecord[] => {
  const keyed = records.map((record) => ({
    record,
    values: keys.map(({ expression }) => evaluate(expression, { record, now })),
  }));
  keyed.sort((one, other) => {
    for (const [index, { descending }] of keys.entries()) {
      const order = compareValues(one.values[index], other.values[index]);
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
  now: number,
): QueryRecord[] => {
  const seen = new Set<string>();
  return records.filter((record) => {
    const values = keys.map((key) => textOf(evaluate(key, { record, now })));
    if (values.includes(undefined)) return true;
    const id = JSON.stringify(values);
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
};
