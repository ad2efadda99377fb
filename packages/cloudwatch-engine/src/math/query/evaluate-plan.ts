import { evaluateInsights } from '../../insights/evaluate-insights.ts';
import { roundStart } from '../../series/store/retention.ts';
import { anomalyBand } from '../band/anomaly-band.ts';
import { addPartial, type Environment, type Notes } from '../evaluate/environment.ts';
import { evaluateExpression } from '../evaluate/evaluate-expression.ts';
import type { Expression } from '../syntax/expression.ts';
import { EvaluationFailure, type Grid, gridOf, type TimeRange } from '../values/grid.ts';
import { checkRoom, regrid, roomOf, type Series, seriesOf, seriesOfPoints, type Value } from '../values/series.ts';
import type { EvaluationRequest } from './evaluation-request.ts';
import type { MathPlan, PlannedBody, PlannedQuery } from './plan.ts';
import { searchSeries } from './search-series.ts';

/** What one query came to. */
export type Evaluated = { readonly value: Value; readonly notes: Notes };

/** A plan over one range of time; every query is evaluated once, when it is first asked for. */
export type Evaluation = (id: string) => Evaluated;

/** Metrics Insights looks back two weeks (user guide, "Metrics Insights quotas"). */
const INSIGHTS_REACH = 14 * 86_400;

export function createEvaluation(plan: MathPlan, request: EvaluationRequest): Evaluation {
  const known = new Map<string, Evaluated>();
  let held = 0;
  const evaluation: Evaluation = (id) => {
    const before = known.get(id);
    if (before) return before;
    const notes: Notes = { dropped: false, failed: false, partial: false, messages: [] };
    const query = queryOf(plan, id);
    const value = attempt(query, notes, () => {
      const found = evaluate(query, plan, request, evaluation, notes);
      checkRoom(held + roomOf(found), plan.settings);
      return found;
    });
    held += roomOf(value);
    const evaluated = { value, notes };
    known.set(id, evaluated);
    return evaluated;
  };
  return evaluation;
}

function queryOf({ queries }: MathPlan, id: string): PlannedQuery {
  const query = queries.get(id);
  if (!query) throw new RangeError(`the plan has no query "${id}"`);
  return query;
}

/** What `run` gives; a failure becomes a message, and a value without points. */
function attempt(query: PlannedQuery, notes: Notes, run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error;
    notes.failed = true;
    notes.messages.push({ code: 'InternalError', value: error.message });
    return query.kind === 'array' ? [] : empty({ origin: 0, period: query.periodSeconds, length: 0 });
  }
}

function empty(grid: Grid): Series {
  return seriesOf(grid, new Float64Array(grid.length).fill(Number.NaN));
}

function evaluate(
  query: PlannedQuery,
  plan: MathPlan,
  request: EvaluationRequest,
  evaluation: Evaluation,
  notes: Notes,
): Value {
  const { body } = query;
  const toGrid = (period: number): Grid => gridOf(request.range, period, plan.settings.maxDatapoints);
  switch (body.kind) {
    case 'metric':
      return readMetric(body, request, toGrid(body.request.periodSeconds));
    case 'insights':
      return readInsights(query, body, request, toGrid(Math.max(60, query.periodSeconds)), notes);
    case 'math':
      return evaluateExpression(body.expression, environmentOf(query, body, plan, request, evaluation, notes));
  }
}

function readMetric(
  { request, defaultLabel }: Extract<PlannedBody, { kind: 'metric' }>,
  { source, range }: EvaluationRequest,
  grid: Grid,
): Series {
  const { start, end, alignment } = range;
  const { metric, stat, periodSeconds, unit } = request;
  // Spelled out, since alarms read a few points anew each minute of a replay: spreading costs more than reading them.
  const asked = { metric, stat, periodSeconds, start, end, alignment };
  const points = source.points(unit === undefined ? asked : { ...asked, unit });
  return seriesOfPoints(grid, points, { label: defaultLabel, metric, stat });
}

