import type { Expression } from './expression.ts';

/** Every node of a tree, each before those in it. */
export function forEachNode(expression: Expression, visit: (node: Expression) => void): void {
  visit(expression);
  for (const child of childrenOf(expression)) forEachNode(child, visit);
}

function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'negate':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'array':
      return expression.items;
    case 'call':
      return expression.arguments;
    case 'number':
    case 'text':
    case 'reference':
    case 'keyword':
      return [];
  }
}
