import type { MetricSource } from '@voice-campaign/cloudwatch-engine';
import type { WidgetQuery } from '@voice-campaign/cloudwatch-engine/dashboards';
import { compileQueries, evaluatePlan } from '@voice-campaign/cloudwatch-engine/math';
import type { MetricAnswer, MetricQuestion, MetricResult } from './metric-question.ts';

type Compiled = ReturnType<typeof compileQueries>;

const MOST_PLANS = 2000;

/**
 * Evaluates questions over metrics in memory; the plan of a question is kept, since it is asked again and again. One value
 * of a whole range counts up to its end; `fromStart`, for periods that AWS has cut, from where CloudWatch rounds its start to.
 */
export function metricEvaluation(source: MetricSource, now: () => number, side: 'fromStart' | 'toEnd' = 'toEnd') {
  const plans = new Map<string, Compiled>();
  const planOf = (queries: readonly WidgetQuery[]): Compiled => {
    const key = JSON.stringify(queries);
    const known = plans.get(key);
    if (known) return known;
    if (plans.size >= MOST_PLANS) plans.clear();
    const compiled = compileQueries(queries);
    plans.set(key, compiled);
    return compiled;
  };
  return ({ queries, range, fromStart }: MetricQuestion): MetricAnswer => {
    const compiled = planOf(queries);
    if (!compiled.ok) return { results: [], messages: compiled.issues.map(({ message }) => message) };
    const evaluated = evaluatePlan(compiled.plan, {
      source,
      now: now(),
      ...(fromStart ? oneValue(queries, range, side) : range),
    });
    const units = new Map(queries.map((query) => [query.Id, unitOf(source, query, range)]));
    return {
      results: evaluated.map(({ id, label, timestamps, values }): MetricResult => {
        const unit = units.get(id);
        return { id, label, timestamps, values, ...(unit !== undefined && { unit }) };
      }),
      messages: [...new Set(evaluated.flatMap(({ messages }) => messages.map(({ value }) => value)))],
    };
  };
}

/** One period as long as the range. Its ends are where metrics as old as that can be told apart. */
function oneValue(
  queries: readonly WidgetQuery[],
  { start, end }: MetricQuestion['range'],
  side: 'fromStart' | 'toEnd',
) {
  const step = end - start > 62 * 86_400 ? 3600 : end - start > 14 * 86_400 ? 300 : 60;
  const periods = queries.map((query) => ('MetricStat' in query ? query.MetricStat.Period : query.Period));
  const period = Math.max(60, ...periods);
  const from = side === 'toEnd' ? Math.ceil(end / step) * step - period : Math.floor(start / step) * step;
  return { start: from, end: from + period, alignment: 'start' as const };
}

function unitOf(source: MetricSource, query: WidgetQuery, range: MetricQuestion['range']): string | undefined {
  if (!('MetricStat' in query) || query.MetricStat.Stat === 'SampleCount') return undefined;
  const { Metric, Period, Stat } = query.MetricStat;
  const dimensions = Object.fromEntries(Metric.Dimensions.map(({ Name, Value }) => [Name, Value]));
  const metric = { namespace: Metric.Namespace, name: Metric.MetricName, dimensions };
  const [unit] = source.units?.({ metric, stat: Stat, periodSeconds: Period, ...range }) ?? [];
  return unit;
}
