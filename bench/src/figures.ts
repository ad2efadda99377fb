/** How often the child works: invocations beyond the first that are not measured, then those that are. */
export type Load = { readonly warmUp: number; readonly measured: number };

/** What one process says of itself: times in milliseconds, CPU (user and system) in microseconds an invocation. */
export type Figures = {
  readonly initMs: number;
  readonly firstMs: number;
  readonly cpuMicros: number;
  readonly rssMb: number;
};

/** One process as seen from both sides. */
export type Run = Figures & { readonly datagrams: number; readonly stdoutBytes: number };

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
