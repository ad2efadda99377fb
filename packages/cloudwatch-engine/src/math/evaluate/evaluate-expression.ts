import type { FunctionName } from '../check/function-table.ts';
import type { Expression } from '../syntax/expression.ts';
import { EvaluationFailure, place } from '../values/grid.ts';
import { checkRoom, isArray, roomOf, type Series, seriesOf, type Value } from '../values/series.ts';
import { changeOf, runningSum } from './changes.ts';
import { clockSeries } from './clock.ts';
import type { Environment, Notes } from './environment.ts';
import { fill } from './fill.ts';
import { choose } from './if.ts';
import { applyOperator, mapSeries } from './operators.ts';
import { type Reducer, reduce } from './reduce.ts';
import { sortSeries, withPoints } from './select.ts';

type Call = Extract<Expression, { kind: 'call' }>;

/**
 * The value of an expression that was checked.
 * @throws EvaluationFailure where data, not the expression, make it impossible.
 */
export function evaluateExpression(expression: Expression, environment: Environment): Value {
  const { settings, notes } = environment;
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'reference':
      return environment.reference(expression.id);
    case 'array':
      return arrayOf(expression.items, environment);
    case 'negate':
      return applyOperator('-', 0, evaluateExpression(expression.operand, environment), settings, notes);
    case 'binary': {
      const left = evaluateExpression(expression.left, environment);
      return applyOperator(
        expression.operator,
        left,
        evaluateExpression(expression.right, environment),
        settings,
        notes,
      );
    }
    case 'call':
      return evaluateCall(expression, environment);
    case 'text':
    case 'keyword':
      throw new TypeError('a text or word is no value: the check lets none through');
  }
}

function arrayOf(items: readonly Expression[], environment: Environment): readonly Series[] {
  const all: Series[] = [];
  let room = 0;
  for (const item of items) {
    const value = evaluateExpression(item, environment) as Series | readonly Series[];
    room += roomOf(value);
    checkRoom(room, environment.settings);
    for (const series of isArray(value) ? value : [value]) all.push(series);
  }
  return all;
}

/** Functions that change a series by itself, in an array each. */
const PER_SERIES = {
  ABS: (series: Series, notes: Notes) => mapSeries(series, Math.abs, notes),
  CEIL: (series: Series, notes: Notes) => mapSeries(series, Math.ceil, notes),
  FLOOR: (series: Series, notes: Notes) => mapSeries(series, Math.floor, notes),
  LOG: (series: Series, notes: Notes) => mapSeries(series, Math.log, notes),
  LOG10: (series: Series, notes: Notes) => mapSeries(series, Math.log10, notes),
  DIFF: (series: Series) => changeOf('DIFF', series),
  DIFF_TIME: (series: Series) => changeOf('DIFF_TIME', series),
  RATE: (series: Series) => changeOf('RATE', series),
  RUNNING_SUM: (series: Series) => runningSum(series),
} as const;

function isPerSeries(name: FunctionName): name is keyof typeof PER_SERIES {
  return Object.hasOwn(PER_SERIES, name);
}

function evaluateCall(call: Call, environment: Environment): Value {
  const name = call.name as FunctionName;
  const argument = (index: number): Value => evaluateExpression(call.arguments[index] as Expression, environment);
  if (isPerSeries(name)) return each(argument(0), (series) => PER_SERIES[name](series, environment.notes));
  switch (name) {
    case 'AVG':
    case 'DATAPOINT_COUNT':
    case 'MAX':
    case 'MIN':
    case 'STDDEV':
    case 'SUM':
      return reduce(name, argument(0), environment.settings, environment.gridOf(environment.periodSeconds));
    case 'FILL':
      return evaluateFill(call, environment);
    case 'IF':
      return choose(argument(0), argument(1), call.arguments.length > 2 ? argument(2) : undefined);
    case 'MINUTE':
    case 'HOUR':
    case 'DAY':
    case 'DATE':
    case 'MONTH':
    case 'YEAR':
    case 'EPOCH':
      return clockSeries(name, (argument(0) as Series).grid);
    case 'FIRST':
    case 'LAST':
    case 'METRIC_COUNT':
    case 'REMOVE_EMPTY':
    case 'SLICE':
    case 'SORT':
      return evaluateArrayFunction(name, call, argument(0) as readonly Series[], environment);
    case 'METRICS':
    case 'PERIOD':
    case 'SEARCH':
    case 'TIME_SERIES':
    case 'INSIGHT_RULE_METRIC':
    case 'ANOMALY_DETECTION_BAND':
      return evaluateSource(name, call, environment);
  }
}

