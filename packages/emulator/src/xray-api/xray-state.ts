import type { Persistent } from '../state/journal.ts';

/** A sampling rule in X-Ray's own shape (API reference, SamplingRule). */
export type SamplingRule = {
  readonly RuleName: string;
  readonly RuleARN: string;
  readonly ResourceARN: string;
  /** 1 to 9999, the lowest first; 10000 for the default rule. */
  readonly Priority: number;
  /** 0 to 1, of the requests beyond the reservoir. */
  readonly FixedRate: number;
  /** Requests a second. */
  readonly ReservoirSize: number;
  readonly ServiceName: string;
  readonly ServiceType: string;
  readonly Host: string;
  readonly HTTPMethod: string;
  readonly URLPath: string;
  readonly Version: 1;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly SamplingRateBoost?: { readonly MaxRate: number; readonly CooldownWindowMinutes: number };
};

/** Instants in epoch milliseconds. */
export type SamplingRuleRecord = {
  readonly rule: SamplingRule;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly tags: Readonly<Record<string, string>>;
};

export type TraceGroup = {
  readonly name: string;
  readonly arn: string;
  readonly filterExpression: string;
  readonly insightsEnabled: boolean;
  readonly notificationsEnabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
};

export type XrayEvent =
  | { readonly kind: 'group'; readonly group: TraceGroup }
  | { readonly kind: 'group-deleted'; readonly arn: string }
  | { readonly kind: 'rule'; readonly record: SamplingRuleRecord }
  | { readonly kind: 'rule-deleted'; readonly arn: string };

export type XrayState = Persistent<XrayEvent> & {
  /** By ARN. */
  readonly groups: ReadonlyMap<string, TraceGroup>;
  /** By ARN, the default rule among them. */
  readonly rules: ReadonlyMap<string, SamplingRuleRecord>;
};

/** Every account's own rule, which can be changed and not deleted: the first request of each second, and 5 % of the others. */
const defaultRule = (arnPrefix: string): SamplingRuleRecord => ({
  rule: {
    RuleName: 'Default',
    RuleARN: `${arnPrefix}:sampling-rule/Default`,
    ResourceARN: '*',
    Priority: 10_000,
    FixedRate: 0.05,
    ReservoirSize: 1,
    ServiceName: '*',
    ServiceType: '*',
    Host: '*',
    HTTPMethod: '*',
    URLPath: '*',
    Version: 1,
    Attributes: {},
  },
  createdAt: 0,
  modifiedAt: 0,
  tags: {},
});

/** Groups and sampling rules; `arnPrefix` is `arn:aws:xray:<region>:<account>`. */
export const createXrayState = (arnPrefix: string): XrayState => {
  const groups = new Map<string, TraceGroup>();
  const rules = new Map<string, SamplingRuleRecord>();
  const reset = (): void => {
    const byDefault = defaultRule(arnPrefix);
    groups.clear();
    rules.clear();
    rules.set(byDefault.rule.RuleARN, byDefault);
  };
  reset();
  return {
    name: 'xray',
    groups,
    rules,
    apply: (event) => {
      switch (event.kind) {
        case 'group':
          groups.set(event.group.arn, event.group);
          return;
        case 'group-deleted':
          groups.delete(event.arn);
          return;
        case 'rule':
          rules.set(event.record.rule.RuleARN, event.record);
          return;
        case 'rule-deleted':
          rules.delete(event.arn);
      }
    },
    reset,
    *events() {
      for (const group of groups.values()) yield { kind: 'group', group };
      for (const record of rules.values()) yield { kind: 'rule', record };
    },
  };
};
