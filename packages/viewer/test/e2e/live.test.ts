import { type Emulator, startEmulator } from '@voice-campaign/emulator';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatorSource, startViewer, type Viewer } from '../../src/index.ts';
import { launchBrowser, noBrowser, openPage } from './browser.ts';
import { call, cloudWatch, putDashboard } from './sample-data.ts';

const number = (MetricName: string) => ({
  type: 'metric',
  x: 0,
  y: 0,
  width: 6,
  height: 4,
  properties: {
    region: 'us-east-1',
    title: MetricName,
    view: 'singleValue',
    stat: 'Sum',
    period: 3600,
    metrics: [['voice/live', MetricName]],
  },
});

describe.skipIf(noBrowser)(`a page that stays open${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let emulator: Emulator;
  let viewer: Viewer;
  let browser: Browser;
  const source = () => emulatorSource(emulator);
  const put = (MetricName: string, Value: number) =>
    cloudWatch(emulator, 'PutMetricData', {
      Namespace: 'voice/live',
      MetricData: [{ MetricName, Value, Unit: 'Count' }],
    });

  beforeAll(async () => {
    emulator = await startEmulator({ functions: [], stopOnSignals: false });
    viewer = await startViewer({ source: source() });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await viewer?.stop();
    await emulator?.stop();
  });

  it('shows what is emitted without being asked to', async () => {
    await putDashboard(emulator, 'live', { widgets: [number('Calls')] });
    const { page, faults } = await openPage(browser, `${viewer.url}/#/dashboards/live`);
    await page.locator('.single-value', { hasText: '–' }).waitFor();
    await put('Calls', 3);
    await page.locator('.single-value', { hasText: /^3/ }).waitFor();
    await put('Calls', 4);
    await page.locator('.single-value', { hasText: /^7/ }).waitFor();
    expect(faults).toEqual([]);
  });

  it('shows a dashboard that is put again, and one that is new', async () => {
    await putDashboard(emulator, 'changing', { widgets: [number('Calls')] });
    const { page, faults } = await openPage(browser, `${viewer.url}/#/dashboards/changing`);
    await page.getByRole('region', { name: 'Calls' }).waitFor();
    const second = { ...number('Other'), x: 6 };
    await putDashboard(emulator, 'changing', { widgets: [number('Calls'), second] });
    await page.getByRole('region', { name: 'Other' }).waitFor();
    await putDashboard(emulator, 'brand-new', { widgets: [] });
    await page.getByRole('link', { name: 'brand-new' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('shows a dashboard that was put again before the page could listen', async () => {
    await putDashboard(emulator, 'early', { widgets: [number('Calls')] });
    let listen = (): void => {};
    const until = new Promise<void>((resolve) => {
      listen = resolve;
    });
    const held = { urls: /\/api\/events/, until };
    const { page, faults } = await openPage(browser, `${viewer.url}/#/dashboards/early`, { held });
    await page.getByRole('region', { name: 'Calls' }).waitFor();
    await putDashboard(emulator, 'early', { widgets: [number('Calls'), { ...number('Other'), x: 6 }] });
    listen();
    await page.getByRole('region', { name: 'Other' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('misses nothing while the server was away', async () => {
    await putDashboard(emulator, 'away', { widgets: [number('Away')] });
    await put('Away', 1);
    const { page, faults } = await openPage(browser, `${viewer.url}/#/dashboards/away`);
    await page.locator('.single-value', { hasText: /^1/ }).waitFor();
    const port = Number(new URL(viewer.url).port);
    await viewer.stop();
    await page.getByText('Connection lost').waitFor();
    await put('Away', 20);
    viewer = await startViewer({ source: source(), port });
    await page.locator('.single-value', { hasText: /^21/ }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(faults).toEqual([]);
  });

  it('comes back by itself where the server went before it had answered', async () => {
    await putDashboard(emulator, 'gone', { widgets: [number('Gone')] });
    await put('Gone', 5);
    const { page, faults } = await openPage(browser, viewer.url);
    await page.getByRole('link', { name: 'gone' }).first().waitFor();
    const port = Number(new URL(viewer.url).port);
    await viewer.stop();
    await page.getByRole('link', { name: 'gone' }).first().click();
    await page.getByText('The server does not answer').first().waitFor();
    viewer = await startViewer({ source: source(), port });
    await page.locator('.single-value', { hasText: /^5/ }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(faults).toEqual([]);
  });

  it('has every log line once, also those that came while the server was away', async () => {
    const logs = async (operation: string, input: object): Promise<void> => {
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Logs_20140328.${operation}` };
      await emulator.fetch(new Request(`${emulator.url}/`, { method: 'POST', headers, body: JSON.stringify(input) }));
    };
    const place = { logGroupName: '/live', logStreamName: 'main' };
    const write = (message: string) =>
      logs('PutLogEvents', { ...place, logEvents: [{ timestamp: Date.now(), message }] });
    await logs('CreateLogGroup', { logGroupName: '/live' });
    await logs('CreateLogStream', place);
    await write('first');
    const { page } = await openPage(browser, `${viewer.url}/#/logs`);
    await page.locator('.log', { hasText: 'first' }).waitFor();
    await write('second');
    await page.locator('.log', { hasText: 'second' }).waitFor();
    const port = Number(new URL(viewer.url).port);
    await viewer.stop();
    await page.getByText('Connection lost').waitFor();
    await write('third');
    await write('fourth');
    viewer = await startViewer({ source: source(), port });
    await page.locator('.log', { hasText: 'fourth' }).waitFor();
    expect(await page.locator('.log-text').allTextContents()).toEqual(['fourth', 'third', 'second', 'first']);
  });

  it('shows the log of the emulator that came in the place of another, and no line of that', async () => {
    const start = async (port: number, messages: readonly string[]) => {
      const other = await startEmulator({ functions: [], stopOnSignals: false });
      const logs = (operation: string, input: object) => call(other, 'Logs_20140328', operation, input);
      const place = { logGroupName: '/again', logStreamName: 'main' };
      await logs('CreateLogGroup', { logGroupName: '/again' });
      await logs('CreateLogStream', place);
      const write = (message: string) =>
        logs('PutLogEvents', { ...place, logEvents: [{ timestamp: Date.now(), message }] });
      for (const message of messages) await write(message);
      const shown = await startViewer({ source: emulatorSource(other), port });
      const stop = async () => [await shown.stop(), await other.stop()];
      return { url: shown.url, write, stop };
    };
    const before = await start(0, ['one', 'two', 'three']);
    const { page } = await openPage(browser, `${before.url}/#/logs`);
    await page.locator('.log', { hasText: 'three' }).waitFor();
    await before.write('four');
    await page.locator('.log', { hasText: 'four' }).waitFor();
    await before.stop();
    await page.getByText('Connection lost').waitFor();
    const after = await start(Number(new URL(before.url).port), ['five']);
    await page.locator('.log', { hasText: 'five' }).waitFor();
    await after.write('six');
    await page.locator('.log', { hasText: 'six' }).waitFor();
    expect(await page.locator('.log-text').allTextContents()).toEqual(['six', 'five']);
    await after.stop();
  });

  it('keeps what is typed while everything else goes on', async () => {
    const body = (title: string) => ({
      variables: [
        {
          id: 'p',
          type: 'property',
          property: 'period',
          inputType: 'input',
          label: 'Period',
          defaultValue: '60',
          visible: true,
        },
      ],
      widgets: [{ ...number(title), properties: { ...number(title).properties, period: 60 } }],
    });
    await putDashboard(emulator, 'typed', body('Before'));
    const { page, faults } = await openPage(browser, `${viewer.url}/#/dashboards/typed`);
    await page.getByLabel('Period', { exact: true }).fill('300');
    await putDashboard(emulator, 'typed', body('After'));
    await page.getByRole('region', { name: 'After' }).waitFor();
    expect(await page.getByLabel('Period', { exact: true }).inputValue()).toBe('300');
    await page.getByLabel('Period', { exact: true }).press('Enter');
    await expect.poll(() => page.url()).toContain('var.p=300');
    expect(faults).toEqual([]);
  });

  it('takes any time range, and periods to suit it', async () => {
    await putDashboard(emulator, 'ranges', {
      periodOverride: 'inherit',
      widgets: [{ ...number('Calls'), properties: { ...number('Calls').properties, period: 60 } }],
    });
    await put('Calls', 1);
    const { page, faults } = await openPage(browser, `${viewer.url}/#/dashboards/ranges`);
    const aside = page.getByRole('region', { name: 'Calls' }).locator('.card-aside');
    await expect.poll(() => aside.textContent()).toBe('1 min');
    await page.locator('.range-text').click();
    await page.getByLabel('From').fill('2026-01-01T00:00');
    await page.getByLabel('Periods').selectOption('auto');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect.poll(() => page.url()).toMatch(/start=2026-01-01T00%3A00%3A00Z/);
    await expect.poll(() => page.url()).toContain('period=auto');
    await expect.poll(() => aside.textContent()).toBe('1 d');
    expect(faults).toEqual([]);
  });

  it('zooms where it is dragged, by keys, and shares its crosshair', async () => {
    const graph = (x: number) => ({
      ...number('Zoomed'),
      x,
      properties: { ...number('Zoomed').properties, title: `Graph ${x}`, view: 'timeSeries', period: 60 },
    });
    const minute = Math.floor(Date.now() / 60_000) * 60;
    const MetricData = [1, 2, 3, 4, 5].map((age) => ({
      MetricName: 'Zoomed',
      Value: age,
      Timestamp: minute - age * 60,
    }));
    await cloudWatch(emulator, 'PutMetricData', { Namespace: 'voice/live', MetricData });
    await putDashboard(emulator, 'zoom', { start: '-PT15M', widgets: [graph(0), graph(6)] });
    const { page, faults } = await openPage(browser, `${viewer.url}/#/dashboards/zoom`);
    const canvas = page.getByRole('region', { name: 'Graph 0' }).locator('.u-over');
    const box = await canvas.boundingBox();
    if (!box) throw new Error('the chart has no place');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.7, y);
    await page.locator('.tooltip').waitFor();
    const other = page.getByRole('region', { name: 'Graph 6' }).locator('.u-cursor-x');
    await expect.poll(() => other.evaluate((element) => element.classList.contains('u-off'))).toBe(false);
    await page.mouse.move(box.x + box.width * 0.4, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, y, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => page.url()).toMatch(/start=20.*&end=20/);
    const zoomed = page.url();
    await page.getByRole('region', { name: 'Graph 0' }).locator('.chart').focus();
    await page.keyboard.press('-');
    await expect.poll(() => page.url()).not.toBe(zoomed);
    await page.getByRole('button', { name: '5m', exact: true }).click();
    await expect.poll(() => page.url()).toContain('start=-PT5M');
    expect(faults).toEqual([]);
  });
});
