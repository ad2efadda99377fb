import { type Load, median, type Run } from './figures.ts';
import { type Place, runVariant } from './run-variant.ts';

export type Task = { readonly name: string; readonly file: string; readonly sampled: boolean; readonly load: Load };

/**
 * Runs each task once a round, in another order each time, so that what else the machine does meets all alike.
 * Gives back the runs by name, one for each round.
 */
export async function measureInTurn(
  place: Place,
  tasks: readonly Task[],
  rounds: number,
  progress: (done: string) => void,
): Promise<ReadonlyMap<string, readonly Run[]>> {
  const runs = new Map<string, Run[]>(tasks.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, file, load, sampled } of shuffled(tasks)) {
      runs.get(name)?.push(await runVariant(place, file, load, sampled));
    }
    progress(`${round}/${rounds}`);
  }
  return runs;
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

/** The median over the rounds of what a variant costs more than a bare handler did in the same round. */
export function overBare(
  runs: ReadonlyMap<string, readonly Run[]>,
  name: string,
  bare: string,
  figure: 'initMs' | 'firstMs' | 'cpuMicros',
): number {
  const base = runs.get(bare) ?? [];
  return median((runs.get(name) ?? []).map((run, round) => run[figure] - (base[round]?.[figure] ?? Number.NaN)));
}
