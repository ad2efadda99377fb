import type { LinearRegex } from '../../linear-regex.ts';

/** A text to look for, or an expression between percent signs. */
export type Term =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string; readonly regex: LinearRegex };

/** A member by name, an array element by index, or any member or element. */
export type Step = string | number | { readonly any: true };

/** The way from the event's root. */
export type Selector = readonly Step[];

/** `*` in a text stands for any characters. A number that was written without quotes is one of both. */
export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string; readonly regex: LinearRegex };

export const operators = ['=', '!=', '<=', '>=', '<', '>'] as const;
type Operator = (typeof operators)[number];

export type Comparison = { readonly kind: 'compare'; readonly operator: Operator; readonly value: Value };

/** What `Leaf` asks, and `&&`, which binds closer than `||`. */
export type Condition<Leaf> =
  | Leaf
  | {
      readonly kind: 'and' | 'or';
      readonly left: Condition<Leaf>;
      readonly right: Condition<Leaf>;
    };

export type JsonLeaf = { readonly selector: Selector } & (
  | Comparison
  | { readonly kind: 'is'; readonly what: 'NULL' | 'TRUE' | 'FALSE' }
  | { readonly kind: 'not-exists' }
);

export type DelimitedField = {
  readonly name: string;
  readonly condition?: Condition<Comparison>;
};

/** A filter pattern of CloudWatch Logs (user guide, Filter pattern syntax). */
export type FilterPattern =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'terms';
      readonly required: readonly Term[];
      /** One of these, where nothing is required or excluded; else the service ignores them. */
      readonly optional: readonly Term[];
      readonly excluded: readonly Term[];
    }
  | { readonly kind: 'json'; readonly condition: Condition<JsonLeaf> }
  | {
      readonly kind: 'delimited';
      readonly fields: readonly DelimitedField[];
      /** How many fields stand before `...`; absent without one. */
      readonly ellipsisAt?: number;
    };
