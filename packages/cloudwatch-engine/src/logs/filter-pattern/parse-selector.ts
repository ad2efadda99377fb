import type { Selector } from './filter-pattern.ts';
import { FilterPatternError, type PatternReader } from './pattern-reader.ts';
import { isAny, readSelector } from './read-selector.ts';

/** The selector of one value that `text` is as a whole; `undefined` where it is none. */
export const parseSelector = (text: string): Selector | undefined => {
  const reader: PatternReader = { text, at: 0, regexes: 0, wildcards: 0, depth: 0 };
  try {
    const selector = readSelector(reader);
    return reader.at === text.length && !selector.some(isAny) ? selector : undefined;
  } catch (error) {
    if (error instanceof FilterPatternError) return undefined;
    throw error;
  }
};
