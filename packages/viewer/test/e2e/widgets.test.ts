import { readFileSync } from 'node:fs';
import { type Emulator, startEmulator, testClock } from '@voice-campaign/emulator';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatorSource, startViewer, type Viewer } from '../../src/index.ts';
import { launchBrowser, noBrowser, openPage } from './browser.ts';
import { fillEmulator, putDashboard } from './sample-data.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 30);

describe.skipIf(noBrowser)(`the widgets of a dashboard${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let emulator: Emulator;
  let viewer: Viewer;
  let browser: Browser;

  beforeAll(async () => {
    const clock = testClock(NOW);
    emulator = await startEmulator({ functions: [], clock, stopOnSignals: false });
    await fillEmulator(emulator, NOW);
    viewer = await startViewer({ source: emulatorSource(emulator, { now: clock.now }) });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await viewer?.stop();
    await emulator?.stop();
  });

  it('are all drawn, each in its own way', async () => {
    const { page, faults } = await openPage(browser, `${viewer.url}/#/dashboards/showcase?start=2026-11-24T09:30:00Z`, {
      height: 2200,
    });
    const card = (name: string) => page.getByRole('region', { name, exact: true });
    await card('Calls over time').locator('canvas').waitFor();
    expect(await card('Now').locator('.single-value').count()).toBe(3);
    expect(await card('Now').locator('canvas').count()).toBe(3);
    expect(await page.locator('.markdown .button').allTextContents()).toEqual(['Primary', 'Plain']);
    const lines = card('Lines on two axes, a threshold and a deployment');
    const legend = await lines.locator('.legend button').allInnerTexts();
    expect(legend.map((text) => text.replaceAll(/\s+/g, ' ').trim())).toEqual([
      expect.stringMatching(/^Calls \(last \d+\)$/),
      'Latency p95 right axis',
      'Half of the calls',
    ]);
    expect(await lines.getByRole('img').getAttribute('aria-label')).toContain('between');
    expect(await card('Outcomes, stacked').locator('canvas').count()).toBe(1);
    expect(await card('Answer rate').locator('.gauge-number').textContent()).toMatch(/^\d/);
    expect(await card('Bars').locator('.bar').count()).toBe(4);
    expect(await card('How calls end').locator('.slice').count()).toBe(4);
    expect(await card('Table').locator('tbody tr.summary').count()).toBe(4);
    expect(await card('Search: share of each campaign').locator('.legend li').count()).toBe(3);
    expect(await card('What an alarm watches').locator('canvas').count()).toBe(1);
    expect(await card('Newest events').locator('tbody tr').count()).toBe(20);
    expect(await card('Calls by campaign').locator('.slice').count()).toBe(3);
    expect(await card('Calls by outcome').locator('.bar').count()).toBe(4);
    expect(await card('Alarms').locator('.alarm-tile').count()).toBe(4);
    expect(await card('Alarms').textContent()).toContain('There is no such alarm here.');
    expect(await card('Explorer').locator('canvas').count()).toBe(1);
    expect(await card('Custom').textContent()).toContain('does not run');
    expect(faults).toEqual([]);
  });

  it('follow the values of variables, which stand in the address', async () => {
    const { page, faults } = await openPage(browser, `${viewer.url}/#/dashboards/showcase?start=2026-11-24T09:30:00Z`);
    await page.locator('.variables').getByRole('button', { name: 'winter' }).click();
    await expect.poll(() => page.url()).toContain('var.chosen=winter');
    await page.getByLabel('Period').fill('300');
    await page.getByLabel('Period').press('Enter');
    const aside = page.getByRole('region', { name: 'Outcomes, stacked' }).locator('.card-aside');
    await expect.poll(() => aside.textContent()).toBe('5 min');
    expect(faults).toEqual([]);
  });

  it('stay whole beside one that CloudWatch stores and nobody can draw', async () => {
    const body = {
      widgets: [
        { type: 'service', x: 0, y: 0, width: 6, height: 4, properties: {} },
        {
          type: 'log',
          x: 6,
          y: 0,
          width: 6,
          height: 4,
          properties: { region: 'us-east-1', title: 'Broken', query: 'SOURCE "x" | nonsense' },
        },
        {
          type: 'metric',
          x: 12,
          y: 0,
          width: 6,
          height: 4,
          properties: { region: 'us-east-1', title: 'Faulty', metrics: [[{ expression: 'NOSUCH(m1)' }]] },
        },
        { type: 'text', x: 18, y: 0, width: 6, height: 4, properties: { markdown: 'still here' } },
      ],
    };
    await putDashboard(emulator, 'odd', body);
    const { page, faults } = await openPage(browser, `${viewer.url}/#/dashboards/odd`);
    await page.getByText('still here').waitFor();
    await page.getByText('does not draw widgets of type service').waitFor();
    await page
      .getByRole('region', { name: 'Broken' })
      .getByText(/nonsense/)
      .waitFor();
    await page
      .getByRole('region', { name: 'Faulty' })
      .getByText(/NOSUCH|note/)
      .first()
      .waitFor();
    expect(faults).toEqual([]);
  });

  it('show each number in its own place, and say where there is none', async () => {
    const view = (view: string, height: number, names: readonly string[], more: object = {}) => ({
      type: 'metric',
      width: 6,
      height,
      properties: {
        ...{ region: 'us-east-1', title: view, view, stat: 'Average', period: 60, ...more },
        metrics: names.map((name) => ['voice/showcase', name]),
      },
    });
    const names = ['Latency', 'Calls', 'Latency', 'Cost', 'Cost', 'Latency'];
    await putDashboard(emulator, 'numbers', {
      start: '2026-11-24T09:30:00Z',
      widgets: [
        view('singleValue', 4, names, { sparkline: true, singleValueFullPrecision: true, stat: 'p33' }),
        view('bar', 4, ['NotThere']),
        view('pie', 4, ['NotThere']),
      ],
    });
    const { page } = await openPage(browser, `${viewer.url}/#/dashboards/numbers`);
    const card = (name: string) => page.getByRole('region', { name, exact: true });
    await card('singleValue').locator('canvas').first().waitFor();
    const cut = await card('singleValue')
      .locator('.single-value, .single-label')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth || one.clientHeight < 12).length);
    expect(cut).toBe(0);
    expect(await card('bar').textContent()).toContain('No data in this time range.');
    expect(await card('pie').textContent()).toContain('No data in this time range.');
  });

  it('can be those of bodies that others wrote', { timeout: 120_000 }, async () => {
    const folder = new URL('../../../cloudwatch-engine/test/fixtures/dashboards/', import.meta.url);
    const index = JSON.parse(readFileSync(new URL('INDEX.json', folder), 'utf8')) as { readonly file: string }[];
    for (const { file } of index) {
      const body = readFileSync(new URL(file, folder), 'utf8');
      const name = file.replace('.json', '');
      await putDashboard(emulator, name, body);
      const { page, faults } = await openPage(browser, `${viewer.url}/#/dashboards/${name}`);
      await page.locator('.widget').first().waitFor();
      const { widgets } = JSON.parse(body) as { readonly widgets: readonly unknown[] };
      expect(await page.locator('.widget-place').count()).toBe(widgets.length);
      expect(await page.getByText('could not be drawn').count()).toBe(0);
      expect(faults, file).toEqual([]);
      await page.context().close();
    }
  });
});
