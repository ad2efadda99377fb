import { applyLocally } from '../monitoring/apply-locally.ts';
import { demoPlan } from '../monitoring/demo-plan.ts';
import { storyMinutes } from './chapters.ts';
import { type StoryCloud, startStoryCloud } from './cloud.ts';
import { playStory } from './play-story.ts';
import { storyTeller } from './tell-story.ts';
import { viewStory } from './view-story.ts';

const PERIOD_MS = 300_000;

export type RunStoryOptions = {
  readonly seed: number;
  readonly write: (line: string) => void;
  /** Milliseconds that a minute of the story lasts at least; 0: as fast as it can. */
  readonly minuteMs: number;
  readonly signal?: AbortSignal;
  /** Told where the dashboards can be looked at; they can until this resolves, after the story has ended. */
  readonly onView?: (url: string) => Promise<void>;
};

/** Applies the plan to an emulator, plays the story in it, and gives back the promises that were not kept. */
export async function runStory(options: RunStoryOptions): Promise<readonly string[]> {
  // It ends about now, and begins where periods begin, so that it is the same story at any time of day.
  const begin = Date.now() - storyMinutes * 60_000;
  const cloud = await startStoryCloud(options.seed, Math.floor(begin / PERIOD_MS) * PERIOD_MS);
  try {
    return await tellIn(cloud, options);
  } finally {
    await cloud.stop();
  }
}

async function tellIn(cloud: StoryCloud, options: RunStoryOptions): Promise<readonly string[]> {
  const { write, minuteMs, signal, onView } = options;
  const { resources, complete } = await applyLocally(demoPlan, cloud.emulator);
  const missing = resources.filter(({ outcome }) => outcome === 'failed' || outcome === 'lacking');
  write(
    `${resources.length} resources of the plan are in the emulator: dashboards, alarms, trace groups, queries, a topic.`,
  );
  const viewer = onView && (await viewStory(cloud));
  const viewed = viewer && onView?.(viewer.url);
  const kept = await playStory({
    cloud,
    tell: storyTeller(write),
    pause: () => new Promise((resolve) => setTimeout(resolve, minuteMs)),
    ...(signal && { signal }),
  });
  await viewed;
  await viewer?.stop();
  return [
    ...(complete ? [] : missing.map(({ type, name }) => `${type} ${name} is not there`)),
    ...kept.flatMap(({ promise, problem }) => (problem === undefined ? [] : [`${promise}: ${problem}`])),
  ];
}
