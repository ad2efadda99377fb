import type { InsightsQuery } from '../../insights/insights-query.ts';
import { isInsightsQuery, parseInsightsQuery } from '../../insights/parse-insights.ts';
import { checkExpression } from '../check/check-expression.ts';
import type { ValueKind } from '../check/function-table.ts';
import { defaultLabels } from '../labels/default-labels.ts';
import { parseLabel } from '../labels/label-template.ts';
import { DEFAULT_MATH_SETTINGS, type MathSettings } from '../settings.ts';
import type { Expression } from '../syntax/expression.ts';
import { parseExpression } from '../syntax/parse-expression.ts';
import { checkTexts, plannedSearches } from './call-texts.ts';
import { checkBands } from './check-band.ts';
import { checkPeriod, type MetricDataQueryInput, type MetricRequest, readMetricStat } from './metric-data-query.ts';
import { periodOf } from './period-of.ts';
import type { MathPlan, PlannedBody, PlannedQuery, QueryIssue } from './plan.ts';

export type CompiledQueries =
  | { readonly ok: true; readonly plan: MathPlan }
  | { readonly ok: false; readonly issues: readonly QueryIssue[] };

export type CompileOptions = {
  readonly settings?: Partial<MathSettings>;
  /** Of expressions that neither a metric nor the query itself gives a period. Default 300, that of dashboards. */
  readonly periodSeconds?: number;
};

/** API reference, GetMetricData. */
const MAX_QUERIES = 500;

type Draft =
  | { readonly kind: 'metric'; readonly request: MetricRequest }
  | { readonly kind: 'math'; readonly expression: Expression }
  | { readonly kind: 'insights'; readonly query: InsightsQuery };

type Compilation = {
  readonly settings: MathSettings;
  readonly inputs: ReadonlyMap<string, MetricDataQueryInput>;
  readonly drafts: ReadonlyMap<string, Draft | undefined>;
  readonly kinds: Map<string, ValueKind | 'metric' | 'broken' | 'open'>;
  readonly issues: QueryIssue[];
};

/** Reads and checks the queries of a request, all issues at once. The plan can be evaluated over any time. */
export function compileQueries(
  queries: readonly MetricDataQueryInput[],
  options: CompileOptions = {},
): CompiledQueries {
  const settings = { ...DEFAULT_MATH_SETTINGS, ...options.settings };
  const issues: QueryIssue[] = [];
  const inputs = byId(queries, issues);
  const drafts = new Map([...inputs].map(([id, input]) => [id, draftOf(id, input, settings, issues)] as const));
  const compilation: Compilation = { settings, inputs, drafts, kinds: new Map(), issues };
  for (const id of inputs.keys()) resolve(id, compilation);
  checkInsights(drafts, issues);
  checkAllBands(drafts, issues);
  if (issues.length > 0) return { ok: false, issues };
  const labels = labelsOf(drafts);
  const planned = [...inputs].map(([id, input]) => [id, plan(id, input, compilation, labels, options)] as const);
  return { ok: true, plan: { queries: new Map(planned), settings } };
}

function report(
  issues: QueryIssue[],
  queryId: string,
  message: string,
  code: QueryIssue['code'] = 'query',
  at?: number,
): void {
  issues.push({ code, queryId, ...(at === undefined ? {} : { at }), message: `${queryId}: ${message}` });
}

function byId(
  queries: readonly MetricDataQueryInput[],
  issues: QueryIssue[],
): ReadonlyMap<string, MetricDataQueryInput> {
  const inputs = new Map<string, MetricDataQueryInput>();
  for (const [index, query] of queries.entries()) {
    const { Id: id = '' } = query;
    const name = id === '' ? `query ${index + 1}` : id;
    if (!/^[a-z][A-Za-z0-9_]{0,254}$/.test(id)) {
      report(issues, name, 'an Id begins with a small letter and has letters, digits and _, 255 at most');
    } else if (inputs.has(id)) report(issues, id, 'another query has this Id');
    inputs.set(name, query);
  }
  if (queries.length > MAX_QUERIES) {
    report(
      issues,
      `query ${MAX_QUERIES + 1}`,
      `${queries.length} queries are more than the ${MAX_QUERIES} of one request`,
    );
  }
  return inputs;
}

function draftOf(
  id: string,
  query: MetricDataQueryInput,
  settings: MathSettings,
  issues: QueryIssue[],
): Draft | undefined {
  const { MetricStat: stat, Expression: text, Period: period } = query;
  if ((stat === undefined) === (text === undefined)) {
    report(issues, id, 'give either MetricStat or Expression');
    return undefined;
  }
  const problems: string[] = [];
  if (text === undefined) {
    const request = readMetricStat(query, problems);
    for (const problem of problems) report(issues, id, problem);
    return request && { kind: 'metric', request };
  }
  if (period !== undefined) checkPeriod('Period', period, problems);
  for (const problem of problems) report(issues, id, problem);
  const isInsights = isInsightsQuery(text);
  const parsed = isInsights ? parseInsightsQuery(text) : parseExpression(text, settings.syntax);
  if (!parsed.ok) {
    report(issues, id, parsed.issue.message, 'syntax', parsed.issue.at);
    return undefined;
  }
  if (isInsights && period === undefined) report(issues, id, 'a Metrics Insights query needs a Period');
  return isInsights
    ? { kind: 'insights', query: parsed.value as InsightsQuery }
    : { kind: 'math', expression: parsed.value as Expression };
}

