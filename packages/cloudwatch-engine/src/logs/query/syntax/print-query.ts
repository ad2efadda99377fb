import { isFieldName, printField, printMembers } from './field-name.ts';
import type { BinaryOperator, Expression, LogQuery, NamedExpression, QueryCommand } from './query.ts';

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const binding = (operator: BinaryOperator): number => {
  switch (operator) {
    case 'or':
      return 1;
    case 'and':
      return 2;
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return 4;
    case '+':
    case '-':
      return 5;
    case '*':
    case '/':
    case '%':
      return 6;
    case '^':
      return 7;
  }
};

/** The expression as text; what binds looser than `least` stands in brackets. */
export const printExpression = (expression: Expression, least = 0): string => {
  const bracketed = (own: number, text: string): string => (own < least ? `(${text})` : text);
  switch (expression.kind) {
    case 'field':
      return printField(expression.name);
    case 'number':
    case 'boolean':
      return String(expression.value);
    case 'text':
      return quoted(expression.value);
    case 'period':
      return expression.period.text;
    case 'star':
      return '*';
    case 'call':
      return `${expression.name}(${expression.args.map((arg) => printExpression(arg)).join(', ')})`;
    case 'member':
      return `${printExpression(expression.operand, 9)}${printMembers(expression.path)}`;
    case 'unary':
      if (expression.operator === 'not') return bracketed(3, `not ${printExpression(expression.operand, 3)}`);
      return bracketed(8, `-${printExpression(expression.operand, 8)}`);
    case 'binary': {
      const own = binding(expression.operator);
      // Comparisons do not chain: both of their sides bind closer.
      const left = printExpression(expression.left, own === 4 ? 5 : own);
      return bracketed(own, `${left} ${expression.operator} ${printExpression(expression.right, own + 1)}`);
    }
    case 'in': {
      const list = expression.list.map((each) => printExpression(each)).join(', ');
      return bracketed(4, `${printExpression(expression.operand, 5)}${expression.negated ? ' not' : ''} in [${list}]`);
    }
    case 'like': {
      const { pattern } = expression;
      const text = pattern.kind === 'regex' ? `/${pattern.source}/` : quoted(pattern.value);
      return bracketed(4, `${printExpression(expression.operand, 5)}${expression.negated ? ' not' : ''} like ${text}`);
    }
  }
};

const printNamed = ({ expression, name }: NamedExpression): string => {
  const text = printExpression(expression);
  const isItsName = expression.kind === 'field' ? expression.name === name : text === name;
  if (isItsName) return text;
  // What it was written as names it; between backquotes there is no place for more of them.
  return name.includes('`') && !isFieldName(name) ? name : `${text} as ${printField(name)}`;
};

const list = (items: readonly NamedExpression[]): string => items.map(printNamed).join(', ');

const printParse = ({ source, pattern, names }: Extract<QueryCommand, { kind: 'parse' }>): string => {
  const text = printExpression(source, 9);
  const as = `as ${names.map(printField).join(', ')}`;
  switch (pattern.kind) {
    case 'glob':
      return `parse ${text} ${quoted(pattern.text)} ${as}`;
    case 'logfmt':
    case 'csv':
      return `parse ${text} ${pattern.kind} ${as}`;
    case 'json':
      return `json field=${text} ${quoted(pattern.path)} ${as}`;
    case 'regex': {
      const isOwn = names.join() === pattern.regex.groupNames.flatMap((name) => name ?? []).join();
      return `parse ${text} /${pattern.source}/${isOwn ? '' : ` ${as}`}${pattern.multi ? ' multi' : ''}`;
    }
  }
};

const printCommand = (command: QueryCommand): string => {
  switch (command.kind) {
    case 'fields':
    case 'display':
      return `${command.kind} ${list(command.items)}`;
    case 'filter':
      return `filter ${printExpression(command.condition)}`;
    case 'parse':
      return printParse(command);
    case 'unnest':
      return `unnest ${printField(command.field)} into ${printField(command.name)}`;
    case 'expand':
      return `expand ${printField(command.field)}`;
    case 'stats':
      return `stats ${list(command.items)}${command.by.length > 0 ? ` by ${list(command.by)}` : ''}`;
    case 'sort':
      return `sort ${command.keys
        .map(({ expression, descending }) => `${printExpression(expression)} ${descending ? 'desc' : 'asc'}`)
        .join(', ')}`;
    case 'limit':
      return `limit ${command.count}`;
    case 'dedup':
      return `dedup ${command.keys.map((key) => printExpression(key)).join(', ')}`;
  }
};

/** The query as text, one command a line; reading it gives the same query. */
export const printLogQuery = ({ sources, commands }: LogQuery): string =>
  [...sources.map((source) => `SOURCE ${quoted(source)}`), ...commands.map(printCommand)].join('\n| ');
