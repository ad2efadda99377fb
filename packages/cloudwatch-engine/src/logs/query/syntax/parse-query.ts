import { refusedCommands } from './function-table.ts';
import { aggregatesIn, readExpression, readPrimary } from './parse-expression.ts';
import type { Expression, LogQuery, NamedExpression, QueryCommand } from './query.ts';
import {
  atEnd,
  LogQueryError,
  peekMatch,
  type QueryReader,
  skipBlank,
  takeFieldName,
  takeMatch,
  takeRegex,
  takesSymbol,
  takesWord,
  takeText,
  unexpected,
} from './query-reader.ts';

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
  const commands: QueryCommand[] = [];
  if (atEnd(reader)) return { sources, commands };
  do commands.push(readCommand(reader));
  while (takesSymbol(reader, '|'));
  if (!atEnd(reader)) throw unexpected(reader, '| or the end');
  return { sources, commands };
};

const readSources = (reader: QueryReader): readonly string[] => {
  if (!takesWord(reader, 'source')) return [];
  const sources: string[] = [];
  for (;;) {
    const from = reader.at;
    if (takesWord(reader, 'loggroups')) {
      throw new LogQueryError('SOURCE logGroups(…) is not emulated: name the log groups in quotes', from, reader.at);
    }
    const name = takeText(reader);
    if (name === undefined) throw unexpected(reader, 'the name of a log group in quotes');
    sources.push(name);
    // Dashboards write SOURCE 'a' | SOURCE 'b' | …
    if (takesSymbol(reader, ',')) continue;
    if (!takesSymbol(reader, '|')) {
      if (atEnd(reader)) return sources;
      throw unexpected(reader, '| or ,');
    }
    if (!takesWord(reader, 'source')) return sources;
  }
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
  const name = takeFieldName(reader);
  if (name === undefined) throw unexpected(reader, 'the name of a column');
  return { expression, name };
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

const readAggregate = (reader: QueryReader): NamedExpression => {
  skipBlank(reader);
  const from = reader.at;
  const named = readNamed(reader);
  if (aggregatesIn(named.expression).length > 0) return named;
  throw new LogQueryError('stats takes functions of many events, such as count(*) or avg(field)', from, reader.at);
};

/** A primary, since a slash begins the expression. */
const readSource = (reader: QueryReader): Expression => {
  skipBlank(reader);
  const from = reader.at;
  return scalar(readPrimary(reader), from, reader);
};

const readParse = (reader: QueryReader): QueryCommand => {
  const isPattern = peekMatch(reader, /["'/]/y) !== undefined;
  const source: Expression = isPattern ? { kind: 'field', name: '@message' } : readSource(reader);
  const regex = takeRegex(reader);
  if (regex !== undefined) {
    const names = regex.regex.groupNames.flatMap((name) => name ?? []);
    if (names.length === 0) throw unexpected(reader, 'an expression with named groups, (?<name>…), before here');
    return { kind: 'parse', source, pattern: regex, names };
  }
  const text = takeText(reader);
  if (text === undefined) throw unexpected(reader, 'a text with * in quotes or an expression between slashes');
  const stars = text.split('*').length - 1;
  if (!takesWord(reader, 'as')) throw unexpected(reader, `as and ${stars} names`);
  const from = reader.at;
  const names = listOf(reader, (inner) => {
    const name = takeFieldName(inner);
    if (name === undefined) throw unexpected(inner, 'the name of a field');
    return name;
  });
  if (names.length !== stars) {
    throw new LogQueryError(`${names.length} names stand for the ${stars} * of the text`, from, reader.at);
  }
  return { kind: 'parse', source, pattern: { kind: 'glob', text }, names };
};

const readSortKey = (reader: QueryReader) => {
  const expression = readExpression(reader);
  const descending = takesWord(reader, 'desc');
  if (!descending) takesWord(reader, 'asc');
  return { expression, descending };
};

const readLimit = (reader: QueryReader): QueryCommand => {
  skipBlank(reader);
  const from = reader.at;
  const count = Number(takeMatch(reader, /\d+/y) ?? Number.NaN);
  if (count >= 1 && count <= mostRows) return { kind: 'limit', count };
  throw new LogQueryError(`limit takes a number from 1 to ${mostRows}`, from, reader.at);
};

const readers = {
  fields: (reader: QueryReader): QueryCommand => ({ kind: 'fields', items: listOf(reader, readScalarNamed) }),
  display: (reader: QueryReader): QueryCommand => ({ kind: 'display', items: listOf(reader, readScalarNamed) }),
  filter: (reader: QueryReader): QueryCommand => ({ kind: 'filter', condition: readScalar(reader) }),
  parse: readParse,
  stats: (reader: QueryReader): QueryCommand => ({
    kind: 'stats',
    items: listOf(reader, readAggregate),
    by: takesWord(reader, 'by') ? listOf(reader, readScalarNamed) : [],
  }),
  sort: (reader: QueryReader): QueryCommand => {
    takesWord(reader, 'by');
    return { kind: 'sort', keys: listOf(reader, readSortKey) };
  },
  limit: readLimit,
  dedup: (reader: QueryReader): QueryCommand => ({ kind: 'dedup', keys: listOf(reader, readScalar) }),
};
