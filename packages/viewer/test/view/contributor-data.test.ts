import { startEmulator, testClock } from '@voice-campaign/emulator';
import { expect, it, onTestFinished } from 'vitest';
import { awsSource } from '../../src/aws.ts';
import { emulatorSource } from '../../src/index.ts';
import type { ViewSource } from '../../src/source/view-source.ts';
import { widgetRequests } from '../../src/view/widget-data.ts';
import { clientsOf, scheduleBy } from '../tools/account.ts';
import { fillContributors } from '../tools/contributor-rule.ts';

const START = Date.UTC(2026, 10, 24, 12, 30);
const widget = (insightRule: object) => ({
  kind: 'metric' as const,
  type: 'metric' as const,
  ...{ x: 0, y: 0, width: 6, height: 6 },
  properties: { region: 'us-east-1', period: 300, insightRule },
});

const dataOf = (
  source: ViewSource,
  insightRule: { readonly ruleName: string; readonly maxContributorCount?: number },
) => {
  const range = { start: START / 1000 - 3600, end: START / 1000 + 60 };
  const [request] = widgetRequests(source, { widgets: [widget(insightRule)] } as never, { range });
  return request?.load();
};

it('draws a line for each of a rule’s top contributors, of the emulator and of an account alike', async () => {
  const clock = testClock(START);
  const emulator = await startEmulator({ functions: [], clock, stopOnSignals: false });
  onTestFinished(() => emulator.stop());
  await fillContributors(emulator, clock.now());
  const { clients, calls } = clientsOf(emulator.url);
  const account = awsSource(clients, { region: 'us-east-1', now: clock.now, schedule: scheduleBy(clock) });
  for (const source of [emulatorSource(emulator, { now: clock.now }), account]) {
    const at = START / 1000;
    expect(await dataOf(source, { ruleName: 'by-campaign', maxContributorCount: 2 })).toMatchObject({
      kind: 'metrics',
      series: [
        { label: 'spring', timestamps: [at], values: [8] },
        { label: 'winter', timestamps: [at], values: [4] },
      ],
      messages: ['The first 2 of 3 by $.campaignId.'],
    });
    expect(await dataOf(source, { ruleName: 'none' })).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('none does not exist'),
    });
  }
  const before = calls.length;
  await dataOf(account, { ruleName: 'by-campaign', maxContributorCount: 2 });
  expect(calls).toHaveLength(before);
});
