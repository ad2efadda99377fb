import type { Expression } from '../syntax/expression.ts';
import { forEachNode } from '../syntax/nodes.ts';

import type { MetricRequest } from './metric-data-query.ts';

/**
 * The period of what an expression makes without a metric, such as TIME_SERIES, which AWS does not document: the shortest
 * of the metrics that it refers to, or else of the whole request; `undefined` where there is none.
 */
export function periodOf(
  id: string,
  ids: readonly string[],
  lookup: {
    readonly expressionOf: (id: string) => Expression | undefined;
    readonly metricOf: (id: string) => MetricRequest | undefined;
  },
): number | undefined {
  const reached = new Set<string>();
  const periods: number[] = [];
  const reach = (other: string): void => {
    if (reached.has(other)) return;
    reached.add(other);
    const period = lookup.metricOf(other)?.periodSeconds;
    if (period !== undefined) periods.push(period);
    const expression = lookup.expressionOf(other);
    if (expression) forEachNode(expression, (node) => reachNode(node));
  };
  const reachNode = (node: Expression): void => {
    if (node.kind === 'reference') reach(node.id);
    if (node.kind !== 'call' || node.name !== 'SEARCH') return;
    const [, , period] = node.arguments;
    if (period?.kind === 'number') periods.push(period.value);
  };
  reach(id);
  const all = periods.length > 0 ? periods : ids.flatMap((other) => lookup.metricOf(other)?.periodSeconds ?? []);
  return all.length === 0 ? undefined : Math.min(...all);
}
