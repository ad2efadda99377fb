import type { Expression } from '../../../src/math.ts';

/** A time series as pairs of minute and value; an array of them; a number, or nothing where a number is missing. */
type NaiveSeries = ReadonlyMap<number, number>;
type NaiveValue = number | undefined | NaiveSeries | readonly NaiveSeries[];

const isList = (value: NaiveValue): value is readonly NaiveSeries[] => Array.isArray(value);

/** In the order of time, so that sums are the same to the last digit. */
const finite = (entries: readonly (readonly [number, number | undefined])[]): NaiveSeries =>
  new Map(
    entries.filter((entry): entry is readonly [number, number] => Number.isFinite(entry[1])).sort(([a], [b]) => a - b),
  );

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '<=': (a, b) => Number(a <= b),
  '>=': (a, b) => Number(a >= b),
  '<': (a, b) => Number(a < b),
  '>': (a, b) => Number(a > b),
  AND: (a, b) => Number(a !== 0 && b !== 0),
  OR: (a, b) => Number(a !== 0 || b !== 0),
};

const apply = (operator: string, left: NaiveValue, right: NaiveValue): NaiveValue => {
  if (isList(left)) return left.map((each) => apply(operator, each, right) as NaiveSeries);
  if (isList(right)) return right.map((each) => apply(operator, left, each) as NaiveSeries);
  const operation = operations[operator] as (a: number, b: number) => number;
  if (!(left instanceof Map) && !(right instanceof Map)) {
    const value = operation((left as number | undefined) ?? Number.NaN, (right as number | undefined) ?? Number.NaN);
    return Number.isFinite(value) ? value : undefined;
  }
  const minutes = new Set([...(left instanceof Map ? left.keys() : []), ...(right instanceof Map ? right.keys() : [])]);
  const at = (side: NaiveValue, minute: number): number => {
    if (side instanceof Map) return side.get(minute) ?? 0;
    return (side as number | undefined) ?? Number.NaN;
  };
  return finite([...minutes].map((minute) => [minute, operation(at(left, minute), at(right, minute))]));
};

const numbersOf = (reducer: string, values: readonly number[]): number | undefined => {
  if (reducer === 'DATAPOINT_COUNT') return values.length;
  if (values.length === 0) return undefined;
  const sum = values.reduce((a, b) => a + b, 0);
  const mean = sum / values.length;
  if (reducer === 'SUM') return sum;
  if (reducer === 'AVG') return mean;
  if (reducer === 'MAX') return values.reduce((a, b) => Math.max(a, b));
  if (reducer === 'MIN') return values.reduce((a, b) => Math.min(a, b));
  return Math.sqrt(values.reduce((spread, value) => spread + (value - mean) ** 2, 0) / values.length);
};

const reduce = (reducer: string, value: NaiveValue): NaiveValue => {
  if (!isList(value)) return numbersOf(reducer, [...(value as NaiveSeries).values()]);
  const minutes = new Set(value.flatMap((series) => [...series.keys()]));
  const valuesAt = (minute: number): number[] =>
    value.flatMap((series) => series.get(minute) ?? (reducer === 'AVG' ? 0 : []));
  return finite([...minutes].map((minute) => [minute, numbersOf(reducer, valuesAt(minute))]));
};

const perSeries = (value: NaiveValue, change: (series: NaiveSeries) => NaiveSeries): NaiveValue =>
  isList(value) ? value.map(change) : change(value as NaiveSeries);

const changes: Readonly<Record<string, (minutes: number, difference: number) => number>> = {
  DIFF: (_, difference) => difference,
  DIFF_TIME: (minutes) => minutes * 60,
  RATE: (minutes, difference) => difference / (minutes * 60),
};

const perPoint: Readonly<Record<string, (value: number) => number>> = {
  ABS: Math.abs,
  CEIL: Math.ceil,
  FLOOR: Math.floor,
  LOG: Math.log,
  LOG10: Math.log10,
};

/** What the user guide says, minute by minute and slowly. */
export function naive(expression: Expression, metrics: ReadonlyMap<string, NaiveSeries>, length: number): NaiveValue {
  const value = (node: Expression | undefined): NaiveValue => naive(node as Expression, metrics, length);
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'reference':
      return metrics.get(expression.id);
    case 'negate':
      return apply('-', 0, value(expression.operand));
    case 'binary':
      return apply(expression.operator, value(expression.left), value(expression.right));
    case 'array':
      return expression.items.flatMap((item) => value(item) as NaiveSeries | readonly NaiveSeries[]);
    case 'text':
    case 'keyword':
      throw new Error('no value');
    case 'call':
      break;
  }
  const { name, arguments: given } = expression;
  const [first, second, third] = given;
  const point = perPoint[name];
  if (point) return perSeries(value(first), (series) => finite([...series].map(([at, each]) => [at, point(each)])));
  const change = changes[name];
  if (change) {
    return perSeries(value(first), (series) => {
      const points = [...series].sort(([a], [b]) => a - b);
      return finite(
        points.slice(1).map(([at, each], index) => {
          const [before, was] = points[index] as [number, number];
          return [at, change(at - before, each - was)];
        }),
      );
    });
  }
  if (name === 'FILL') {
    const filler = value(second);
    const minutes = Array.from({ length }, (_, minute) => minute);
    const other = (minute: number) => (filler instanceof Map ? filler.get(minute) : (filler as number | undefined));
    return perSeries(value(first), (series) => finite(minutes.map((at) => [at, series.get(at) ?? other(at)])));
  }
  if (name === 'IF') {
    const [condition, yes, no] = [value(first) as NaiveSeries, value(second), third && value(third)];
    const at = (side: NaiveValue, minute: number) =>
      side instanceof Map ? side.get(minute) : (side as number | undefined);
    const chosen = (minute: number, is: number) =>
      is === 0 ? at(no, minute) : (at(yes, minute) ?? (yes instanceof Map ? 0 : undefined));
    return finite([...condition].map(([minute, is]) => [minute, chosen(minute, is)]));
  }
  return reduce(name, value(first));
}
