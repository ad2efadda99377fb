import type { AlarmMath, QueriedSeries } from '../alarms/evaluation/alarm-math.ts';
import type { OutsideData } from './evaluate/environment.ts';
import { isPointwise } from './pointwise.ts';
import { type CompileOptions, compileQueries } from './query/compile-queries.ts';
import { createEvaluation } from './query/evaluate-plan.ts';
import type { MetricDataQueryInput } from './query/metric-data-query.ts';
import type { MathPlan, PlannedQuery } from './query/plan.ts';
import { pointsOf } from './values/grid.ts';
import { isArray, type Value } from './values/series.ts';

/**
 * Metric math, Metrics Insights and bands for alarms. Queries are compiled once, as long as whoever asks keeps their list.
 * @throws RangeError for queries that `compileQueries` finds issues in.
 */
export function createAlarmMath(options: CompileOptions & { readonly outside?: OutsideData } = {}): AlarmMath {
  const plans = new WeakMap<readonly MetricDataQueryInput[], MathPlan>();
  const planOf = (queries: readonly MetricDataQueryInput[]): MathPlan => {
    const known = plans.get(queries);
    if (known) return known;
    const compiled = compileQueries(queries, options);
    if (!compiled.ok) throw new RangeError(compiled.issues.map(({ message }) => message).join('\n'));
    plans.set(queries, compiled.plan);
    return compiled.plan;
  };
  return {
    evaluate(queries, source, { start, end }) {
      const plan = planOf(queries);
      const range = { start, end, alignment: 'exactly' as const, now: end };
      const evaluation = createEvaluation(plan, { range, source, outside: options.outside ?? {} });
      const returned = [...plan.queries.values()].filter((query) => query.returned);
      return returned.flatMap((query) => queriedSeries(query, evaluation(query.id).value));
    },
    pointwise: (queries) => isPointwise(planOf(queries)),
  };
}

function queriedSeries({ id, body }: PlannedQuery, value: Value): readonly QueriedSeries[] {
  if (typeof value === 'number') return [];
  const all = (isArray(value) ? value : [value]).map(({ grid, values, subject }) => {
    const series = { id, points: pointsOf(values, grid) };
    return subject?.attributes ? { ...series, attributes: subject.attributes } : series;
  });
  const isBand =
    body.kind === 'math' && body.expression.kind === 'call' && body.expression.name === 'ANOMALY_DETECTION_BAND';
  return isBand ? all.reverse() : all;
}
