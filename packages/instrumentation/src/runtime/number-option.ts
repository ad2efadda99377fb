/** Node runs a timer that is set for longer after 1 ms. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Options of numbers, as they are given; a `Number(process.env.…)` of what is not set is NaN. */
type Given = number | undefined;

/**
 * The number of an option, or what holds where none is given. One that is none (NaN), or is below `least`, counts as
 * not given: `refused` is told with the way out. A timer would take it for 1 ms, and a comparison for false.
 */
export function numberOption<T extends Given>(
  refused: (message: string) => void,
  name: string,
  given: Given,
  otherwise: T,
  least = 0,
): number | T {
  if (given === undefined) return otherwise;
  if (typeof given === 'number' && given >= least) return given;
  refused(`${name} is ${String(given)}, which is no number from ${least}: it counts as not given`);
  return otherwise;
}
