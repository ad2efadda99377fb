import type { MathSettings } from '../../../src/math.ts';
import { evaluateQueries, type MetricDataQueryInput, type QueryResult } from '../../../src/math.ts';
import { type SampledMetric, sourceOf } from '../sample-source.ts';

export type Values = readonly (number | null)[];

/** Metrics by their Id, one value a minute from 0 on, and what is to be evaluated over all of them. */
export type Question = {
  readonly metrics: Readonly<Record<string, Values>>;
  readonly expression: string;
  readonly more?: readonly MetricDataQueryInput[];
  readonly settings?: Partial<MathSettings>;
  /** Minutes that are looked at; default the longest of the metrics. */
  readonly minutes?: number;
};

export function sampled(name: string, values: Values): SampledMetric {
  return { namespace: 'Own', name, dimensions: {}, values };
}

export function metricQuery(id: string, { name = id, period = 60, stat = 'Sum' } = {}): MetricDataQueryInput {
  const Metric = { Namespace: 'Own', MetricName: name, Dimensions: [] };
  return { Id: id, ReturnData: false, MetricStat: { Metric, Period: period, Stat: stat } };
}

/** The results of the expression. */
export function ask({ metrics, expression, more = [], settings = {}, minutes }: Question): readonly QueryResult[] {
  const end = 60 * (minutes ?? Math.max(0, ...Object.values(metrics).map((values) => values.length)));
  const queries = [
    ...Object.keys(metrics).map((id) => metricQuery(id)),
    ...more,
    { Id: 'asked', Expression: expression },
  ];
  const source = sourceOf(Object.entries(metrics).map(([name, values]) => sampled(name, values)));
  const answer = evaluateQueries(queries, { source, start: 0, end, settings, periodSeconds: 60 });
  if (!answer.ok) throw new Error(answer.issues.map(({ message }) => message).join('\n'));
  return answer.results;
}

/** Minute by minute, `null` where there is no point, up to the last point of the range asked for. */
export function valuesOf({ timestamps, values }: QueryResult, minutes: number): Values {
  return Array.from({ length: minutes }, (_, minute) => values[timestamps.indexOf(minute * 60)] ?? null);
}

/** The one series that the expression gives, minute by minute. */
export function answer(question: Question): Values {
  const results = ask(question);
  if (results.length !== 1) throw new Error(`${results.length} series, not one`);
  const length = question.minutes ?? Math.max(0, ...Object.values(question.metrics).map((values) => values.length));
  return valuesOf(results[0] as QueryResult, length);
}

/** All series that the expression gives. */
export function answers(question: Question): readonly Values[] {
  const length = question.minutes ?? Math.max(0, ...Object.values(question.metrics).map((values) => values.length));
  return ask(question).map((result) => valuesOf(result, length));
}
