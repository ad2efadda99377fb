import type { Selector } from './filter-pattern.ts';
import { FilterPatternError, type PatternReader, skipSpace, takeMatch, unexpected } from './pattern-reader.ts';

/** `$.member`, `$[0]`, `$['member']` and chains of them. */
export const readSelector = (reader: PatternReader): Selector => {
  skipSpace(reader);
  const from = reader.at;
  if (reader.text[from] !== '$') throw unexpected(reader, 'a property selector, which begins with $.');
  reader.at += 1;
  const path: (string | number)[] = [];
  for (let step = readStep(reader); step !== undefined; step = readStep(reader)) path.push(step);
  if (path.length === 0) throw new FilterPatternError('$ is not followed by .member or [index]', from);
  return path;
};

const readStep = (reader: PatternReader): string | number | undefined => {
  const from = reader.at;
  const member = takeMatch(reader, /\.[^\s.[\]"'%(){},=<>!&|$*]+/y);
  if (member !== undefined) return member.slice(1);
  const index = takeMatch(reader, /\.?\[\d{1,9}\]/y);
  if (index !== undefined) return Number(index.replace(/[.[\]]/g, ''));
  const quoted = takeMatch(reader, /\.?\[(?:'[^'\]]+'|"[^"\]]+")\]/y);
  if (quoted !== undefined) return quoted.slice(quoted.indexOf('[') + 2, -2);
  if (reader.text[from] === '.' || reader.text[from] === '[') {
    throw unexpected(reader, ".member, [index] or ['member']");
  }
  return undefined;
};

/** The selector as it is written; the same for every way to write it. */
export const printSelector = (selector: Selector): string =>
  `$${selector
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^[^\s.[\]"'%(){},=<>!&|$*]+$/.test(step)
        ? `.${step}`
        : `[${step.includes("'") ? `"${step}"` : `'${step}'`}]`;
    })
    .join('')}`;

/** What the selector points to; `undefined` where nothing is there. */
export const select = (event: unknown, selector: Selector): unknown => {
  let found = event;
  for (const step of selector) {
    if (typeof found !== 'object' || found === null) return undefined;
    if (Array.isArray(found) !== (typeof step === 'number')) return undefined;
    if (!Object.hasOwn(found, step)) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[step];
  }
  return found;
};
