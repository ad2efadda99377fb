export { createAlarmMath } from './math/alarm-math.ts';
export type { OutsideData } from './math/evaluate/environment.ts';
export { type CompiledQueries, type CompileOptions, compileQueries } from './math/query/compile-queries.ts';
export {
  type EvaluatedQueries,
  type EvaluateOptions,
  evaluatePlan,
  evaluateQueries,
  type QueryResult,
} from './math/query/evaluate-queries.ts';
export { type ExpressionReads, expressionReads, type SearchRead } from './math/query/expression-reads.ts';
export type { MetricDataQueryInput } from './math/query/metric-data-query.ts';
export type { MathPlan, QueryIssue } from './math/query/plan.ts';
export { DEFAULT_MATH_SETTINGS, type MathSettings } from './math/settings.ts';
export {
  type BinaryOperator,
  DEFAULT_SYNTAX,
  type Expression,
  type SyntaxSettings,
} from './math/syntax/expression.ts';
export { parseExpression } from './math/syntax/parse-expression.ts';
export type { Parsed, SyntaxIssue } from './math/syntax/parse-failure.ts';
export { printExpression } from './math/syntax/print-expression.ts';
