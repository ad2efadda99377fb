import type { Emulator } from '@voice-campaign/emulator';
import { estimateCost } from '@voice-campaign/provisioning/cost';
import { emulatorSource, startViewer, type Viewer } from '@voice-campaign/viewer';
import { applyLocally } from '../monitoring/apply-locally.ts';
import { campaignMonitoring } from '../monitoring/campaign-monitoring.ts';
import { demoPlan } from '../monitoring/demo-plan.ts';
import type { StoryCloud } from './cloud.ts';

const CALLS_A_MONTH = 10_000_000;

/** Serves the dashboards of the story in a browser, with what they would cost on AWS. */
export function viewStory({ emulator, clock }: StoryCloud): Promise<Viewer> {
  return startViewer({ source: emulatorSource(emulator, { now: clock.now, plan: () => planView(emulator) }) });
}

const drifted = {
  created: 'missing',
  updated: 'changed',
  unchanged: 'same',
  lacking: 'missing',
  failed: 'changed',
} as const;

async function planView(emulator: Emulator) {
  const { lines, usd, asOf, region } = estimateCost(demoPlan, campaignMonitoring.contract, {
    callsPerMonth: CALLS_A_MONTH,
  });
  const { resources } = await applyLocally(demoPlan, emulator, { dryRun: true });
  return {
    cost: {
      total: usd,
      pricesOf: asOf,
      region,
      items: lines.map(({ line, usd: dollars, basis }) => ({
        ...{ name: line, quantity: 1, unit: 'month', dollars, note: basis },
      })),
      assumptions: [`${CALLS_A_MONTH.toLocaleString('en-US')} calls a month`],
    },
    drift: {
      checkedAt: Date.now() / 1000,
      items: resources.map(({ type, name, outcome }) => ({
        ...{ resource: type, name, state: drifted[outcome], differences: [] },
      })),
    },
    notes: [],
  };
}
