import type { Load, Run } from './figures.ts';
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

/**
 * What a variant costs more than a bare handler: the least of each over the rounds, as other programs on the machine
 * only ever add to a figure.
 */
export function overBare(
  runs: ReadonlyMap<string, readonly Run[]>,
  name: string,
  bare: string,
  figure: 'initMs' | 'firstMs' | 'cpuMicros',
): number {
  const least = (of: string) => Math.min(...(runs.get(of) ?? []).map((run) => run[figure]));
  return least(name) - least(bare);
}
