import { bindingOf, DEFAULT_SYNTAX, type Expression, POWER, type SyntaxSettings } from './expression.ts';

/** The expression with the parentheses that its tree needs; `parseExpression` reads the same tree back. */
export function printExpression(expression: Expression, syntax: SyntaxSettings = DEFAULT_SYNTAX): string {
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'text':
      return printText(expression.text);
    case 'reference':
      return expression.id;
    case 'keyword':
      return expression.word;
    case 'array':
      return `[${expression.items.map((item) => printExpression(item, syntax)).join(', ')}]`;
    case 'call':
      return `${expression.name}(${expression.arguments.map((item) => printExpression(item, syntax)).join(', ')})`;
    case 'negate':
      return `-${printOperand(expression.operand, POWER + 1, syntax)}`;
    case 'binary': {
      const { operator, left, right } = expression;
      const binding = bindingOf(operator, syntax);
      const fromRight = operator === '^' && syntax.powerAssociativity === 'right';
      const before = printOperand(left, fromRight ? binding + 1 : binding, syntax);
      return `${before} ${operator} ${printOperand(right, fromRight ? binding : binding + 1, syntax)}`;
    }
  }
}

/** In parentheses where it binds less than it has to. */
function printOperand(expression: Expression, least: number, syntax: SyntaxSettings): string {
  const text = printExpression(expression, syntax);
  const isLoose =
    (expression.kind === 'binary' && bindingOf(expression.operator, syntax) < least) ||
    (expression.kind === 'negate' && least >= POWER);
  return isLoose ? `(${text})` : text;
}

/** In the quotes that the text has none of. */
function printText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return `${quote}${text.replaceAll(quote, `\\${quote}`)}${quote}`;
}
