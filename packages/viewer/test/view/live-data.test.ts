import { startEmulator, testClock } from '@voice-campaign/emulator';
import { expect, it, onTestFinished } from 'vitest';
import { emulatorSource } from '../../src/index.ts';
import { openDashboard } from '../../src/view/open-dashboard.ts';
import { widgetRequests } from '../../src/view/widget-data.ts';
import { cloudWatch, putDashboard } from '../e2e/sample-data.ts';

const START = Date.UTC(2026, 10, 24, 12, 30);

it('leaves the period out that is not over yet, where a widget says so', async () => {
  const clock = testClock(START);
  const emulator = await startEmulator({ functions: [], clock, stopOnSignals: false });
  onTestFinished(() => emulator.stop());
  const MetricData = [1, 2].map((Value, index) => ({
    MetricName: 'Calls',
    Value,
    Timestamp: START / 1000 + 60 * index,
  }));
  await clock.advance('90s');
  await cloudWatch(emulator, 'PutMetricData', { Namespace: 'n', MetricData });
  const properties = { region: 'us-east-1', stat: 'Sum', period: 60, metrics: [['n', 'Calls']] };
  const widget = { type: 'metric', x: 0, y: 0, width: 6, height: 6 };
  const widgets = [true, false, undefined].map((liveData) => ({ ...widget, properties: { ...properties, liveData } }));
  await putDashboard(emulator, 'd', { periodOverride: 'inherit', widgets });
  const source = emulatorSource(emulator, { now: clock.now });
  const view = await openDashboard(source, 'd', {});
  const range = { start: START / 1000 - 600, end: clock.now() / 1000 };
  const shown = async () =>
    Promise.all(
      widgetRequests(source, view!.dashboard, { range }).map(async ({ load }) => {
        const data = await load();
        return data.kind === 'metrics' ? data.series.map(({ values }) => values) : data;
      }),
    );
  expect(await shown()).toEqual([[[1, 2]], [[1]], [[1, 2]]]);
});

it.each([3600, 20 * 86_400, 90 * 86_400])(
  'counts up to now in the one value of the last %d seconds',
  async (length) => {
    const clock = testClock(START + 30_000);
    const emulator = await startEmulator({ functions: [], clock, stopOnSignals: false });
    onTestFinished(() => emulator.stop());
    const MetricData = [{ MetricName: 'Calls', Value: 7, Timestamp: START / 1000 }];
    await cloudWatch(emulator, 'PutMetricData', { Namespace: 'n', MetricData });
    const properties = { region: 'us-east-1', stat: 'Sum', metrics: [['n', 'Calls']] };
    const widgets = [true, false].map((liveData) => ({
      type: 'metric',
      properties: { ...properties, liveData, view: 'singleValue', setPeriodToTimeRange: true },
    }));
    await putDashboard(emulator, 'd', { widgets });
    const source = emulatorSource(emulator, { now: clock.now });
    const view = await openDashboard(source, 'd', {});
    const end = clock.now() / 1000;
    const requests = widgetRequests(source, view!.dashboard, { range: { start: end - length, end } });
    const shown = await Promise.all(requests.map(({ load }) => load()));
    expect(shown.map((data) => data.kind === 'metrics' && data.series.map(({ values }) => values))).toEqual([
      [[7]],
      [[7]],
    ]);
  },
);
