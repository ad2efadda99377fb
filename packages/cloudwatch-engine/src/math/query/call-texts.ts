import { RULE_METRICS } from '../../contributors/rule-report.ts';
import { metricMatcher } from '../../search/match-search.ts';
import { parseSearch } from '../../search/parse-search.ts';
import { parseStatistic } from '../../series/statistic/parse-statistic.ts';
import { isPeriod } from '../../series/store/retention.ts';
import type { ExpressionIssue } from '../check/check-expression.ts';
import type { FunctionName } from '../check/function-table.ts';
import type { MathSettings } from '../settings.ts';
import type { Expression } from '../syntax/expression.ts';
import { forEachNode } from '../syntax/nodes.ts';
import type { PlannedSearch } from './plan.ts';

/** What is wrong with what a call quotes: a search, a statistic, the metric of a rule. */
export function checkTexts(
  name: FunctionName,
  given: readonly (Expression | undefined)[],
  settings: MathSettings,
): readonly ExpressionIssue[] {
  const [first, second, third] = given;
  if (name === 'INSIGHT_RULE_METRIC') return second?.kind === 'text' ? checkRuleMetric(second.text, second.at) : [];
  if (name !== 'SEARCH') return [];
  const issues: ExpressionIssue[] = [];
  const search = first?.kind === 'text' ? parseSearch(first.text, settings.search) : undefined;
  if (search?.ok === false)
    issues.push(textIssue(`SEARCH: ${search.issue.message}`, (first?.at ?? 0) + 1 + search.issue.at));
  const statistic = second?.kind === 'text' ? parseStatistic(second.text) : undefined;
  if (statistic?.ok === false)
    issues.push(textIssue(statistic.issue.message, (second?.at ?? 0) + 1 + statistic.issue.at));
  if (third && !(third.kind === 'number' && isPeriod(third.value))) {
    issues.push(textIssue('the period of SEARCH is a number: 1, 5, 10, 20, 30 or a multiple of 60 seconds', third.at));
  }
  return issues;
}

function checkRuleMetric(metric: string, at: number): readonly ExpressionIssue[] {
  if (RULE_METRICS.some((each) => each === metric)) return [];
  return [
    textIssue(`a rule of Contributor Insights has no metric "${metric}": there are ${RULE_METRICS.join(', ')}`, at),
  ];
}

function textIssue(message: string, at: number): ExpressionIssue {
  return { code: 'text', at, message };
}

/** Every SEARCH of an expression that was checked. */
export function plannedSearches(
  expression: Expression,
  settings: MathSettings,
): ReadonlyMap<Expression, PlannedSearch> {
  const searches = new Map<Expression, PlannedSearch>();
  forEachNode(expression, (node) => {
    if (node.kind !== 'call' || node.name !== 'SEARCH') return;
    const [search, stat, period] = node.arguments;
    const parsed = search?.kind === 'text' ? parseSearch(search.text, settings.search) : undefined;
    if (!parsed?.ok || stat?.kind !== 'text') return;
    searches.set(node, {
      matches: metricMatcher(parsed.value, settings.search),
      stat: stat.text,
      ...(parsed.value.schema ? { namespace: parsed.value.schema.namespace } : {}),
      ...(period?.kind === 'number' ? { periodSeconds: period.value } : {}),
    });
  });
  return searches;
}
