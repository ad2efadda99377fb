// Takes the pictures of the README from the page itself: `pnpm pictures`.
import { mkdir, writeFile } from 'node:fs/promises';
import { startEmulator, testClock } from '@voice-campaign/emulator';
import { pageImages } from '../src/image/page-images.ts';
import { emulatorSource, startViewer } from '../src/index.ts';
import { cloudWatch, fillEmulator } from '../test/e2e/sample-data.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 30);
const out = new URL('../../../docs/images/', import.meta.url);
const range = { start: '2026-11-24T09:30:00Z', end: '2026-11-24T12:31:00Z' };

const clock = testClock(NOW);
const emulator = await startEmulator({ functions: [], clock, port: 4580, warn: () => {} });
await fillEmulator(emulator, NOW);
const StateReason = 'Threshold Crossed: 2 datapoints were greater than the threshold (95.0).';
await cloudWatch(emulator, 'SetAlarmState', { AlarmName: 'calls-high', StateValue: 'ALARM', StateReason });
await clock.advance('1s');
const viewer = await startViewer({ source: emulatorSource(emulator, { now: clock.now }) });
const images = await pageImages({ url: viewer.url });
try {
  await mkdir(out, { recursive: true });
  const save = async (name: string, png: Promise<Uint8Array>): Promise<void> =>
    writeFile(new URL(name, out), await png);
  const size = { width: 1200, height: 760 };
  await save('dashboard.png', images.page('dashboards/showcase', { ...range, ...size }));
  await save('traces.png', images.page('traces', { ...range, ...size, height: 560, theme: 'dark' }));
  await save('alarm.png', images.page('alarms/calls-high', { ...range, ...size, height: 620 }));
} finally {
  await images.close();
  await viewer.stop();
  await emulator.stop();
}
