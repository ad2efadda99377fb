import { checkOrder, type PlacedCommand } from './check-order.ts';
import { aggregatesIn, fieldsIn } from './expression-parts.ts';
import { expectFieldName } from './field-name.ts';
import { refusedCommands } from './function-table.ts';
import { readExpression, readPrimary } from './parse-expression.ts';
import type { Expression, LogQuery, NamedExpression, QueryCommand } from './query.ts';
import {
  atEnd,
  expectText,
  LogQueryError,
  type QueryReader,
  skipBlank,
  takeMatch,
  takesSymbol,
  takesWord,
  unexpected,
} from './query-reader.ts';
import { readJson, readParse } from './read-parse.ts';

/** StartQuery, queryString and limit. */
const longest = 10_000;
const mostRows = 100_000;

/**
 * Reads a query. Commands and functions that are not emulated are refused by name.
 * @throws LogQueryError that names the character and what may stand there.
 */
export const parseLogQuery = (text: string): LogQuery => {
  if (text.length > longest) {
    throw new LogQueryError(`the query has ${text.length} characters, of which ${longest} are allowed`, longest);
  }
  const reader: QueryReader = { text, at: 0, depth: 0 };
  const sources = readSources(reader);
  const placed: PlacedCommand[] = [];
  if (atEnd(reader)) return { sources, commands: [] };
  do placed.push(readPlaced(reader));
  while (takesSymbol(reader, '|'));
  if (!atEnd(reader)) throw unexpected(reader, '| or the end');
  checkOrder(placed);
  return { sources, commands: placed.map(({ command }) => command) };
};

const readSources = (reader: QueryReader): readonly string[] => {
  if (!takesWord(reader, 'source')) return [];
  const sources: string[] = [];
  for (;;) {
    const from = reader.at;
    if (takesWord(reader, 'loggroups')) {
      throw new LogQueryError('SOURCE logGroups(…) is not emulated: name the log groups in quotes', from, reader.at);
    }
    sources.push(expectText(reader, 'the name of a log group in quotes'));
    // Dashboards write SOURCE 'a' | SOURCE 'b' | …
    if (takesSymbol(reader, ',')) continue;
    if (!takesSymbol(reader, '|')) {
      if (atEnd(reader)) return sources;
      throw unexpected(reader, '| or ,');
    }
    if (!takesWord(reader, 'source')) return sources;
  }
};

const readPlaced = (reader: QueryReader): PlacedCommand => {
  skipBlank(reader);
  const start = reader.at;
  const command = readCommand(reader);
  return { command, start, end: reader.at };
};

const readCommand = (reader: QueryReader): QueryCommand => {
  skipBlank(reader);
  const from = reader.at;
  const name = takeMatch(reader, /[A-Za-z]+/y)?.toLowerCase();
  const read = name !== undefined && Object.hasOwn(readers, name) ? readers[name as keyof typeof readers] : undefined;
  if (read !== undefined) return read(reader);
  if ((refusedCommands as readonly string[]).includes(name ?? '')) {
    throw new LogQueryError(`the command ${name} is not emulated`, from, reader.at);
  }
  reader.at = from;
  throw unexpected(reader, `a command (${Object.keys(readers).join(', ')})`);
};

const listOf = <T>(reader: QueryReader, read: (reader: QueryReader) => T): readonly T[] => {
  const list = [read(reader)];
  while (takesSymbol(reader, ',')) list.push(read(reader));
  return list;
};

const readNamed = (reader: QueryReader): NamedExpression => {
  skipBlank(reader);
  const from = reader.at;
  const expression = readExpression(reader);
  const written = reader.text.slice(from, reader.at).trim();
  if (!takesWord(reader, 'as')) return { expression, name: expression.kind === 'field' ? expression.name : written };
  return { expression, name: expectFieldName(reader, 'the name of a column') };
};

/** Of one event: functions of many have no place in it. */
const scalar = (expression: Expression, from: number, reader: QueryReader): Expression => {
  const [aggregate] = aggregatesIn(expression);
  if (aggregate === undefined) return expression;
  throw new LogQueryError(`${aggregate.name} is a function of many events: it belongs to stats`, from, reader.at);
};

