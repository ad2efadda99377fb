import type { Campaign } from '../campaign/campaign.ts';
import { campaignOf } from '../demo/campaign-of.ts';
import type { Dispatched } from '../handlers/dispatcher.ts';
import { BURST_CALLS, type Chapter, chapters, ratesOf, storyMinutes } from './chapters.ts';
import type { StoryCloud } from './cloud.ts';
import { type Kept, keptPromises } from './promises.ts';

/** Calls that are begun in a minute of the story. */
const CALLS_A_MINUTE = 40;
const IDLE_LIMIT_MS = 60_000;

export type Told =
  | { readonly kind: 'chapter'; readonly chapter: Chapter; readonly number: number; readonly of: number }
  | { readonly kind: 'minute'; readonly minute: number; readonly of: number; readonly alarms: readonly string[] }
  | { readonly kind: 'kept'; readonly kept: readonly Kept[] };

export type StoryOptions = {
  readonly cloud: StoryCloud;
  /** Told of everything as it happens. */
  readonly tell: (told: Told) => void;
  /** Waits until a minute of the story may end; default: not at all. */
  readonly pause?: () => Promise<void>;
  /** Ends the story before its end. */
  readonly signal?: AbortSignal;
};

/** Plays every chapter, and says which of its promises were kept. */
export async function playStory({ cloud, tell, pause, signal }: StoryOptions): Promise<readonly Kept[]> {
  const campaign = storyCampaign();
  const all: Kept[] = [];
  for (const [index, chapter] of chapters.entries()) {
    tell({ kind: 'chapter', chapter, number: index + 1, of: chapters.length });
    const began = cloud.clock.now();
    cloud.simulator.setRates(ratesOf(chapter));
    await begin(chapter, cloud, campaign);
    for (let minute = 1; minute <= chapter.minutes; minute += 1) {
      if (signal?.aborted) return all;
      if (chapter.waits !== false) await dispatchMinute(cloud, campaign);
      await pause?.();
      await cloud.reportMinute();
      await cloud.clock.advance('1m');
      tell({ kind: 'minute', minute, of: chapter.minutes, alarms: inAlarm(cloud) });
    }
    // What alarms set off, such as the function that pauses campaigns, has ended before promises are looked at.
    if (chapter.waits !== false) await cloud.emulator.idle({ timeoutMs: IDLE_LIMIT_MS });
    const kept = await keptPromises(chapter, cloud, { campaignId: campaign.id, since: began });
    all.push(...kept);
    tell({ kind: 'kept', kept });
  }
  return all;
}

/** With enough contacts for every minute. */
function storyCampaign(): Campaign {
  return { ...campaignOf((storyMinutes + 10) * CALLS_A_MINUTE, CALLS_A_MINUTE), id: 'story' };
}

async function begin({ first }: Chapter, { emulator }: StoryCloud, campaign: Campaign): Promise<void> {
  if (first === 'burst') {
    const burst = { ...campaignOf(BURST_CALLS, BURST_CALLS), id: 'burst' };
    await dispatch(emulator, burst);
  }
  if (first === 'resume') {
    const response = await fetch(`${emulator.httpUrl}/campaigns/${campaign.id}/resume`, { method: 'POST' });
    if (!response.ok) throw new Error(`the campaign could not be resumed: ${response.status} ${await response.text()}`);
  }
}

async function dispatchMinute({ emulator }: StoryCloud, campaign: Campaign): Promise<void> {
  await dispatch(emulator, campaign);
  await emulator.idle({ timeoutMs: IDLE_LIMIT_MS });
}

async function dispatch(emulator: StoryCloud['emulator'], campaign: Campaign): Promise<Dispatched> {
  const { functionError, payload } = await emulator.invoke('dispatcher', { detail: campaign });
  if (functionError) throw new Error(`the dispatcher failed: ${payload}`);
  return JSON.parse(payload);
}

function inAlarm({ emulator }: StoryCloud): readonly string[] {
  return emulator.alarms().flatMap(({ name, state }) => (state.value === 'ALARM' ? [name] : []));
}
