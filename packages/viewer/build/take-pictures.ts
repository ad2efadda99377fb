// Takes the picture of every type of widget, part of `pnpm pictures`.
import { mkdir, writeFile } from 'node:fs/promises';
import { startEmulator, testClock } from '@voice-campaign/emulator';
import { pageImages } from '../src/image/page-images.ts';
import { emulatorSource, startViewer } from '../src/index.ts';
import { fillEmulator } from '../test/e2e/sample-data.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 30);
const out = new URL('../../../docs/images/', import.meta.url);
const range = { start: '2026-11-24T09:30:00Z', end: '2026-11-24T12:31:00Z' };

const clock = testClock(NOW);
const emulator = await startEmulator({ functions: [], clock, port: 4580, warn: () => {} });
await fillEmulator(emulator, NOW);
await clock.advance('1s');
const viewer = await startViewer({ source: emulatorSource(emulator, { now: clock.now }) });
const images = await pageImages({ url: viewer.url });
try {
  await mkdir(out, { recursive: true });
  const size = { width: 1200, height: 760 };
  await writeFile(new URL('widgets.png', out), await images.page('dashboards/showcase', { ...range, ...size }));
} finally {
  await images.close();
  await viewer.stop();
  await emulator.stop();
}