function each(value: Value, change: (series: Series) => Series): Value {
  return isArray(value) ? value.map(change) : change(value as Series);
}

function evaluateFill({ arguments: [first, second] }: Call, environment: Environment): Value {
  const value = evaluateExpression(first as Expression, environment);
  const filler =
    second?.kind === 'keyword'
      ? (second.word as 'REPEAT' | 'LINEAR')
      : (evaluateExpression(second as Expression, environment) as number | Series);
  return each(value, (series) => fill(series, filler, environment.settings));
}

type ArrayFunction = 'FIRST' | 'LAST' | 'METRIC_COUNT' | 'REMOVE_EMPTY' | 'SLICE' | 'SORT';

function evaluateArrayFunction(
  name: ArrayFunction,
  call: Call,
  all: readonly Series[],
  environment: Environment,
): Value {
  switch (name) {
    case 'FIRST':
    case 'LAST':
      return (name === 'FIRST' ? all[0] : all.at(-1)) ?? emptySeries(environment);
    case 'METRIC_COUNT':
      return all.length;
    case 'REMOVE_EMPTY':
      return withPoints(all);
    case 'SLICE':
      return all.slice(wholeArgument(call, 1, environment), wholeArgument(call, 2, environment));
    case 'SORT': {
      const [, by, order] = call.arguments as readonly Extract<Expression, { kind: 'keyword' }>[];
      const sorted = sortSeries(all, by?.word as Reducer, order?.word as 'ASC' | 'DESC', environment.settings);
      return sorted.slice(0, wholeArgument(call, 3, environment));
    }
  }
}

function emptySeries({ gridOf, periodSeconds }: Environment): Series {
  const grid = gridOf(periodSeconds);
  return seriesOf(grid, new Float64Array(grid.length).fill(Number.NaN));
}

/** A number of series: whole and not negative; `undefined` where the argument is left out. */
function wholeArgument(call: Call, index: number, environment: Environment): number | undefined {
  const argument = call.arguments[index];
  if (argument === undefined) return undefined;
  const value = evaluateExpression(argument, environment) as number;
  if (Number.isFinite(value) && value >= 0) return Math.floor(value);
  throw new EvaluationFailure(`argument ${index + 1} of ${call.name} is ${value}: it counts series, from 0`);
}

type SourceFunction =
  | 'METRICS'
  | 'PERIOD'
  | 'SEARCH'
  | 'TIME_SERIES'
  | 'INSIGHT_RULE_METRIC'
  | 'ANOMALY_DETECTION_BAND';

function evaluateSource(name: SourceFunction, call: Call, environment: Environment): Value {
  const [first, second] = call.arguments;
  switch (name) {
    case 'METRICS':
      return environment.metrics(first?.kind === 'text' ? first.text : '');
    case 'PERIOD':
      return environment.metricPeriod(first?.kind === 'reference' ? first.id : '');
    case 'SEARCH':
      return environment.search(call);
    case 'TIME_SERIES': {
      const { grid, values } = emptySeries(environment);
      return seriesOf(grid, values.fill(evaluateExpression(first as Expression, environment) as number));
    }
    case 'INSIGHT_RULE_METRIC':
      return insightRuleMetric(call, environment);
    case 'ANOMALY_DETECTION_BAND': {
      const deviations = second === undefined ? 2 : (evaluateExpression(second, environment) as number);
      return environment.band(first as Expression, deviations);
    }
  }
}

function insightRuleMetric({ arguments: texts }: Call, environment: Environment): Series {
  const { outside, range, periodSeconds, gridOf } = environment;
  const [rule = '', metric = ''] = texts.map((each) => (each.kind === 'text' ? each.text : ''));
  const points = outside.insightRuleMetric?.({ ...range, rule, metric, periodSeconds });
  if (points === undefined) throw new EvaluationFailure(`there is no Contributor Insights rule "${rule}"`);
  const grid = gridOf(periodSeconds);
  return seriesOf(grid, place(points, grid), { label: `${rule} ${metric}` });
}
