import { type AggregateFunction, isAggregate } from '../syntax/function-table.ts';
import type { Expression } from '../syntax/query.ts';
import { evaluate, evaluateKept, type QueryRun } from './evaluate-expression.ts';
import { spend } from './query-memory.ts';
import { fieldOf, type QueryRecord, recordNaming } from './query-record.ts';
import { finite, isTree, numberOf, type QueryValue, textOf } from './query-value.ts';
import { compareForSort } from './sort-order.ts';

type Call = Extract<Expression, { kind: 'call' }>;

/** The value of a function of many events. `records` has at least one. @throws LogQueryLimitError. */
export const aggregate = (call: Call, records: readonly QueryRecord[], run: QueryRun): QueryValue => {
  const before = run.memory.working;
  const value = aggregated(call, records, run);
  run.memory.working = before;
  return value;
};

const aggregated = ({ name, args }: Call, records: readonly QueryRecord[], run: QueryRun): QueryValue => {
  const [first] = args;
  if (!isAggregate(name)) return undefined;
  if (first === undefined || first.kind === 'star') return name === 'count' ? records.length : undefined;
  const values = records.map((record) => evaluateKept(first, { record, run })).map(withoutTree);
  if (name === 'earliest' || name === 'latest') {
    return byTime(values, records, name === 'earliest' ? -1 : 1);
  }
  // Filtered, sorted or told apart: once more as many.
  spend(run.memory, 64 * values.length);
  const present = values.filter((value) => value !== undefined);
  const percent = args[1] === undefined ? 0 : (numberOf(evaluateConstant(args[1], run)) ?? 0);
  return combine(name, present, percent);
};

/** Maps and lists are not for stats: they are as missing. */
export const withoutTree = (value: QueryValue): QueryValue =>
  value !== undefined && isTree(value) ? undefined : value;

const evaluateConstant = (expression: Expression, run: QueryRun): QueryValue =>
  evaluate(expression, { record: recordNaming([], 0), run });

/** The value of the record with the first or last @timestamp, where it has one. */
const byTime = (values: readonly QueryValue[], records: readonly QueryRecord[], direction: 1 | -1): QueryValue => {
  let best: { readonly time: number; readonly value: QueryValue } | undefined;
  for (const [index, value] of values.entries()) {
    const record = records[index];
    if (value === undefined || record === undefined) continue;
    const time = numberOf(fieldOf(record, '@timestamp')) ?? 0;
    if (best === undefined || direction * (time - best.time) > 0) best = { time, value };
  }
  return best?.value;
};

const combine = (
  name: Exclude<AggregateFunction, 'earliest' | 'latest'>,
  present: readonly QueryValue[],
  percent: number,
): QueryValue => {
  switch (name) {
    case 'count':
      return present.length;
    case 'count_distinct':
      return new Set(present.map(textOf)).size;
    case 'sortsfirst':
      return extreme(present, -1);
    case 'sortslast':
      return extreme(present, 1);
    case 'min':
      return extreme(numbersFirst(present), -1);
    case 'max':
      return extreme(numbersFirst(present), 1);
    case 'sum':
    case 'avg':
    case 'stddev':
    case 'pct':
      return ofNumbers(
        name,
        present.flatMap((value) => numberOf(value) ?? []),
        percent,
      );
  }
};

/** Of numbers and texts only the numbers count; texts alone are in the order of sort. */
const numbersFirst = (values: readonly QueryValue[]): readonly QueryValue[] => {
  const numbers = values.filter((value) => numberOf(value) !== undefined);
  return numbers.length > 0 ? numbers : values;
};

const extreme = (values: readonly QueryValue[], direction: 1 | -1): QueryValue =>
  values.reduce<QueryValue>(
    (best, value) => (best === undefined || direction * compareForSort(value, best) > 0 ? value : best),
    undefined,
  );

const ofNumbers = (
  name: 'sum' | 'avg' | 'stddev' | 'pct',
  numbers: readonly number[],
  percent: number,
): number | undefined => {
  if (numbers.length === 0) return undefined;
  const sum = numbers.reduce((total, value) => total + value, 0);
  const mean = sum / numbers.length;
  switch (name) {
    case 'sum':
      return finite(sum);
    case 'avg':
      return finite(mean);
    case 'stddev':
      return finite(Math.sqrt(numbers.reduce((total, value) => total + (value - mean) ** 2, 0) / numbers.length));
    case 'pct': {
      const sorted = numbers.toSorted((a, b) => a - b);
      const place = Math.ceil((percent * sorted.length) / 100) - 1;
      return sorted[Math.min(sorted.length - 1, Math.max(0, place))];
    }
  }
};
