import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Emulator, startEmulator, testClock } from '@voice-campaign/emulator';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatorSource, startViewer, type Viewer } from '../../src/index.ts';
import { launchBrowser, noBrowser, openPage } from './browser.ts';
import { fillEmulator } from './sample-data.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 30);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Faults that axe calls serious or critical, each with an element that has it. */
async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
}

describe.skipIf(noBrowser)(`the page for everybody${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let emulator: Emulator;
  let viewer: Viewer;
  let browser: Browser;

  beforeAll(async () => {
    const clock = testClock(NOW);
    emulator = await startEmulator({ functions: [], clock, stopOnSignals: false, warn: () => {} });
    await fillEmulator(emulator, NOW);
    viewer = await startViewer({ source: emulatorSource(emulator, { now: clock.now }) });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await viewer?.stop();
    await emulator?.stop();
  });

  const pages = [
    ['dashboards', '.tile'],
    ['dashboards/showcase', 'canvas'],
    ['alarms', '.alarm-row'],
    ['alarms/calls-high', 'canvas'],
    ['alarms/campaign', '.tree'],
    ['traces', '.service'],
    ['logs', '.log'],
    ['logs/query', 'textarea'],
    ['plan', '.note'],
  ] as const;

  it.each(pages)('has nothing serious for axe to find at %s, light or dark', async (path, ready) => {
    for (const theme of ['light', 'dark'] as const) {
      const { page } = await openPage(browser, `${viewer.url}/#/${path}?start=2026-11-24T09:30:00Z`, { theme });
      await page.locator(ready).first().waitFor();
      expect(await seriousFaults(page), `${path} ${theme}`).toEqual([]);
      await page.context().close();
    }
  });

  it.each(pages)('fits a telephone at %s', async (path, ready) => {
    const { page } = await openPage(browser, `${viewer.url}/#/${path}?start=2026-11-24T09:30:00Z`, {
      width: 375,
      height: 740,
    });
    await page.locator(ready).first().waitFor();
    const [wide, shown] = await page.evaluate<readonly number[]>('[document.documentElement.scrollWidth, innerWidth]');
    expect(wide ?? 0).toBeLessThanOrEqual(shown ?? 0);
    await page.context().close();
  });

  it('leads the keyboard to nothing behind a widget that is over the whole page', async () => {
    const { page } = await openPage(browser, `${viewer.url}/#/dashboards/showcase?start=2026-11-24T09:30:00Z`);
    const card = page.getByRole('region', { name: 'Outcomes, stacked' });
    await card.locator('canvas').waitFor();
    await card.getByRole('button', { name: 'Show over the whole page' }).click();
    await page.locator('.large').waitFor();
    await card.getByRole('button', { name: 'Failed' }).focus();
    expect(await page.locator('.large').count()).toBe(1);
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator('.large').count()).toBe(0);
  });
});
