import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Emulator, startEmulator, testClock } from '@voice-campaign/emulator';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PageImages, type PictureOptions, pageImages } from '../../src/image.ts';
import { emulatorSource, startViewer, type Viewer } from '../../src/index.ts';
import { noBrowser } from './browser.ts';
import { fillEmulator } from './sample-data.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 30);
/** Fonts differ a little from one system to the next; a widget that is missing or moved is far more than this. */
const MOST_DIFFERENT = 0.04;
const range = { start: '2026-11-24T09:30:00Z', end: '2026-11-24T12:31:00Z' };

const folder = new URL('../fixtures/pictures/', import.meta.url);

describe.skipIf(noBrowser)(`pictures of the page${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let emulator: Emulator;
  let viewer: Viewer;
  let images: PageImages;

  beforeAll(async () => {
    const clock = testClock(NOW);
    emulator = await startEmulator({ functions: [], clock, stopOnSignals: false, warn: () => {} });
    await fillEmulator(emulator, NOW);
    viewer = await startViewer({ source: emulatorSource(emulator, { now: clock.now }) });
    images = await pageImages({ url: viewer.url });
  });
  afterAll(async () => {
    await images?.close();
    await viewer?.stop();
    await emulator?.stop();
  });

  /** The upper part of a dashboard, since the ages of alarms further down change. */
  const upper = (png: PNG, height: number): PNG => {
    const cut = new PNG({ width: png.width, height: Math.min(height, png.height) });
    PNG.bitblt(png, cut, 0, 0, cut.width, cut.height, 0, 0);
    return cut;
  };

  it.each([
    ['light', { width: 1000, theme: 'light' }, 500],
    ['dark', { width: 1000, theme: 'dark' }, 500],
    ['phone', { width: 390, theme: 'light' }, 800],
  ] satisfies [string, PictureOptions, number][])('look as they did: %s', async (name, options, height) => {
    const taken = upper(
      PNG.sync.read(Buffer.from(await images.dashboard('showcase', { ...range, ...options, scale: 0.5 }))),
      height,
    );
    const file = new URL(`${name}.png`, folder);
    if (process.env.UPDATE_PICTURES !== undefined || !existsSync(file)) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, PNG.sync.write(taken, { colorType: 2 }));
      expect
        .soft(process.env.UPDATE_PICTURES, `there was no ${name}.png to compare with: look at the new one`)
        .toBeDefined();
      return;
    }
    const before = PNG.sync.read(readFileSync(file));
    expect([taken.width, taken.height]).toEqual([before.width, before.height]);
    const different = pixelmatch(before.data, taken.data, undefined, taken.width, taken.height, { threshold: 0.2 });
    expect(different / (taken.width * taken.height)).toBeLessThan(MOST_DIFFERENT);
  });

  it('say why there is none of a dashboard that does not exist', async () => {
    await expect(images.dashboard('nothing')).rejects.toThrow(
      'No picture of dashboard nothing: There is no dashboards/nothing here',
    );
  });
});
