import type { NamedExpression, QueryCommand } from '../syntax/query.ts';
import { evaluate, evaluateKept, keptBytes, type QueryRun } from './evaluate-expression.ts';
import { groupedRecords } from './grouped-records.ts';
import { wholeTree } from './json-fragment.ts';
import { parseFields } from './parse-fields.ts';
import { hold, parsedBytes, spend, textBytes, valueBytes } from './query-memory.ts';
import { bytesOfRecords, fieldOf, has, ownBytes, type QueryRecord, sharing, withNamed } from './query-record.ts';
import { isTree, isTrue, type QueryValue, textOf, valueOfJson } from './query-value.ts';
import { compareForSort } from './sort-order.ts';

type Command<Kind extends QueryCommand['kind']> = Extract<QueryCommand, { readonly kind: Kind }>;

/** What a query has made of events so far. */
export type Table = {
  records: QueryRecord[];
  columns: readonly string[];
  /** Whether the columns are still those that nobody asked for. */
  byDefault: boolean;
  matched: number | undefined;
  limited: boolean;
};

/** Runs one command on what those before it made. @throws LogQueryLimitError. */
export const applyCommand = (command: QueryCommand, table: Table, run: QueryRun): void => {
  const { memory } = run;
  apply(command, table, run);
  memory.working = 0;
  memory.held = bytesOfRecords(table.records);
  // What was found in events has gone with them.
  if (command.kind === 'stats') memory.found = 0;
};

/** A field under its own name needs no naming. */
const isNew = ({ expression, name }: NamedExpression): boolean =>
  expression.kind !== 'field' || expression.name !== name;

const addColumns = (table: Table, names: readonly string[], replace: boolean): void => {
  table.columns = [...new Set(replace ? names : [...table.columns, ...names])];
  table.byDefault = false;
};

const apply = (command: QueryCommand, table: Table, run: QueryRun): void => {
  switch (command.kind) {
    case 'fields':
    case 'display':
      choose(command, table, run);
      return;
    case 'filter':
      table.records = table.records.filter((record) => {
        run.memory.working = 0;
        return isTrue(evaluate(command.condition, { record, run }));
      });
      return;
    case 'parse':
      table.records = replaced(table.records, run, (record) => parsed(command, record, run));
      if (!table.byDefault) addColumns(table, command.names, false);
      return;
    case 'unnest':
    case 'expand':
      table.records = replaced(table.records, run, (record) => unnested(command, record, run));
      if (!table.byDefault) addColumns(table, [command.name], false);
      return;
    case 'stats':
      table.matched ??= table.records.length;
      table.records = groupedRecords(command, table.records, run);
      addColumns(table, namesOf([...command.by, ...command.items]), true);
      return;
    case 'sort':
      table.records = sorted(command, table.records, run);
      return;
    case 'limit':
      table.matched ??= table.records.length;
      table.records = table.records.slice(0, command.count);
      table.limited = true;
      return;
    case 'dedup':
      table.matched ??= table.records.length;
      table.records = withoutDuplicates(command, table.records, run);
  }
};

const namesOf = (items: readonly NamedExpression[]): readonly string[] => items.map(({ name }) => name);

const choose = ({ kind, items }: Command<'fields' | 'display'>, table: Table, run: QueryRun): void => {
  const added = items.filter(isNew);
  if (added.length > 0) table.records = replaced(table.records, run, (record) => [naming(added, record, run)]);
  addColumns(table, namesOf(items), kind === 'display' || table.byDefault);
};

const sorted = ({ keys }: Command<'sort'>, records: readonly QueryRecord[], run: QueryRun): QueryRecord[] => {
  const keyed = records.map((record) => ({
    record,
    values: keys.map(({ expression }) => evaluateKept(expression, { record, run })),
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
  { keys }: Command<'dedup'>,
  records: readonly QueryRecord[],
  run: QueryRun,
): QueryRecord[] => {
  const seen = new Set<string>();
  return records.filter((record) => {
    const before = run.memory.working;
    const values = keys.map((key) => textOf(evaluate(key, { record, run })));
    run.memory.working = before;
    if (values.includes(undefined)) return true;
    const id = JSON.stringify(values);
    if (seen.has(id)) return false;
    spend(run.memory, 32 + textBytes(id));
    seen.add(id);
    return true;
  });
};

/** Records in the place of each, as many as there is memory for. */
const replaced = (
  records: readonly QueryRecord[],
  { memory }: QueryRun,
  make: (record: QueryRecord) => Iterable<QueryRecord>,
): QueryRecord[] => {
  const made: QueryRecord[] = [];
  for (const record of records) {
    for (const each of make(record)) made.push(each);
    memory.working = 0;
  }
  return made;
};

type Named = readonly (readonly [string, QueryValue])[];

/** A record with more values, which take so many bytes, and are held. @throws LogQueryLimitError. */
const heldWith = (record: QueryRecord, added: Named, bytes: number, { memory }: QueryRun): QueryRecord => {
  const made = withNamed(record, added, bytes);
  hold(memory, ownBytes(made) + bytes);
  return made;
};

const naming = (items: readonly NamedExpression[], record: QueryRecord, run: QueryRun): QueryRecord => {
  let bytes = 0;
  const added = items.map(({ expression, name }) => {
    const value = evaluate(expression, { record, run });
    bytes += keptBytes(expression, value, record);
    return [name, value] as const;
  });
  return heldWith(record, added, bytes, run);
};

function* parsed(command: Command<'parse'>, record: QueryRecord, run: QueryRun): Iterable<QueryRecord> {
  const base = command.pattern.kind === 'regex' && command.pattern.multi ? sharing(record) : record;
  for (const fields of parseFields(command, evaluate(command.source, { record, run }), run.memory)) {
    const bytes = fields.reduce((sum, [, value]) => sum + valueBytes(value), 0);
    yield heldWith(base, fields, bytes, run);
  }
}

/** What is no list is the one item of one (user guide, unnest). */
const itemsOf = ({ kind }: Command<'unnest' | 'expand'>, value: QueryValue, run: QueryRun): readonly QueryValue[] => {
  const isText = kind === 'expand' && typeof value === 'string';
  if (isText) spend(run.memory, parsedBytes(value));
  const list = isText ? wholeTree(value) : value !== undefined && isTree(value) ? value.json : undefined;
  return Array.isArray(list) ? list.map(valueOfJson) : [value];
};

function* unnested(command: Command<'unnest' | 'expand'>, record: QueryRecord, run: QueryRun): Iterable<QueryRecord> {
  const value = fieldOf(record, command.field);
  const base = sharing(record);
  // Items of a list that the record has are there already.
  const isThere = has(record, command.field) && typeof value !== 'string';
  for (const item of itemsOf(command, value, run)) {
    yield heldWith(base, [[command.name, item]], isThere ? 0 : valueBytes(item), run);
  }
}
