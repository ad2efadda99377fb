import { type Emulator, startEmulator } from '@voice-campaign/emulator';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatorSource, startViewer, type Viewer } from '../../src/index.ts';
import type { SourceView } from '../../src/protocol/source-view.ts';
import { fillContributors } from '../tools/contributor-rule.ts';
import { launchBrowser, noBrowser, openPage } from './browser.ts';
import { cloudWatch, putDashboard } from './sample-data.ts';

const polling = { dollarsSoFar: 0.0125, dollarsPerHour: 0.2, budgetPerHour: 0.25, slowedDown: false };

describe.skipIf(noBrowser)(`where numbers come from${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let emulator: Emulator;
  let viewer: Viewer;
  let browser: Browser;
  let fault: string | undefined;
  let answeredAt = Date.now() / 1000 - 200;

  beforeAll(async () => {
    emulator = await startEmulator({ functions: [], stopOnSignals: false });
    const whole = emulatorSource(emulator);
    const describe = (): SourceView => ({
      ...{ kind: 'aws', region: 'us-east-1', missing: ['mailbox', 'plan'], answeredAt },
      polling: { ...polling, pricesOf: '2026-06-13' },
      ...(fault !== undefined && { fault }),
    });
    const mailbox = async () => ({ mails: [], unknown: 'Nobody keeps what was sent.' });
    viewer = await startViewer({ source: { ...whole, describe, mailbox } });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await viewer?.stop();
    await emulator?.stop();
  });

  it('is on the page with their age and what asking for them costs, as it changes', async () => {
    const { page, faults } = await openPage(browser, viewer.url);
    const note = page.locator('.rail-foot');
    await expect.poll(() => note.first().textContent()).toContain('Metrics of 3 min ago');
    expect(await note.first().textContent()).toContain('$0.0125 so far, $0.200 an hour of 0.25');
    answeredAt = Date.now() / 1000;
    fault = 'Rate exceeded <b>';
    await cloudWatch(emulator, 'PutCompositeAlarm', { AlarmName: 'quiet', AlarmRule: 'FALSE' });
    await expect.poll(() => note.first().textContent()).toMatch(/Metrics of (?:just now|\d s ago)/);
    expect(await page.getByRole('alert').textContent()).toContain('Metrics: Rate exceeded <b>');
    fault = undefined;
    await cloudWatch(emulator, 'DeleteAlarms', { AlarmNames: ['quiet'] });
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
  });

  it('is no reason to say that nothing was sent where nobody can know', async () => {
    const { page, faults } = await openPage(browser, `${viewer.url}/#/alarms`);
    await page.getByRole('region', { name: 'Notifications sent' }).getByText('Nobody keeps what was sent.').waitFor();
    expect(await page.getByText('Nothing was sent yet.').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('is a rule of Contributor Insights too, whose top contributors are drawn', async () => {
    await fillContributors(emulator, Date.now());
    const properties = { region: 'us-east-1', title: 'By campaign', insightRule: { ruleName: 'by-campaign' } };
    const widget = { type: 'metric', x: 0, y: 0, width: 12, height: 6, properties: { ...properties, view: 'table' } };
    await putDashboard(emulator, 'contributors', { widgets: [widget] });
    const { page, faults } = await openPage(browser, `${viewer.url}/#/dashboards/contributors`);
    const card = page.getByRole('region', { name: 'By campaign' });
    await card.getByText('spring').waitFor();
    await card.getByText('winter').waitFor();
    expect(faults).toEqual([]);
  });
});
