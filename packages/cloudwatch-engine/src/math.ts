export {
  type BinaryOperator,
  DEFAULT_SYNTAX,
  type Expression,
  type SyntaxSettings,
} from './math/syntax/expression.ts';
export { parseExpression } from './math/syntax/parse-expression.ts';
export type { Parsed, SyntaxIssue } from './math/syntax/parse-failure.ts';
export { printExpression } from './math/syntax/print-expression.ts';
