import { applyLocally } from '../monitoring/apply-locally.ts';
import { demoPlan } from '../monitoring/demo-plan.ts';
import { startStoryCloud } from './cloud.ts';
import { playStory } from './play-story.ts';
import { storyTeller } from './tell-story.ts';

const PERIOD_MS = 300_000;

export type RunStoryOptions = {
  readonly seed: number;
  readonly write: (line: string) => void;
  /** Milliseconds that a minute of the story lasts at least; 0: as fast as it can. */
  readonly minuteMs: number;
  readonly signal?: AbortSignal;
};

/** Applies the plan to an emulator, plays the story in it, and gives back the promises that were not kept. */
export async function runStory({ seed, write, minuteMs, signal }: RunStoryOptions): Promise<readonly string[]> {
  // Where periods begin, so that it is the same story at any time of day.
  const cloud = await startStoryCloud(seed, Math.floor(Date.now() / PERIOD_MS) * PERIOD_MS);
  try {
    const { resources, complete } = await applyLocally(demoPlan, cloud.emulator);
    write(
      `${resources.length} resources of the plan are in the emulator: dashboards, alarms, trace groups, queries, a topic.`,
    );
    const missing = resources.filter(({ outcome }) => outcome === 'failed' || outcome === 'lacking');
    const kept = await playStory({
      cloud,
      tell: storyTeller(write),
      pause: () => new Promise((resolve) => setTimeout(resolve, minuteMs)),
      ...(signal && { signal }),
    });
    return [
      ...(complete ? [] : missing.map(({ type, name }) => `${type} ${name} is not there`)),
      ...kept.flatMap(({ promise, problem }) => (problem === undefined ? [] : [`${promise}: ${problem}`])),
    ];
  } finally {
    await cloud.stop();
  }
}
