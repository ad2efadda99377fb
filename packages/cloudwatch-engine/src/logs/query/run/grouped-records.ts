import { aggregatesIn } from '../syntax/expression-parts.ts';
import { printExpression } from '../syntax/print-query.ts';
import type { QueryCommand } from '../syntax/query.ts';
import { aggregate, withoutTree } from './aggregate.ts';
import { evaluateKept, type QueryRun } from './evaluate-expression.ts';
import { hold, spend, valueBytes } from './query-memory.ts';
import { ownBytes, type QueryRecord, recordNaming } from './query-record.ts';
import { type QueryValue, textOf } from './query-value.ts';

type StatsCommand = Extract<QueryCommand, { kind: 'stats' }>;
type Group = { readonly keys: readonly QueryValue[]; readonly records: QueryRecord[] };
type Named = readonly (readonly [string, QueryValue])[];

/** What `stats` makes of records: one of each group, in the order of their first records. @throws LogQueryLimitError. */
export const groupedRecords = (
  { items, by }: StatsCommand,
  records: readonly QueryRecord[],
  run: QueryRun,
): QueryRecord[] => {
  // Behind `max(x) as y` there are both (user guide, stats); a call may also be written in other letters than it is known by.
  const calls = [...by, ...items].flatMap(({ name, expression }) => {
    const printed = expression.kind === 'call' ? printExpression(expression) : name;
    return printed === name ? [] : [{ name, printed }];
  });
  return Array.from(groupsOf(by, records, run), ({ keys, records: ofGroup }) => {
    const before = run.memory.working;
    const named = [...by.map(({ name }, index) => [name, keys[index]] as const), ...measured(items, ofGroup, run)];
    run.memory.working = before;
    const cells = new Map(named);
    const record = recordNaming(
      [...calls.map(({ name, printed }) => [printed, cells.get(name)] as const), ...named],
      bytesOf(named),
    );
    hold(run.memory, ownBytes(record) + record.bytes);
    return record;
  });
};

/** Of a group beside its keys. */
const groupBytes = 256;

const groupsOf = (by: StatsCommand['by'], records: readonly QueryRecord[], run: QueryRun): Iterable<Group> => {
  const groups = new Map<string, Group>();
  for (const record of records) {
    const before = run.memory.working;
    const keys = by.map(({ expression }) => withoutTree(evaluateKept(expression, { record, run })));
    const id = JSON.stringify(keys.map((value) => textOf(value) ?? null));
    const known = groups.get(id);
    if (known === undefined) {
      spend(run.memory, groupBytes + 2 * id.length);
      groups.set(id, { keys, records: [record] });
    } else {
      run.memory.working = before;
      spend(run.memory, 8);
      known.records.push(record);
    }
  }
  return groups.values();
};

const bytesOf = (named: Named): number => named.reduce((bytes, [, value]) => bytes + valueBytes(value), 0);

/** The items of one group; each may name those before it. */
const measured = (items: StatsCommand['items'], records: readonly QueryRecord[], run: QueryRun): Named => {
  const cells: (readonly [string, QueryValue])[] = [];
  const [first = recordNaming([], 0)] = records;
  const named = new Map(first.named);
  const record = { ...first, named };
  for (const { expression, name } of items) {
    const known = new Map(aggregatesIn(expression).map((call) => [call, aggregate(call, records, run)] as const));
    const value = evaluateKept(expression, { record, run, known });
    named.set(name, value);
    cells.push([name, value]);
  }
  return cells;
};
