import type { Random } from './trace-ids.ts';

/**
 * How requests are sampled that nobody upstream has decided on. `all`: every one. `lambda`: the first of each second
 * and 5 % of the others (Lambda Developer Guide, "Visualize Lambda function invocations using AWS X-Ray"), counted for
 * each function or API stage by itself, which AWS does not state.
 */
export type Sampling = 'all' | 'lambda';

export type Sampler = (
  /** What the rate is counted for: a function or a stage. */
  key: string,
) => boolean;

const fixedRate = 0.05;

/** A sampler that depends on nothing but its arguments; `now` is epoch milliseconds. */
export const createSampler = (sampling: Sampling, { now, random }: { now: () => number; random: Random }): Sampler => {
  const lastSecond = new Map<string, number>();
  return (key) => {
    if (sampling === 'all') return true;
    const second = Math.floor(now() / 1000);
    if (lastSecond.get(key) !== second) {
      lastSecond.set(key, second);
      return true;
    }
    return random() < fixedRate;
  };
};
