export type { InsightRule, RuleFilter } from './contributors/insight-rule.ts';
export { printInsightRule } from './contributors/insight-rule.ts';
export type { InsightRuleIssue } from './contributors/json-shape.ts';
export { type ParsedInsightRule, parseInsightRule } from './contributors/parse-insight-rule.ts';
export {
  RULE_METRICS,
  type RuleMetric,
  type RuleQuery,
  type RuleReport,
  ruleMetricPoints,
  ruleReport,
} from './contributors/rule-report.ts';
export { createRuleTally, type RuleTally, type RuleTallyOptions } from './contributors/rule-tally.ts';
