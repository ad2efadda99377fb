import type { MathSettings } from '../settings.ts';
import type { BinaryOperator } from '../syntax/expression.ts';
import { aligned, finite, isArray, type Series, seriesOf, type Value } from '../values/series.ts';
import type { Notes } from './environment.ts';

type Operation = (a: number, b: number) => number;

const OPERATIONS: Readonly<Record<BinaryOperator, Operation>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '==': (a, b) => (a === b ? 1 : 0),
  '!=': (a, b) => (a === b ? 0 : 1),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
  '<': (a, b) => (a < b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  AND: (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  OR: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
};

/**
 * Point by point. Where one series has a point and the other has none, that one counts as 0; where none has, there is
 * no result; what is no finite number, such as a division by zero, is dropped (user guide, "Basic arithmetic functions").
 */
export function applyOperator(
  operator: BinaryOperator,
  left: Value,
  right: Value,
  settings: MathSettings,
  notes: Notes,
): Value {
  const operation = OPERATIONS[operator];
  if (isArray(left)) return left.map((each) => withOne(each, right as number | Series));
  if (isArray(right)) return right.map((each) => withOther(left as number | Series, each));
  if (typeof left === 'number')
    return typeof right === 'number' ? finite(operation(left, right)) : withOther(left, right);
  return withOne(left, right);

  function withOne(series: Series, other: number | Series): Series {
    return typeof other === 'number'
      ? mapSeries(series, (value) => operation(value, other), notes)
      : combine(operation, series, other, settings, notes, series);
  }

  function withOther(other: number | Series, series: Series): Series {
    return typeof other === 'number'
      ? mapSeries(series, (value) => operation(other, value), notes)
      : combine(operation, other, series, settings, notes, series);
  }
}

/** Applies a function to every point; points whose result is no finite number are dropped. */
export function mapSeries(
  { grid, values, subject }: Series,
  operation: (value: number) => number,
  notes: Notes,
): Series {
  const result = new Float64Array(values.length);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (Number.isNaN(value)) result[index] = value;
    else result[index] = kept(operation(value), notes);
  }
  return seriesOf(grid, result, subject);
}

function kept(value: number, notes: Notes): number {
  if (Number.isFinite(value)) return value;
  notes.dropped = true;
  return Number.NaN;
}

function combine(
  operation: Operation,
  left: Series,
  right: Series,
  settings: MathSettings,
  notes: Notes,
  { subject }: Series,
): Series {
  const { grid, columns } = aligned([left, right], settings);
  const [a, b] = columns as readonly [Float64Array, Float64Array];
  const result = new Float64Array(grid.length);
  for (let index = 0; index < result.length; index += 1) {
    const x = a[index] as number;
    const y = b[index] as number;
    const missing = Number.isNaN(x);
    if (missing && Number.isNaN(y)) result[index] = Number.NaN;
    else result[index] = kept(operation(missing ? 0 : x, Number.isNaN(y) ? 0 : y), notes);
  }
  return seriesOf(grid, result, subject);
}
