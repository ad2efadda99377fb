import type { Selector, Step } from './filter-pattern.ts';
import { FilterPatternError, type PatternReader, skipSpace, takeMatch, unexpected } from './pattern-reader.ts';

/** `$.member`, `$[0]`, `$['member']`, `$.*`, `$[*]` and chains of them. */
export const readSelector = (reader: PatternReader): Selector => {
  skipSpace(reader);
  const from = reader.at;
  if (reader.text[from] !== '$') throw unexpected(reader, 'a property selector, which begins with $.');
  reader.at += 1;
  const path: Step[] = [];
  for (let step = readStep(reader); step !== undefined; step = readStep(reader)) path.push(step);
  if (path.filter(isAny).length > 1) {
    throw new FilterPatternError(
      'Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard allowed per json selector.',
      from,
    );
  }
  if (path.length === 0) throw new FilterPatternError('$ is not followed by .member or [index]', from);
  return path;
};

export const isAny = (step: Step): step is { readonly any: true } => typeof step === 'object';

const readStep = (reader: PatternReader): Step | undefined => {
  const from = reader.at;
  if (takeMatch(reader, /\.\*|\.?\[\*\]/y) !== undefined) return { any: true };
  const member = takeMatch(reader, /\.[^\s.[\]"'%(){},=<>!&|$*]+/y);
  if (member !== undefined) return member.slice(1);
  const index = takeMatch(reader, /\.?\[\d{1,9}\]/y);
  if (index !== undefined) return Number(index.replace(/[.[\]]/g, ''));
  const quoted = takeMatch(reader, /\.?\[(?:'[^'\]]+'|"[^"\]]+")\]/y);
  if (quoted !== undefined) return quoted.slice(quoted.indexOf('[') + 2, -2);
  if (reader.text[from] === '.' || reader.text[from] === '[') {
    throw unexpected(reader, ".member, [index], ['member'] or [*]");
  }
  return undefined;
};

/** The selector as it is written; the same for every way to write it. */
export const printSelector = (selector: Selector): string =>
  `$${selector
    .map((step) => {
      if (isAny(step)) return '[*]';
      if (typeof step === 'number') return `[${step}]`;
      return /^[^\s.[\]"'%(){},=<>!&|$*]+$/.test(step)
        ? `.${step}`
        : `[${step.includes("'") ? `"${step}"` : `'${step}'`}]`;
    })
    .join('')}`;

/** All that the selector points to. */
export const select = (event: unknown, selector: Selector): readonly unknown[] => {
  let found: readonly unknown[] = [event];
  for (const step of selector) found = found.flatMap((each) => childrenOf(each, step));
  return found;
};

const childrenOf = (parent: unknown, step: Step): readonly unknown[] => {
  if (typeof parent !== 'object' || parent === null) return [];
  if (isAny(step)) return Object.values(parent);
  if (Array.isArray(parent) !== (typeof step === 'number') || !Object.hasOwn(parent, step)) return [];
  return [(parent as Readonly<Record<string | number, unknown>>)[step]];
};
