/** A rule of Contributor Insights (user guide, "Contributor Insights rule syntax"). */
export type InsightRule = {
  readonly logFormat: 'JSON' | 'CLF';
  /** Names of log groups, `*` at the end for all with that beginning. */
  readonly logGroupNames: readonly string[];
  /** Of CLF: what the fields, from 1 on, are called in the rule. */
  readonly fields: Readonly<Record<string, string>>;
  /** Whose values together make a contributor. */
  readonly keys: readonly string[];
  /** The field whose numbers are added up; without it, every event counts 1. */
  readonly valueField?: string;
  /** All of them hold. */
  readonly filters: readonly RuleFilter[];
  readonly aggregateOn: 'Count' | 'Sum';
};

export type RuleFilter = { readonly match: string } & (
  | { readonly operator: 'In' | 'NotIn' | 'StartsWith'; readonly values: readonly string[] }
  | { readonly operator: 'GreaterThan' | 'LessThan' | 'EqualTo' | 'NotEqualTo'; readonly value: number }
  | { readonly operator: 'IsPresent'; readonly present: boolean }
);

/** The rule as PutInsightRule takes it; `parseInsightRule` reads it back. */
export function printInsightRule(rule: InsightRule): string {
  const { logFormat, logGroupNames, fields, keys, valueField, filters, aggregateOn } = rule;
  return JSON.stringify({
    Schema: { Name: 'CloudWatchLogRule', Version: 1 },
    LogGroupNames: logGroupNames,
    LogFormat: logFormat,
    ...(Object.keys(fields).length > 0 ? { Fields: fields } : {}),
    Contribution: {
      Keys: keys,
      ...(valueField === undefined ? {} : { ValueOf: valueField }),
      Filters: filters.map((filter) => ({ Match: filter.match, [filter.operator]: operandOf(filter) })),
    },
    AggregateOn: aggregateOn,
  });
}

function operandOf(filter: RuleFilter): readonly string[] | number | boolean {
  switch (filter.operator) {
    case 'In':
    case 'NotIn':
    case 'StartsWith':
      return filter.values;
    case 'GreaterThan':
    case 'LessThan':
    case 'EqualTo':
    case 'NotEqualTo':
      return filter.value;
    case 'IsPresent':
      return filter.present;
  }
}

/** Whether a rule looks at the events of a log group. */
export function watchesLogGroup({ logGroupNames }: InsightRule, logGroup: string): boolean {
  return logGroupNames.some((name) =>
    name.endsWith('*') ? logGroup.startsWith(name.slice(0, -1)) : logGroup === name,
  );
}