function readInsights(
  { kind }: PlannedQuery,
  { query }: Extract<PlannedBody, { kind: 'insights' }>,
  { source, range }: EvaluationRequest,
  grid: Grid,
  notes: Notes,
): Value {
  const since = range.now - INSIGHTS_REACH;
  if (range.start < since) {
    addPartial(notes, 'MaxQueryTimeRangeExceeded', 'Max time window exceeded for query');
  }
  const within = { ...range, start: Math.max(range.start, since) };
  const { series, exceeded } = evaluateInsights(query, { source, range: within, grid, since });
  if (exceeded.metrics) addPartial(notes, 'MaxMatchingResultsExceeded', MATCHING_EXCEEDED);
  if (exceeded.series) addPartial(notes, 'MaxQueryResultsExceeded', RESULTS_EXCEEDED);
  return kind === 'array' ? series : (series[0] ?? empty(grid));
}

const MATCHING_EXCEEDED = 'The query matched more than 10,000 metrics: only the first of them count';
const RESULTS_EXCEEDED = 'Only the first 500 time series can be returned by a query.';

function environmentOf(
  query: PlannedQuery,
  { searches }: Extract<PlannedBody, { kind: 'math' }>,
  plan: MathPlan,
  request: EvaluationRequest,
  evaluation: Evaluation,
  notes: Notes,
): Environment {
  const { settings } = plan;
  const { source, outside, range } = request;
  const toGrid = (period: number): Grid => gridOf(range, period, settings.maxDatapoints);
  const environment: Environment = {
    range,
    source,
    outside,
    settings,
    notes,
    periodSeconds: query.periodSeconds,
    gridOf: toGrid,
    reference: (id) => neededValue(evaluation(id)),
    metricPeriod: (id) => queryOf(plan, id).periodSeconds,
    metrics: (contained) => metricsOf(plan, evaluation, contained),
    search: (call) => {
      const search = searches.get(call);
      if (!search) throw new RangeError('the plan has no such search');
      const periodSeconds = search.periodSeconds ?? query.periodSeconds;
      return searchSeries(search, periodSeconds, { source, range, grid: toGrid(periodSeconds), settings, notes });
    },
    band: (argument, deviations) => bandOf(argument, deviations, query, plan, request, environment),
  };
  return environment;
}

/** What fails, fails for all that need it. */
function neededValue({ value, notes }: Evaluated): Value {
  if (notes.failed) throw new EvaluationFailure(notes.messages.at(-1)?.value ?? 'a query that it needs has failed');
  return value;
}

/** "All the metrics in the request. Math expressions aren't included", in their order. */
function metricsOf({ queries }: MathPlan, evaluation: Evaluation, contained: string): readonly Series[] {
  const ids = [...queries.values()].filter(({ id, body }) => body.kind === 'metric' && id.includes(contained));
  return ids.map(({ id }) => neededValue(evaluation(id)) as Series);
}

/** The upper edge, then the lower one: "LAST(ANOMALY_DETECTION_BAND(m1)) returns the lower bound". */
function bandOf(
  argument: Expression,
  deviations: number,
  query: PlannedQuery,
  plan: MathPlan,
  request: EvaluationRequest,
  environment: Environment,
): readonly Series[] {
  const shown = evaluateExpression(argument, environment) as Series;
  const { grid, subject } = shown;
  const { band } = plan.settings;
  const training = trainingPlaces(grid, band.trainingSeconds, request.range);
  const start = grid.origin - training * grid.period;
  const longer: EvaluationRequest = { ...request, range: { ...request.range, start } };
  const body = { kind: 'math' as const, expression: argument, searches: new Map() };
  const trained = createEvaluation(plan, longer);
  const value = evaluateExpression(
    argument,
    environmentOf(query, body, plan, longer, trained, environment.notes),
  ) as Series;
  const whole = { origin: start, period: grid.period, length: training + grid.length };
  const { upper, lower } = anomalyBand(regrid(value, whole), training, grid.period, deviations, band);
  const label = subject?.label ?? query.id;
  return [
    seriesOf(grid, upper, { ...subject, label: `${label} High` }),
    seriesOf(grid, lower, { ...subject, label: `${label} Low` }),
  ];
}

/** As many as training has time for, but that a source would round so old a start away from the places of the grid. */
function trainingPlaces({ origin, period }: Grid, seconds: number, { alignment, now }: TimeRange): number {
  let places = Math.floor(seconds / period);
  if (alignment === 'exactly') return places;
  while (places > 0 && roundStart(origin - places * period, 1, now) !== origin - places * period) places -= 1;
  return places;
}
