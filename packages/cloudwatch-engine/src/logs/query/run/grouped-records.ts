import { aggregatesIn } from '../syntax/expression-parts.ts';
import type { QueryCommand } from '../syntax/query.ts';
import { aggregate } from './aggregate.ts';
import { evaluate, type QueryTimes } from './evaluate-expression.ts';
import { type QueryRecord, withNamed } from './query-record.ts';
import { isTree, type QueryValue, textOf } from './query-value.ts';

type StatsCommand = Extract<QueryCommand, { kind: 'stats' }>;
type Group = { readonly keys: readonly QueryValue[]; readonly records: QueryRecord[] };

/** What `stats` makes of records: one of each group, in the order of their first records. */
export const groupedRecords = (
  { items, by }: StatsCommand,
  records: readonly QueryRecord[],
  times: QueryTimes,
): QueryRecord[] => {
  const groups = new Map<string, Group>();
  for (const record of records) {
    // Maps and lists are not for stats: they are as missing.
    const keys = by.map(({ expression }) => withoutTree(evaluate(expression, { record, times })));
    const id = JSON.stringify(keys.map((value) => textOf(value) ?? null));
    const group = groups.get(id) ?? { keys, records: [] };
    group.records.push(record);
    groups.set(id, group);
  }
  return Array.from(groups.values(), ({ keys, records: ofGroup }) => ({
    named: new Map([...by.map(({ name }, index) => [name, keys[index]] as const), ...measured(items, ofGroup, times)]),
  }));
};

const withoutTree = (value: QueryValue): QueryValue => (value !== undefined && isTree(value) ? undefined : value);

/** The items of one group; each may name those before it. */
const measured = (
  items: StatsCommand['items'],
  records: readonly QueryRecord[],
  times: QueryTimes,
): ReadonlyMap<string, QueryValue> => {
  const cells = new Map<string, QueryValue>();
  const [first = { named: new Map() }] = records;
  for (const { expression, name } of items) {
    const known = new Map(aggregatesIn(expression).map((call) => [call, aggregate(call, records, times)] as const));
    cells.set(name, evaluate(expression, { record: withNamed(first, cells), times, known }));
  }
  return cells;
};
