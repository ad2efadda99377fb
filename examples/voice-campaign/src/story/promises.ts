import { PROJECT } from '../demo/deployment.ts';
import type { Chapter, Promised } from './chapters.ts';
import type { StoryCloud } from './cloud.ts';

/** A promise of a chapter, in words, and what was seen instead where it was not kept. */
export type Kept = { readonly promise: string; readonly problem?: string };

type During = {
  readonly campaignId: string;
  /** Epoch milliseconds of the story: mail that came before is of another chapter. */
  readonly since: number;
};

/** What became of each promise of a chapter, as it ends. */
export async function keptPromises(chapter: Chapter, cloud: StoryCloud, during: During): Promise<readonly Kept[]> {
  return Promise.all(
    chapter.promises.map(async (promised) => {
      const seen = await seenInstead(promised, cloud, during);
      const promise = inWords(promised);
      return seen === undefined ? { promise } : { promise, problem: seen };
    }),
  );
}

function inWords(promised: Promised): string {
  switch (promised.kind) {
    case 'alarm':
      return `the alarm ${promised.alarm} is ${promised.state}`;
    case 'mail':
      return `the mail came: ${promised.state}: ${promised.alarm}`;
    case 'campaign':
      return promised.paused ? 'the campaign is paused' : 'the campaign runs';
    case 'quiet':
      return 'no alarm is on';
  }
}

async function seenInstead(
  promised: Promised,
  { emulator, store }: StoryCloud,
  { campaignId, since }: During,
): Promise<string | undefined> {
  const isNamed = (name: string, alarm: string): boolean =>
    name.startsWith(`${PROJECT.project}-${PROJECT.environment}-`) && name.includes(`-${alarm}`);
  switch (promised.kind) {
    case 'alarm': {
      const states = emulator.alarms().filter(({ name }) => isNamed(name, promised.alarm));
      const isAny = states.some(({ state }) => state.value === promised.state);
      // Of an alarm for each queue one is enough to be on, and all must be over.
      const isAll = states.length > 0 && states.every(({ state }) => state.value === promised.state);
      if (promised.state === 'ALARM' ? isAny : isAll) return undefined;
      return (
        states.map(({ name, state }) => `${name} is ${state.value}: ${state.reason}`).join('; ') || 'no such alarm'
      );
    }
    case 'mail': {
      const subjects = emulator.mailbox().filter(({ at, protocol }) => at >= since && protocol === 'email');
      const found = subjects.some(
        ({ subject = '' }) =>
          subject.startsWith(`${promised.state}: "`) && isNamed(subject.split('"')[1] ?? '', promised.alarm),
      );
      return found ? undefined : `mail came about ${subjects.map(({ subject }) => subject).join('; ') || 'nothing'}`;
    }
    case 'campaign': {
      const progress = await store.progress(campaignId);
      const isPaused = progress?.pausedBecause !== undefined;
      return isPaused === promised.paused ? undefined : JSON.stringify(progress);
    }
    case 'quiet': {
      const on = emulator.alarms().filter(({ state }) => state.value === 'ALARM');
      return on.length === 0 ? undefined : on.map(({ name, state }) => `${name}: ${state.reason}`).join('; ');
    }
  }
}
