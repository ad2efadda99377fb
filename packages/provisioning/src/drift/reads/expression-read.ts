import { expressionReads } from '@voice-campaign/cloudwatch-engine/math';
import type { Place } from '../finding.ts';
import { type Reads, unreadable } from './series-read.ts';

const insightsStatistics = {
  AVG: 'Average',
  COUNT: 'SampleCount',
  MAX: 'Maximum',
  MIN: 'Minimum',
  SUM: 'Sum',
} as const;

/** What an expression reads by itself: its searches, or its Metrics Insights query. Other ids have rows of their own. */
export const readsOfExpression = (expression: string, at: Place, periodSeconds: number): Reads => {
  const parsed = expressionReads(expression);
  if (!parsed.ok) {
    return {
      reads: [],
      findings: [unreadable('expression', at, `"${expression}" cannot be read: ${parsed.issue.message}`)],
    };
  }
  const { searches, insights } = parsed.value;
  const found = searches.map((search) => ({
    at,
    wanted: { kind: 'search' as const, ...search },
    statistic: search.statistic,
    periodSeconds: search.periodSeconds ?? periodSeconds,
  }));
  if (insights === undefined) return { reads: found, findings: [] };
  const statistic = insightsStatistics[insights.select.function];
  return { reads: [{ at, wanted: { kind: 'insights', query: insights }, statistic, periodSeconds }], findings: [] };
};
