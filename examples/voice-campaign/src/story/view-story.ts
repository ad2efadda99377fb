import type { Emulator } from '@voice-campaign/emulator';
import { estimateCost } from '@voice-campaign/provisioning/cost';
import { emulatorSource, planViewOf, startViewer, type Viewer } from '@voice-campaign/viewer';
import { applyLocally } from '../monitoring/apply-locally.ts';
import { campaignMonitoring } from '../monitoring/campaign-monitoring.ts';
import { demoPlan } from '../monitoring/demo-plan.ts';
import type { StoryCloud } from './cloud.ts';

const CALLS_A_MONTH = 10_000_000;

/** Serves the dashboards of the story in a browser, with what they would cost on AWS. */
export function viewStory({ emulator, clock }: StoryCloud): Promise<Viewer> {
  return startViewer({ source: emulatorSource(emulator, { now: clock.now, plan: () => planView(emulator) }) });
}

async function planView(emulator: Emulator) {
  const estimate = estimateCost(demoPlan, campaignMonitoring.contract, { callsPerMonth: CALLS_A_MONTH });
  const { resources } = await applyLocally(demoPlan, emulator, { dryRun: true });
  const assumptions = [`${CALLS_A_MONTH.toLocaleString('en-US')} calls a month`];
  return planViewOf(estimate, resources, { checkedAt: Date.now() / 1000, assumptions });
}
