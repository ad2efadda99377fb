import { type Emulator, startEmulator } from '@voice-campaign/emulator';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatorSource, startViewer, type Viewer } from '../../src/index.ts';
import { launchBrowser, noBrowser, openPage } from './browser.ts';
import { cloudWatch, putDashboard } from './sample-data.ts';

const widgets = [
  {
    type: 'metric',
    properties: {
      region: 'us-east-1',
      title: 'Calls',
      view: 'singleValue',
      stat: 'Sum',
      setPeriodToTimeRange: true,
      metrics: [['voice/ranges', 'Calls']],
    },
  },
];

describe.skipIf(noBrowser)(`the time range of a page${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let emulator: Emulator;
  let viewer: Viewer;
  let browser: Browser;

  beforeAll(async () => {
    emulator = await startEmulator({ functions: [], stopOnSignals: false });
    await cloudWatch(emulator, 'PutMetricData', {
      Namespace: 'voice/ranges',
      MetricData: [{ MetricName: 'Calls', Value: 7 }],
    });
    await putDashboard(emulator, 'months', { start: '-P3M', widgets });
    await putDashboard(emulator, 'past', { start: '2026-01-01T00:00:00Z', end: '2026-01-02T00:00:00Z', widgets });
    viewer = await startViewer({ source: emulatorSource(emulator) });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await viewer?.stop();
    await emulator?.stop();
  });
  const open = (path: string, width = 1280) => openPage(browser, `${viewer.url}/#/dashboards/${path}`, { width });

  it('may be months, as a dashboard may ask', async () => {
    const { page, faults } = await open('months');
    await page.locator('.single-value', { hasText: '7' }).waitFor();
    expect(await page.locator('.range-text').textContent()).toContain('3 months');
    expect(faults).toEqual([]);
  });

  it('ends now where the reader says so, whatever end the dashboard has', async () => {
    const { page } = await open('past');
    await page.locator('.single-value', { hasText: '–' }).waitFor();
    await page.getByRole('button', { name: '1h', exact: true }).click();
    await page.locator('.single-value', { hasText: '7' }).waitFor();
  });

  it('is chosen by a press on a narrow page too', async () => {
    const { page } = await open('past', 390);
    await page.locator('.range-text').click();
    const box = await page.getByRole('dialog').boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: '1h', exact: true }).click();
    await page.locator('.single-value', { hasText: '7' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(page.url()).toContain('start=-PT1H');
  });

  it('is the usual one where the address has none that makes sense', async () => {
    const { page, faults } = await open('past?start=yesterday');
    await page.locator('.single-value', { hasText: '–' }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(faults).toEqual([]);
  });
});
