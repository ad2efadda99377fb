export type { FilterPattern } from './logs/filter-pattern/filter-pattern.ts';
export { type FilterMatch, matchFilterPattern } from './logs/filter-pattern/match-filter-pattern.ts';
export { parseFilterPattern } from './logs/filter-pattern/parse-filter-pattern.ts';
export { FilterPatternError } from './logs/filter-pattern/pattern-reader.ts';
export { printFilterPattern } from './logs/filter-pattern/print-filter-pattern.ts';
