import type { Expression } from '../syntax/expression.ts';
import { forEachNode } from '../syntax/nodes.ts';
import type { MetricRequest } from './metric-data-query.ts';

type Lookup = {
  readonly expressionOf: (id: string) => Expression | undefined;
  readonly metricOf: (id: string) => MetricRequest | undefined;
};

export type BandIssue = { readonly at: number; readonly message: string };

/** What a band cannot be made of (user guide, "Anomaly detection on metric math"). */
export function checkBands(expression: Expression, lookup: Lookup): readonly BandIssue[] {
  const issues: BandIssue[] = [];
  const bands: Extract<Expression, { kind: 'call' }>[] = [];
  forEachNode(expression, (node) => {
    if (node.kind === 'call' && node.name === 'ANOMALY_DETECTION_BAND') bands.push(node);
  });
  const [, second] = bands;
  if (second) issues.push({ at: second.at, message: 'an expression has one ANOMALY_DETECTION_BAND' });
  for (const { arguments: given, at } of bands) {
    const [argument] = given;
    if (argument) issues.push(...problemsOf(argument, lookup).map((message) => ({ at, message: `a band ${message}` })));
  }
  return issues.map(({ at, message }) => ({ at, message: `${message} (at character ${at + 1})` }));
}

function problemsOf(argument: Expression, { expressionOf, metricOf }: Lookup): readonly string[] {
  const seen = new Set<string>();
  const functions = new Set<string>();
  const periods = new Set<number>();
  const look = (expression: Expression): void =>
    forEachNode(expression, (node) => {
      if (node.kind === 'call') functions.add(node.name);
      if (node.kind !== 'reference' || seen.has(node.id)) return;
      seen.add(node.id);
      const metric = metricOf(node.id);
      if (metric) periods.add(metric.periodSeconds);
      const inner = expressionOf(node.id);
      if (inner) look(inner);
    });
  look(argument);
  const refused = ['METRICS', 'SEARCH', 'ANOMALY_DETECTION_BAND'].filter((name) => functions.has(name));
  const problems = refused.map((name) => `is not made of ${name}: give it one metric, or math on metrics by their Id`);
  if (seen.size > 10) problems.push(`is made of 10 metrics and expressions at most, not ${seen.size}`);
  if (periods.size > 1) problems.push(`is made of metrics with one period, not ${[...periods].join(' and ')} seconds`);
  if ([...periods].some((period) => period < 60))
    problems.push('is made of metrics with a period of 60 seconds or more');
  return problems;
}
