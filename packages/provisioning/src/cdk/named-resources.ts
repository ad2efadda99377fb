import { Fn, Token } from 'aws-cdk-lib';

/** Names in a plan that stand for names which are known only when the stack is deployed. */
export type Placeholders = ReadonlyMap<string, string>;

/** The names of constructs by their keys, and what stands for those that are not known yet. */
export const namedResources = (
  prefix: string,
  constructs: Readonly<Record<string, string>>,
): { readonly names: readonly string[]; readonly placeholders: Placeholders } => {
  const placeholders = new Map<string, string>();
  const names = Object.entries(constructs).map(([key, name]) => {
    if (!Token.isUnresolved(name)) return name;
    const placeholder = `${prefix}-${key}`;
    placeholders.set(placeholder, name);
    return placeholder;
  });
  return { names, placeholders };
};

/** A value of a template with every placeholder, whole or inside of text, replaced. */
export const withNames = (value: unknown, placeholders: Placeholders): unknown => {
  if (placeholders.size === 0) return value;
  const pattern = new RegExp(`(?<![\\w-])(${[...placeholders.keys()].join('|')})(?![\\w-])`, 'g');
  const named = (each: unknown): unknown => {
    if (typeof each === 'string') return each.replace(pattern, (name) => placeholders.get(name) ?? name);
    if (Array.isArray(each)) return each.map(named);
    if (typeof each !== 'object' || each === null) return each;
    const { 'Fn::Sub': text } = each as { readonly 'Fn::Sub'?: unknown };
    if (typeof text === 'string') return substituted(text, pattern, placeholders);
    return Object.fromEntries(Object.entries(each).map(([key, member]) => [key, named(member)]));
  };
  return named(value);
};

/** The text of Fn::Sub holds no functions: names come into it as variables. */
const substituted = (text: string, pattern: RegExp, placeholders: Placeholders): unknown => {
  const variables: Record<string, string> = {};
  const ids = [...placeholders.keys()];
  const body = text.replace(pattern, (name) => {
    const id = `Name${ids.indexOf(name)}`;
    variables[id] = placeholders.get(name) ?? name;
    return `\${${id}}`;
  });
  return Object.keys(variables).length === 0 ? { 'Fn::Sub': text } : Fn.sub(body, variables);
};
