import { compileQueries } from '../../math/query/compile-queries.ts';
import type { MetricDataQueryInput } from '../../math/query/metric-data-query.ts';
import type { PlannedQuery, QueryIssue } from '../../math/query/plan.ts';
import type { Report } from './alarm-issue.ts';

/**
 * Whether the expressions of an alarm mean something and come to one time series; issue `expression`. What is wrong with
 * the queries around them is left to `checkMetrics` where it found anything itself.
 */
export function checkExpressions(
  queries: readonly MetricDataQueryInput[],
  expected: { readonly wellFormed: boolean; readonly severalSeries: (query: MetricDataQueryInput) => boolean },
  report: Report,
): void {
  const compiled = compileQueries(queries);
  if (!compiled.ok) {
    for (const issue of compiled.issues) {
      if (issue.code !== 'query' || expected.wellFormed) reportIssue(issue, queries, report);
    }
    return;
  }
  for (const [index, query] of queries.entries()) {
    const planned = compiled.plan.queries.get(query.Id ?? '');
    if (!planned?.returned || planned.kind !== 'array' || expected.severalSeries(query)) continue;
    report({
      code: 'single-series',
      path: `Metrics[${index}].Expression`,
      message: `Error in expression '${planned.id}': an alarm watches a single time series, this is an array of them.`,
      fix: fixOf(planned),
    });
  }
}

function fixOf({ body }: PlannedQuery): string {
  return body.kind === 'insights'
    ? 'drop GROUP BY, or add ORDER BY to watch every group by itself'
    : 'reduce it with SUM, AVG, MAX or MIN, or take one of its series with FIRST or LAST';
}

function reportIssue({ queryId, message }: QueryIssue, queries: readonly MetricDataQueryInput[], report: Report): void {
  const index = queries.findIndex(({ Id }) => Id === queryId);
  const said = message.slice(queryId.length + 2);
  report({
    code: 'expression',
    path: index < 0 ? 'Metrics' : `Metrics[${index}].Expression`,
    message: `Error in expression '${queryId}': ${said}.`,
    fix: 'metric math is described in the CloudWatch user guide, "Using math expressions with CloudWatch metrics"',
  });
}