/** What a query is worth; finds it out, and what is wrong with it, the first time. */
function resolve(id: string, compilation: Compilation): ValueKind | 'metric' | 'broken' | undefined {
  const { drafts, kinds, issues, settings } = compilation;
  if (!drafts.has(id)) return undefined;
  const known = kinds.get(id);
  if (known === 'open') {
    kinds.set(id, 'broken');
    report(issues, id, 'the expression needs its own result: break the circle of references', 'cycle');
    return 'broken';
  }
  if (known !== undefined) return known;
  kinds.set(id, 'open');
  const draft = drafts.get(id);
  let kind: ValueKind | 'metric' | 'broken' = 'broken';
  if (draft?.kind === 'metric') kind = 'metric';
  if (draft?.kind === 'insights') kind = draft.query.groupBy.length > 0 ? 'array' : 'series';
  if (draft?.kind === 'math') {
    const checked = checkExpression(draft.expression, {
      kindOf: (other) => resolve(other, compilation),
      ids: [...drafts.keys()].filter((other) => other !== id),
      checkTexts: (name, texts) => checkTexts(name, texts, settings),
    });
    for (const { code, at, message } of checked.issues) report(issues, id, message, code, at);
    kind = checked.issues.length > 0 ? 'broken' : (checked.kind ?? 'broken');
    if (kind === 'scalar' && compilation.inputs.get(id)?.ReturnData !== false) report(issues, id, SCALAR, 'result', 0);
  }
  if (kinds.get(id) === 'open') kinds.set(id, kind);
  return kinds.get(id) as ValueKind | 'metric' | 'broken';
}

const SCALAR =
  'the result is a number, and must be a time series: write TIME_SERIES(…) around it, or set ReturnData to false';

/** "Each GetMetricData operation can have only one query" (user guide, "Metrics Insights quotas"). */
function checkInsights(drafts: ReadonlyMap<string, Draft | undefined>, issues: QueryIssue[]): void {
  const queries = [...drafts].filter(([, draft]) => draft?.kind === 'insights').map(([id]) => id);
  for (const id of queries.slice(1))
    report(issues, id, `a request has one Metrics Insights query, and that is ${queries[0]}`);
}

function checkAllBands(drafts: ReadonlyMap<string, Draft | undefined>, issues: QueryIssue[]): void {
  const lookup = lookupOf(drafts);
  for (const [id, draft] of drafts) {
    if (draft?.kind !== 'math') continue;
    for (const { at, message } of checkBands(draft.expression, lookup)) report(issues, id, message, 'argument', at);
  }
}

function lookupOf(drafts: ReadonlyMap<string, Draft | undefined>) {
  return {
    expressionOf: (id: string): Expression | undefined => {
      const found = drafts.get(id);
      return found?.kind === 'math' ? found.expression : undefined;
    },
    metricOf: (id: string): MetricRequest | undefined => {
      const found = drafts.get(id);
      return found?.kind === 'metric' ? found.request : undefined;
    },
  };
}

function labelsOf(drafts: ReadonlyMap<string, Draft | undefined>): ReadonlyMap<string, string> {
  const metrics = [...drafts].flatMap(([id, draft]) => (draft?.kind === 'metric' ? [{ id, ...draft.request }] : []));
  const labels = defaultLabels(metrics);
  return new Map(metrics.map(({ id }, index) => [id, labels[index] ?? id]));
}

function plan(
  id: string,
  input: MetricDataQueryInput,
  { drafts, kinds, settings }: Compilation,
  labels: ReadonlyMap<string, string>,
  { periodSeconds: fallback = 300 }: CompileOptions,
): PlannedQuery {
  const draft = drafts.get(id) as Draft;
  const kind = kinds.get(id);
  const body: PlannedBody =
    draft.kind === 'metric'
      ? { ...draft, defaultLabel: labels.get(id) ?? id }
      : draft.kind === 'math'
        ? { ...draft, searches: plannedSearches(draft.expression, settings) }
        : draft;
  const own = draft.kind === 'metric' ? draft.request.periodSeconds : input.Period;
  return {
    id,
    kind: kind === 'metric' || kind === undefined ? 'series' : (kind as ValueKind),
    returned: input.ReturnData !== false,
    ...(input.Label === undefined ? {} : { label: parseLabel(input.Label) }),
    periodSeconds: own ?? periodOf(id, [...drafts.keys()], lookupOf(drafts)) ?? fallback,
    body,
  };
}
