import type { Comparison } from './compare.ts';

/** What one function did during the run. */
export type FunctionActivity = {
  readonly name: string;
  readonly invocations: number;
  readonly errors: number;
  readonly coldStarts: number;
  /** Median init of its cold starts. */
  readonly initMs: number;
  /** Median of its invocations. */
  readonly durationMs: number;
};

/** One line of a drawn trace, indented by its depth. */
export type TraceLine = { readonly depth: number; readonly text: string; readonly durationMs?: number };

export type DemoResult = {
  readonly contacts: number;
  readonly seed: number;
  readonly comparison: Comparison;
  /** From the first dispatch until the last webhook was answered. */
  readonly seconds: number;
  readonly functions: readonly FunctionActivity[];
  readonly traces: {
    readonly count: number;
    readonly call?: { readonly callId: string; readonly lines: readonly TraceLine[] };
  };
  readonly examples: { readonly log?: string; readonly emf?: string };
  readonly emfLines: number;
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
