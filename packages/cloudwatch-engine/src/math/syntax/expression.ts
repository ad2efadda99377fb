/** Metric math as a tree (user guide, "Metric math syntax and functions"). `at` is the index of a character in its text. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  /** In quotes: an argument of METRICS, SEARCH and INSIGHT_RULE_METRIC. */
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  /** The Id of another query. */
  | { readonly kind: 'reference'; readonly id: string; readonly at: number }
  /** `REPEAT`, `DESC`: an argument of FILL and SORT. */
  | { readonly kind: 'keyword'; readonly word: string; readonly at: number }
  | { readonly kind: 'array'; readonly items: readonly Expression[]; readonly at: number }
  | { readonly kind: 'negate'; readonly operand: Expression; readonly at: number }
  /** `at` is where the operator stands. */
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[]; readonly at: number };

/** `&&` reads as AND, `||` as OR. */
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | 'AND' | 'OR';
type ArithmeticOperator = '+' | '-' | '*' | '/' | '^';
type ComparisonOperator = '==' | '!=' | '<=' | '>=' | '<' | '>';

/**
 * Where operators bind, of which AWS documents nothing but that comparisons bind before AND and OR (its example). The
 * defaults are those of mathematics and of most languages.
 */
export type SyntaxSettings = {
  /** `2 ^ 3 ^ 2` is 512 from the `right` and 64 from the `left`. Default `right`. */
  readonly powerAssociativity: 'right' | 'left';
  /** Whether `-m1 ^ 2` negates the square (`after-power`, the default) or squares the negative. */
  readonly negation: 'after-power' | 'before-power';
  /** Whether AND binds before OR (the default), or both are read in the order written. */
  readonly logic: 'and-first' | 'left-to-right';
};

export const DEFAULT_SYNTAX: SyntaxSettings = {
  powerAssociativity: 'right',
  negation: 'after-power',
  logic: 'and-first',
};

/** How tightly an operator binds: the higher, the tighter. */
export function bindingOf(operator: BinaryOperator, { logic }: SyntaxSettings): number {
  switch (operator) {
    case 'OR':
      return 1;
    case 'AND':
      return logic === 'and-first' ? 2 : 1;
    case '==':
    case '!=':
    case '<=':
    case '>=':
    case '<':
    case '>':
      return 3;
    case '+':
    case '-':
      return 4;
    case '*':
    case '/':
      return 5;
    case '^':
      return POWER;
  }
}

export const POWER = 6;
