import type { LinearRegex } from '../../../linear-regex.ts';

/** A period as it was written: `5m`, `1h`; months, quarters and years are of the calendar, in UTC. */
export type QueryPeriod =
  | { readonly unit: 'fixed'; readonly milliseconds: number; readonly text: string }
  | { readonly unit: 'months'; readonly months: number; readonly text: string };

export type RegexLiteral = { readonly kind: 'regex'; readonly source: string; readonly regex: LinearRegex };

export type BinaryOperator = 'or' | 'and' | '=' | '!=' | '<=' | '>=' | '<' | '>' | '+' | '-' | '*' | '/' | '%' | '^';

export type Expression =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'period'; readonly period: QueryPeriod }
  | { readonly kind: 'star' }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'member'; readonly operand: Expression; readonly path: readonly string[] }
  | { readonly kind: 'unary'; readonly operator: '-' | 'not'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'in';
      readonly negated: boolean;
      readonly operand: Expression;
      readonly list: readonly Expression[];
    }
  | {
      readonly kind: 'like';
      readonly negated: boolean;
      readonly operand: Expression;
      readonly pattern: RegexLiteral | { readonly kind: 'text'; readonly value: string };
    };

/** An expression and the name of its column: the alias, or the expression as it was written. */
export type NamedExpression = { readonly expression: Expression; readonly name: string };

/** How `parse` reads a text; `json` is the command of that name. */
export type ParsePattern =
  | (RegexLiteral & {
      /** A row for each match, not for the first alone. */
      readonly multi: boolean;
    })
  | { readonly kind: 'glob'; readonly text: string }
  | { readonly kind: 'logfmt' | 'csv' }
  | { readonly kind: 'json'; readonly path: string };

export type QueryCommand =
  | { readonly kind: 'fields' | 'display'; readonly items: readonly NamedExpression[] }
  | { readonly kind: 'filter'; readonly condition: Expression }
  | {
      readonly kind: 'parse';
      readonly source: Expression;
      readonly pattern: ParsePattern;
      /** Of a glob: one for each `*`. Of an expression: one for each group, or its named groups. */
      readonly names: readonly string[];
    }
  | {
      /** A record for each item of a list; `expand` also reads texts that are lists, and has the item in the list's place. */
      readonly kind: 'unnest' | 'expand';
      readonly field: string;
      readonly name: string;
    }
  | { readonly kind: 'stats'; readonly items: readonly NamedExpression[]; readonly by: readonly NamedExpression[] }
  | {
      readonly kind: 'sort';
      readonly keys: readonly { readonly expression: Expression; readonly descending: boolean }[];
    }
  | { readonly kind: 'limit'; readonly count: number }
  | { readonly kind: 'dedup'; readonly keys: readonly Expression[] };

/** A query of CloudWatch Logs Insights (user guide, Logs Insights QL). */
export type LogQuery = {
  /** Log groups of a `SOURCE` before the first `|`, as dashboards write it; empty without one. */
  readonly sources: readonly string[];
  readonly commands: readonly QueryCommand[];
};
