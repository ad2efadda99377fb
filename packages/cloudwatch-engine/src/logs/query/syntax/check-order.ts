import { partsOf } from './expression-parts.ts';
import { fieldPath } from './field-name.ts';
import { printExpression } from './print-query.ts';
import type { Expression, NamedExpression, QueryCommand } from './query.ts';
import { LogQueryError } from './query-reader.ts';

/** A command and the characters that it is written with. */
export type PlacedCommand = { readonly command: QueryCommand; readonly start: number; readonly end: number };

/** User guide, stats: "A query can have a maximum of two stats commands." */
const mostStats = 2;

/** What commands may stand together (user guide, stats and dedup). @throws LogQueryError. */
export const checkOrder = (commands: readonly PlacedCommand[]): void => {
  checkDedup(commands);
  const [first, second, third] = commands.flatMap(({ command }, index) => (command.kind === 'stats' ? [index] : []));
  if (first === undefined || second === undefined) return;
  if (third !== undefined)
    refuse(commands[third], `a query has ${mostStats} stats commands at most, and this is one more`);
  for (const placed of commands.slice(0, second)) {
    const { kind } = placed.command;
    if (kind !== 'sort' && kind !== 'limit') continue;
    refuse(placed, `${kind} must stand behind the second stats, where a query has two`);
  }
  checkNames(commands.slice(first, second + 1));
};

const checkDedup = (commands: readonly PlacedCommand[]): void => {
  const from = commands.findIndex(({ command }) => command.kind === 'dedup');
  const behind = from < 0 ? undefined : commands.slice(from + 1).find(({ command }) => command.kind !== 'limit');
  if (behind) refuse(behind, `${behind.command.kind} stands behind dedup, which only limit may follow: put it before`);
};

const refuse = (placed: PlacedCommand | undefined, problem: string): never => {
  throw new LogQueryError(problem, placed?.start ?? 0, placed?.end);
};

/** From one stats to the next there is only what the first names, and what is made of that. */
const checkNames = ([stats, ...behind]: readonly PlacedCommand[]): void => {
  if (stats?.command.kind !== 'stats') return;
  const columns = [...stats.command.by, ...stats.command.items];
  const known = new Set(columns.flatMap(({ name, expression }) => [name, ...printedCall(expression)]));
  for (const placed of behind) {
    const unknown = unknownName(placed.command, known);
    if (unknown === undefined) continue;
    const names = columns.map(({ name }) => name).join(', ');
    refuse(placed, `there is no ${unknown} behind the first stats, which gives ${names}: let it give that as well`);
  }
};

/** User guide, stats: behind `max(x) as y` there are both `y` and `max(x)`. */
const printedCall = (expression: Expression): readonly string[] =>
  expression.kind === 'call' ? [printExpression(expression)] : [];

/** The first name of a command that is not known; those that it makes are, from then on. */
const unknownName = (command: QueryCommand, known: Set<string>): string | undefined => {
  const inItems = (items: readonly NamedExpression[]): string | undefined => {
    for (const { expression, name } of items) {
      const unknown = unknownIn(expression, known);
      if (unknown !== undefined) return unknown;
      known.add(name);
    }
    return undefined;
  };
  switch (command.kind) {
    case 'fields':
    case 'display':
      return inItems(command.items);
    case 'filter':
      return unknownIn(command.condition, known);
    case 'parse': {
      const unknown = unknownIn(command.source, known);
      for (const name of command.names) known.add(name);
      return unknown;
    }
    case 'unnest':
    case 'expand': {
      const unknown = unknownIn({ kind: 'field', name: command.field }, known);
      known.add(command.name);
      return unknown;
    }
    case 'stats':
      return firstOf(command.by, ({ expression }) => unknownIn(expression, known)) ?? inItems(command.items);
    case 'sort':
    case 'limit':
    case 'dedup':
      return undefined;
  }
};

const unknownIn = (expression: Expression, known: ReadonlySet<string>): string | undefined => {
  if (expression.kind === 'field') {
    const { name } = expression;
    return known.has(name) || known.has(fieldPath(name)[0] ?? '') ? undefined : name;
  }
  if (expression.kind === 'call' && known.has(printExpression(expression))) return undefined;
  // It rounds @timestamp, whatever stands in it.
  if (expression.kind === 'call' && expression.name === 'bin' && !known.has('@timestamp')) return '@timestamp';
  return firstOf(partsOf(expression), (part) => unknownIn(part, known));
};

const firstOf = <T>(list: readonly T[], find: (each: T) => string | undefined): string | undefined => {
  for (const each of list) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
};