const readScalar = (reader: QueryReader): Expression => {
  skipBlank(reader);
  const from = reader.at;
  return scalar(readExpression(reader), from, reader);
};

const readScalarNamed = (reader: QueryReader): NamedExpression => {
  skipBlank(reader);
  const from = reader.at;
  const named = readNamed(reader);
  scalar(named.expression, from, reader);
  return named;
};

/** User guide, sample queries of Lambda: an item may calculate with the names of items before it. */
const readStatsItem = (reader: QueryReader, before: readonly NamedExpression[]): NamedExpression => {
  skipBlank(reader);
  const from = reader.at;
  const item = readNamed(reader);
  const fields = fieldsIn(item.expression);
  const isKnown = (field: string): boolean => before.some(({ name }) => name === field);
  if (aggregatesIn(item.expression).length > 0 || (fields.length > 0 && fields.every(isKnown))) return item;
  throw new LogQueryError(
    'stats takes functions of many events, such as count(*) or avg(field), and names of items before',
    from,
    reader.at,
  );
};

const readStats = (reader: QueryReader): QueryCommand => {
  const items: NamedExpression[] = [];
  do items.push(readStatsItem(reader, items));
  while (takesSymbol(reader, ','));
  const by = takesWord(reader, 'by') ? listOf(reader, readScalarNamed) : [];
  skipBlank(reader);
  const from = reader.at;
  if (takesWord(reader, 'offset')) throw new LogQueryError('offset of stats is not emulated', from, reader.at);
  return { kind: 'stats', items, by };
};

/** A primary, since a slash begins the expression. */
const readSource = (reader: QueryReader): Expression => {
  skipBlank(reader);
  const from = reader.at;
  return scalar(readPrimary(reader), from, reader);
};

const readSortKey = (reader: QueryReader) => {
  const expression = readExpression(reader);
  const descending = takesWord(reader, 'desc');
  if (!descending) takesWord(reader, 'asc');
  return { expression, descending };
};

/** `limit any` may stop at the first events that are found: here they are those that come first. */
const readLimit = (reader: QueryReader): QueryCommand => {
  takesWord(reader, 'any');
  skipBlank(reader);
  const from = reader.at;
  const count = Number(takeMatch(reader, /\d+/y) ?? Number.NaN);
  if (count >= 1 && count <= mostRows) return { kind: 'limit', count };
  throw new LogQueryError(`limit takes a number from 1 to ${mostRows}`, from, reader.at);
};

const readUnnest = (reader: QueryReader): QueryCommand => {
  const field = expectFieldName(reader, 'the name of a field');
  if (!takesWord(reader, 'into')) throw unexpected(reader, 'into and the name of an item');
  return { kind: 'unnest', field, name: expectFieldName(reader, 'the name of an item') };
};

const readExpand = (reader: QueryReader): QueryCommand => {
  const field = expectFieldName(reader, 'the name of a field');
  return { kind: 'expand', field, name: field };
};

const readFilter = (reader: QueryReader): QueryCommand => ({ kind: 'filter', condition: readScalar(reader) });

const readers = {
  fields: (reader: QueryReader): QueryCommand => ({ kind: 'fields', items: listOf(reader, readScalarNamed) }),
  display: (reader: QueryReader): QueryCommand => ({ kind: 'display', items: listOf(reader, readScalarNamed) }),
  filter: readFilter,
  parse: (reader: QueryReader): QueryCommand => readParse(reader, readSource),
  stats: readStats,
  sort: (reader: QueryReader): QueryCommand => {
    takesWord(reader, 'by');
    return { kind: 'sort', keys: listOf(reader, readSortKey) };
  },
  limit: readLimit,
  dedup: (reader: QueryReader): QueryCommand => ({ kind: 'dedup', keys: listOf(reader, readScalar) }),
  where: readFilter,
  json: readJson,
  unnest: readUnnest,
  expand: readExpand,
};
