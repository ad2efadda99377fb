import {
  createRuleTally,
  parseInsightRule,
  RULE_METRICS,
  type RuleTally,
  ruleMetricPoints,
} from '@voice-campaign/cloudwatch-engine/contributors';
import type { OutsideData } from '@voice-campaign/cloudwatch-engine/math';
import type { StoredLogEvent } from '../logs/log-store.ts';
import type { Persistent } from '../state/journal.ts';

/** A rule as it was put; `since` is when it began to count, epoch milliseconds. */
export type StoredRule = {
  readonly name: string;
  readonly definition: string;
  readonly enabled: boolean;
  readonly since: number;
  readonly tags: Readonly<Record<string, string>>;
};

type InsightsEvent =
  | { readonly kind: 'rule'; readonly rule: StoredRule }
  | { readonly kind: 'rule-deleted'; readonly name: string };

/** Contributor Insights rules, and what they counted. */
export type InsightRules = Persistent<InsightsEvent> & {
  /** By name. */
  readonly rules: ReadonlyMap<string, StoredRule>;
  readonly tallyOf: (name: string) => RuleTally | undefined;
  /** Counts a log event for the rules that are enabled. */
  readonly take: (event: StoredLogEvent) => void;
  /** What metric math asks of rules. */
  readonly outside: OutsideData;
};

export const createInsightRules = (): InsightRules => {
  const rules = new Map<string, StoredRule>();
  const tallies = new Map<string, RuleTally>();
  const put = (rule: StoredRule): void => {
    const before = rules.get(rule.name);
    rules.set(rule.name, rule);
    if (before?.definition === rule.definition) return;
    const parsed = parseInsightRule(rule.definition);
    // It was valid when it was put: another version of the rules would say otherwise.
    if (!parsed.ok) throw new Error(parsed.issues[0]?.message ?? rule.name);
    tallies.set(rule.name, createRuleTally(parsed.rule));
  };
  return {
    name: 'insight-rules',
    rules,
    tallyOf: (name) => tallies.get(name),
    take: (event) => {
      for (const { name, enabled, since } of rules.values()) {
        if (enabled && event.ingestedAt >= since) tallies.get(name)?.add(event);
      }
    },
    outside: {
      insightRuleMetric: ({ rule, metric, ...query }) => {
        const tally = tallies.get(rule);
        const known = RULE_METRICS.find((each) => each === metric);
        return tally === undefined || known === undefined ? undefined : ruleMetricPoints(tally, known, query);
      },
    },
    apply: (event) => {
      if (event.kind === 'rule') {
        put(event.rule);
        return;
      }
      rules.delete(event.name);
      tallies.delete(event.name);
    },
    *events() {
      for (const rule of rules.values()) yield { kind: 'rule', rule };
    },
    reset: () => {
      rules.clear();
      tallies.clear();
    },
  };
};
