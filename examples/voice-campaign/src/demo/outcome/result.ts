import type { FunctionActivity } from '../activity.ts';
import type { Comparison } from './compare.ts';
import type { ExampleCall } from './example-call.ts';

export type DemoResult = {
  readonly contacts: number;
  readonly seed: number;
  readonly comparison: Comparison;
  /** From the first dispatch until the last call was completed. */
  readonly seconds: number;
  readonly functions: readonly FunctionActivity[];
  /** How many were recorded. */
  readonly traces: number;
  readonly example?: ExampleCall;
  /** What the flags did to the run, in the order it happened. */
  readonly faults: readonly string[];
  /** Everything that is not as it should be, counts first; empty for a good run. */
  readonly problems: readonly string[];
};

/** A sentence for each count that differs, and for each rule of the counts that is broken. */
export function countProblems({ rows, unaccounted }: Comparison): readonly string[] {
  const differing = rows
    .filter(({ differs }) => differs)
    .map(({ metric, reported, duplicated, truth }) => `${metric}: ${reported - duplicated} reported, ${truth} true`);
  return unaccounted === 0 ? differing : [...differing, `${unaccounted} of TotalCalls have no outcome or several`];
}
