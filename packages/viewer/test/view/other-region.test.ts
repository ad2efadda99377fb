import { startEmulator, testClock } from '@voice-campaign/emulator';
import { expect, it, onTestFinished } from 'vitest';
import { emulatorSource } from '../../src/index.ts';
import { openDashboard } from '../../src/view/open-dashboard.ts';
import { widgetRequests } from '../../src/view/widget-data.ts';
import { putDashboard } from '../e2e/sample-data.ts';

it('says of a widget of another Region where to look at it, instead of showing numbers of this one', async () => {
  const clock = testClock(Date.UTC(2026, 10, 24, 12, 30));
  const emulator = await startEmulator({ functions: [], clock, stopOnSignals: false });
  onTestFinished(() => emulator.stop());
  const place = { x: 0, y: 0, width: 6, height: 6 };
  const widgets = ['us-east-1', 'eu-west-1'].flatMap((region) => [
    { type: 'metric', ...place, properties: { region, metrics: [['n', 'Calls']] } },
    { type: 'log', ...place, properties: { region, query: "SOURCE 'calls' | fields @message" } },
  ]);
  await putDashboard(emulator, 'd', { widgets });
  const local = emulatorSource(emulator, { now: clock.now });
  const account = { ...local, describe: () => ({ ...local.describe(), kind: 'aws' as const }) };
  const range = { start: clock.now() / 1000 - 600, end: clock.now() / 1000 };
  const view = await openDashboard(local, 'd', {});
  const kinds = async (source: typeof local) =>
    Promise.all(widgetRequests(source, view!.dashboard, { range }).map(async ({ load }) => load()));
  const reason =
    'This widget is of eu-west-1, and this page is of us-east-1: look at it in a page with --region eu-west-1.';
  expect((await kinds(account)).slice(2)).toEqual([
    { kind: 'unavailable', reason },
    { kind: 'unavailable', reason },
  ]);
  expect((await kinds(account))[0]).toMatchObject({ kind: 'metrics' });
  expect((await kinds(local))[2]).toMatchObject({ kind: 'metrics' });
});
