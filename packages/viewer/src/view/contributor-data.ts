import type { WidgetQueries } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { WidgetData } from '../protocol/dashboard-view.ts';
import type { ViewSource } from '../source/view-source.ts';

type RuleAsked = Extract<WidgetQueries, { readonly kind: 'insight-rule' }>;

// Of the widget, and of GetInsightRuleReport.
const DEFAULT_CONTRIBUTORS = 10;
const LEAST_PERIOD = 60;
const MOST_CONTRIBUTORS = 100;

/** A line for each of the top contributors of the rule. */
export async function loadContributors(source: ViewSource, asked: RuleAsked): Promise<WidgetData> {
  const { rule, range } = asked;
  const periodSeconds = Math.max(LEAST_PERIOD, Math.ceil(asked.periodSeconds / 60) * 60);
  const { keyLabels, uniqueCount, contributors } = await source.contributors({
    rule: rule.ruleName,
    range,
    periodSeconds,
    orderBy: rule.orderBy === 'Maximum' ? 'Maximum' : 'Sum',
    most: Math.min(MOST_CONTRIBUTORS, rule.maxContributorCount ?? DEFAULT_CONTRIBUTORS),
  });
  const left = uniqueCount - contributors.length;
  return {
    kind: 'metrics',
    range,
    series: contributors.map(({ keys, timestamps, values }) => ({
      key: keys.join('\u0000'),
      label: keys.join(' · '),
      axis: 'left',
      periodSeconds,
      timestamps,
      values,
    })),
    messages: left > 0 ? [`The first ${contributors.length} of ${uniqueCount} by ${keyLabels.join(', ')}.`] : [],
  };
}
