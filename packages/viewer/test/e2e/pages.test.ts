import { type Emulator, startEmulator, testClock } from '@voice-campaign/emulator';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatorSource, startViewer, type Viewer } from '../../src/index.ts';
import type { PlanView } from '../../src/protocol/plan-view.ts';
import { launchBrowser, noBrowser, openPage } from './browser.ts';
import { cloudWatch, fillEmulator } from './sample-data.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 30);

const plan: PlanView = {
  notes: [],
  cost: {
    total: 12.5,
    pricesOf: '2026-06-13',
    region: 'us-east-1',
    items: [
      { name: 'Alarms', dollars: 9.5, note: '95 alarm metrics' },
      { name: 'Dashboards', dollars: 3, note: 'three are free' },
    ],
    assumptions: ['730 hours a month'],
  },
  drift: {
    checkedAt: NOW / 1000,
    items: [
      {
        resource: 'Alarm',
        name: 'calls-high',
        state: 'changed',
        differences: [{ path: 'Threshold', planned: '90', deployed: '95' }],
      },
      { resource: 'Dashboard', name: 'showcase', state: 'same', differences: [] },
    ],
  },
};

describe.skipIf(noBrowser)(`the pages${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let emulator: Emulator;
  let viewer: Viewer;
  let browser: Browser;

  beforeAll(async () => {
    const clock = testClock(NOW);
    emulator = await startEmulator({ functions: [], clock, stopOnSignals: false });
    await fillEmulator(emulator, NOW);
    const StateReason = 'Threshold Crossed: 2 datapoints were greater than the threshold (95.0).';
    await cloudWatch(emulator, 'SetAlarmState', { AlarmName: 'calls-high', StateValue: 'ALARM', StateReason });
    await clock.advance('1s');
    await emulator.idle();
    viewer = await startViewer({ source: emulatorSource(emulator, { now: clock.now, plan: async () => plan }) });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await viewer?.stop();
    await emulator?.stop();
  });
  const open = (path: string) => {
    const query = path.includes('?') ? '&' : '?';
    return openPage(browser, `${viewer.url}/#/${path}${query}start=2026-11-24T09:30:00Z&end=2026-11-24T12:40:00Z`);
  };
  const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

  it('list alarms by state, each with a sign and a word, and what was sent', async () => {
    const { page, faults } = await open('alarms');
    await page.locator('.alarm-row').first().waitFor();
    expect(await page.locator('.alarm-row b').allTextContents()).toEqual(['calls-high', 'campaign', 'calls-low']);
    expect(await page.locator('.alarm-row .state').first().textContent()).toContain('In alarm');
    expect(await page.locator('.alarm-row .state svg').count()).toBe(3);
    const mail = region(page, 'Notifications sent').locator('.mail').first();
    await mail.click();
    expect(await page.locator('.mail-text').textContent()).toContain('calls-high');
    await page.getByRole('button', { name: /^OK/ }).click();
    await expect.poll(() => page.locator('.alarm-row').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('show an alarm with its metric, threshold, states and history', async () => {
    const { page, faults } = await open('alarms/calls-high');
    await region(page, 'Over time').locator('canvas').waitFor();
    expect(await region(page, 'State').textContent()).toContain('Calls Sum > 95 for 2 of 2 datapoints within 2 min');
    expect(await region(page, 'State').textContent()).toContain('Threshold Crossed');
    expect(await page.locator('.strip').getAttribute('aria-label')).toContain('ALARM from');
    expect(await region(page, 'History').locator('li').count()).toBeGreaterThanOrEqual(3);
    expect(faults).toEqual([]);
  });

  it('show a composite alarm as a tree of the alarms in it', async () => {
    const { page, faults } = await open('alarms/campaign');
    await page.locator('.tree').waitFor();
    expect(await page.locator('.tree-word').allTextContents()).toEqual(['ANY of', 'ALL of', 'NOT']);
    expect(await page.locator('.tree-leaf a').allTextContents()).toEqual(['calls-high', 'calls-low', 'calls-high']);
    expect(faults).toEqual([]);
  });

  it('find traces by a filter expression, and say what is wrong with one', async () => {
    const { page, faults } = await open('traces');
    await page.locator('.service').first().waitFor();
    expect(await page.locator('.service a').count()).toBe(3);
    await page.getByText('40 found').waitFor();
    await page.getByRole('button', { name: 'fault = true' }).click();
    await page.getByText('4 found').waitFor();
    expect(await page.locator('tbody .state').allInnerTexts()).toEqual(Array(4).fill('Fault'));
    await page.getByLabel('Filter expression of X-Ray').fill('service("a" AND');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('alert').waitFor();
    expect(faults.filter((fault) => !fault.includes('400 (Bad Request)'))).toEqual([]);
  });

  it('show a trace as a waterfall with its exception and annotations', async () => {
    const { page, faults } = await open('traces?filter=fault%20%3D%20true');
    await page.locator('tbody a').first().click();
    await page.locator('.wf-row').nth(3).waitFor();
    const details = region(page, 'Part of the trace');
    expect(await details.textContent()).toContain('TrunkBusyError: The trunk refused the call: 486 Busy Here');
    expect(await details.textContent()).toContain('campaignId');
    await page.getByRole('button', { name: /api\/local/ }).click();
    await expect.poll(() => details.textContent()).toContain('https://api.local/calls');
    expect(faults).toEqual([]);
  });

  it('follow logs as they come, and show EMF as metrics', async () => {
    const { page, faults } = await open('logs');
    await page.locator('.log').nth(100).waitFor();
    const line = JSON.stringify({
      _aws: {
        Timestamp: NOW,
        CloudWatchMetrics: [{ Namespace: 'voice', Dimensions: [[]], Metrics: [{ Name: 'Live' }] }],
      },
      Live: 7,
    });
    const target = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Logs_20140328.PutLogEvents' };
    const logEvents = [{ timestamp: NOW, message: line }];
    const body = JSON.stringify({ logGroupName: '/voice/calls', logStreamName: 'main', logEvents });
    await emulator.fetch(new Request(`${emulator.url}/`, { method: 'POST', headers: target, body }));
    await page.locator('.log-emf', { hasText: 'Live 7' }).waitFor();
    await page.getByLabel('Filter pattern').fill('{ $.outcome = "failed" }');
    await page.getByLabel('Filter pattern').press('Enter');
    await expect
      .poll(async () => (await page.locator('.log-text').allTextContents()).every((text) => text.includes('"failed"')))
      .toBe(true);
    expect(faults).toEqual([]);
  });

  it('run a query over logs, and say what is wrong with one', async () => {
    const { page, faults } = await open('logs/query');
    const field = page.getByLabel('Logs Insights query');
    await field.fill("SOURCE '/voice/calls' | filter ispresent(campaignId) | stats count(*) as calls by campaignId");
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('3 rows').waitFor();
    await page.getByRole('button', { name: 'Ring' }).click();
    await expect.poll(() => page.locator('.slice').count()).toBe(3);
    await field.fill("SOURCE '/voice/calls' | stat count(*)");
    await field.press('Control+Enter');
    expect(await page.getByRole('alert').textContent()).toContain('stat');
    expect(faults.filter((fault) => !fault.includes('400 (Bad Request)'))).toEqual([]);
  });

  it('say what the plan costs and where what is deployed differs', async () => {
    const { page, faults } = await open('plan');
    await page.getByText('$12.50 a month').waitFor();
    expect(await region(page, 'Drift').textContent()).toContain('Threshold: planned 90, deployed 95');
    expect(faults).toEqual([]);
  });
});
