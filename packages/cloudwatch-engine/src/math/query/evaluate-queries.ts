import type { MetricSource } from '../../series/metric-source.ts';
import { roundStart } from '../../series/store/retention.ts';
import type { Message, OutsideData } from '../evaluate/environment.ts';
import { renderLabel } from '../labels/render-label.ts';
import { pointsOf, type TimeRange } from '../values/grid.ts';
import { isArray, type Series } from '../values/series.ts';
import { type CompileOptions, compileQueries } from './compile-queries.ts';
import { createEvaluation, type Evaluated } from './evaluate-plan.ts';
import type { MetricDataQueryInput } from './metric-data-query.ts';
import type { MathPlan, PlannedQuery, QueryIssue } from './plan.ts';

export type EvaluateOptions = {
  readonly source: MetricSource;
  /** Inclusive, seconds since 1970; rounded down by its age, as CloudWatch does. */
  readonly start: number;
  /** Exclusive, seconds since 1970. */
  readonly end: number;
  /** The present, from which SEARCH and relative labels reckon; seconds since 1970. Default `end`. */
  readonly now?: number;
  /** Where periods begin: at their multiples since 1970 (GetMetricData, the default), or at `start` (alarms). */
  readonly alignment?: 'epoch' | 'start';
  readonly outside?: OutsideData;
  /** What `${PROP('…')}` of a label says, and LabelOptions.Timezone: `+0130`. Default empty, and UTC. */
  readonly labels?: {
    readonly accountId?: string;
    readonly accountLabel?: string;
    readonly region?: string;
    readonly timezone?: string;
  };
};

/** MetricDataResult of the API Reference; of a query that gives an array, one for each series. */
export type QueryResult = {
  readonly id: string;
  readonly label: string;
  /** Oldest first, seconds since 1970; as many as `values`. */
  readonly timestamps: readonly number[];
  readonly values: readonly number[];
  readonly statusCode: 'Complete' | 'PartialData' | 'InternalError';
  readonly messages: readonly Message[];
  /** Of a Metrics Insights query with GROUP BY: `{ FunctionName: 'dialer-worker' }`. */
  readonly attributes?: Readonly<Record<string, string>>;
};

export type EvaluatedQueries =
  | { readonly ok: true; readonly results: readonly QueryResult[] }
  | { readonly ok: false; readonly issues: readonly QueryIssue[] };

/** Compiles and evaluates once. Whoever asks again and again keeps the plan of `compileQueries`. */
export function evaluateQueries(
  queries: readonly MetricDataQueryInput[],
  { settings, periodSeconds, ...options }: EvaluateOptions & CompileOptions,
): EvaluatedQueries {
  const compiled = compileQueries(queries, {
    ...(settings === undefined ? {} : { settings }),
    ...(periodSeconds === undefined ? {} : { periodSeconds }),
  });
  return compiled.ok ? { ok: true, results: evaluatePlan(compiled.plan, options) } : compiled;
}

/**
 * The results of all queries whose `ReturnData` is not false, in the order of the queries. A band gives its upper edge
 * first.
 * @throws RangeError for a time range that is none.
 */
export function evaluatePlan(plan: MathPlan, options: EvaluateOptions): readonly QueryResult[] {
  const { source, start, end, alignment = 'epoch', outside = {}, now = end } = options;
  if (!Number.isFinite(start) || !Number.isFinite(end) || !Number.isFinite(now)) {
    throw new RangeError(`a time range from ${start} to ${end} is none: give seconds since 1970`);
  }
  // Seconds are left to the periods: some are shorter than a minute.
  const range = { start: roundStart(start, 1, now), end, alignment, now };
  const evaluation = createEvaluation(plan, { range, source, outside });
  const returned = [...plan.queries.values()].filter((query) => query.returned);
  return returned.flatMap((query) => resultsOf(query, plan, options, evaluation(query.id), now));
}

function resultsOf(
  query: PlannedQuery,
  plan: MathPlan,
  options: EvaluateOptions,
  { value, notes }: Evaluated,
  now: TimeRange['now'],
): readonly QueryResult[] {
  if (typeof value === 'number') return [];
  const problems = query.label?.problems.map((problem) => ({ code: 'InvalidLabel', value: problem })) ?? [];
  const messages = [...notes.messages, ...(notes.dropped ? [ARITHMETIC_ERROR] : []), ...problems];
  const statusCode = notes.failed ? 'InternalError' : notes.partial ? 'PartialData' : 'Complete';
  const isMany = isArray(value);
  if (isMany && value.length === 0 && notes.failed) {
    return [{ id: query.id, label: query.id, timestamps: [], values: [], statusCode, messages }];
  }
  return (isMany ? value : [value]).map((series) => {
    const points = series.points ?? pointsOf(series.values, series.grid);
    const label = labelOf(query, plan, options, series, isMany, points, now);
    const { attributes } = series.subject ?? {};
    return { id: query.id, label, ...points, statusCode, messages, ...(attributes ? { attributes } : {}) };
  });
}

/** Recorded by others of GetMetricData. */
const ARITHMETIC_ERROR: Message = {
  code: 'ArithmeticError',
  value: 'One or more data-points have been dropped due to non-numeric values (NaN, -Infinite, +Infinite)',
};

/**
 * The query's Label; of a query that gives an array, followed by the label of the series unless it is dynamic ("Expression-
 * Label Metric-Label", user guide). Without a Label that of the series, and of an expression its Id.
 */
function labelOf(
  query: PlannedQuery,
  { settings }: MathPlan,
  { labels = {} }: EvaluateOptions,
  { subject, grid }: Series,
  isMany: boolean,
  points: ReturnType<typeof pointsOf>,
  now: number,
): string {
  const isMetric = query.body.kind === 'metric';
  const own = isMany || isMetric ? (subject?.label ?? query.id) : query.id;
  if (query.label === undefined) return own;
  const { accountId = '', accountLabel = '', region = '', timezone } = labels;
  const rendered = renderLabel(query.label, {
    ...{ label: own, subject, points, periodSeconds: grid.period, now, accountId, accountLabel, region },
    offsetMinutes: offsetOf(timezone),
    formats: settings.labels,
  });
  const isDynamic = query.label.parts.some(({ kind }) => kind !== 'text');
  if (!isMany || isDynamic || subject === undefined) return rendered === '' ? own : rendered;
  return rendered === '' ? own : `${rendered} ${own}`;
}

function offsetOf(timezone = '+0000'): number {
  const match = /^([+-])(\d{2})(\d{2})$/.exec(timezone);
  if (!match) throw new RangeError(`a time zone is + or - and four digits, not "${timezone}"`);
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}
