import { checkExpression } from './check/check-expression.ts';
import { FUNCTIONS, type FunctionName, type Signature } from './check/function-table.ts';
import type { MathPlan } from './query/plan.ts';
import type { MathSettings } from './settings.ts';
import type { Expression } from './syntax/expression.ts';
import { forEachNode } from './syntax/nodes.ts';

/** Functions whose values change with what else is in the time asked for, whatever their arguments. */
const LOOK_AROUND: readonly FunctionName[] = [
  'DIFF',
  'DIFF_TIME',
  'RATE',
  'REMOVE_EMPTY',
  'RUNNING_SUM',
  'SEARCH',
  'SORT',
];

/**
 * Whether every value is the same in whatever range of time it is asked for, so that one reading of a long range holds
 * for all ranges in it. A band is: it looks at what came before, the same for each range.
 */
export function isPointwise({ queries, settings }: MathPlan): boolean {
  return [...queries.values()].every(({ body }) => {
    if (body.kind === 'insights') return false;
    if (body.kind === 'metric') return true;
    let holds = true;
    forEachNode(body.expression, (node) => {
      if (node.kind === 'call') holds &&= isPointwiseCall(node, queries, settings);
    });
    return holds;
  });
}

function isPointwiseCall(
  { name, arguments: given }: Extract<Expression, { kind: 'call' }>,
  queries: MathPlan['queries'],
  { fillOfEmpty }: MathSettings,
): boolean {
  const called = name as FunctionName;
  if (LOOK_AROUND.includes(called)) return false;
  if (called === 'FILL') return given[1]?.kind !== 'keyword' && fillOfEmpty === 'fill';
  const { returns }: Signature = FUNCTIONS[called];
  const [first] = given;
  if (returns !== 'reduced' || first === undefined) return true;
  const kindOf = (id: string) => queries.get(id)?.kind;
  return checkExpression(first, { kindOf, ids: [], checkTexts: () => [] }).kind === 'array';
}
