import { type Emulator, startEmulator, testClock } from '@voice-campaign/emulator';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatorSource, startViewer, type Viewer } from '../../src/index.ts';
import { launchBrowser, noBrowser, openPage } from './browser.ts';
import { call, cloudWatch, putDashboard } from './sample-data.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 30);
const SCRIPT = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

const markdown = `# ${SCRIPT}
[a](javascript:alert(3)) [b](data:text/html,<script>alert(4)</script>) <iframe src="https://example.com"></iframe>
<form action="https://example.com"><input name=q><button>go</button></form>
<svg onload="alert(5)"><a xlink:href="javascript:alert(6)">x</a></svg>
<style>* { display: none }</style> <p style="position:fixed" id="page">p</p>
[button:primary:${SCRIPT}](javascript:alert(7))
<details open ontoggle="alert(8)"><summary>s</summary></details>`;

const metric = (x: number, y: number, title: string, properties: object) => ({
  type: 'metric',
  x,
  y,
  width: 8,
  height: 5,
  properties: { region: 'us-east-1', period: 60, stat: 'Sum', title, ...properties },
});

const rows = [
  ['voice/hostile', SCRIPT.slice(0, 250)],
  [{ expression: 'm1 / (m1 - m1)', label: 'not a number', id: 'nan' }],
  ['voice/hostile', 'Huge', { label: 'x'.repeat(4000), id: 'm1', color: '#123456' }],
];

const body = {
  widgets: [
    { type: 'text', x: 0, y: 0, width: 24, height: 5, properties: { markdown } },
    metric(0, 5, SCRIPT, {
      metrics: rows,
      annotations: {
        horizontal: [
          { value: 1e300, label: SCRIPT },
          { value: -1e300, label: 'x'.repeat(4000) },
        ],
        vertical: [{ value: '2026-11-24T12:00:00Z', label: SCRIPT }],
      },
    }),
    ...['singleValue', 'bar', 'pie', 'table'].map((view, index) =>
      metric((index * 8) % 24, 10 + 5 * Math.floor(index / 3), view, { view, sparkline: true, metrics: rows }),
    ),
    metric(8, 15, 'gauge', { view: 'gauge', metrics: rows, yAxis: { left: { min: 0, max: 1e-300 } } }),
    {
      type: 'log',
      x: 0,
      y: 20,
      width: 12,
      height: 5,
      properties: { region: 'us-east-1', title: 'log', query: "SOURCE '/hostile' | fields @message", view: 'table' },
    },
    {
      type: 'custom',
      x: 12,
      y: 20,
      width: 12,
      height: 5,
      properties: { endpoint: 'arn:aws:lambda:us-east-1:123456789012:function:x', title: SCRIPT },
    },
  ],
};

describe.skipIf(noBrowser)(`what strangers write${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let emulator: Emulator;
  let viewer: Viewer;
  let browser: Browser;

  beforeAll(async () => {
    const clock = testClock(NOW);
    emulator = await startEmulator({ functions: [], clock, stopOnSignals: false, warn: () => {} });
    const MetricData = [SCRIPT.slice(0, 250), 'Huge'].flatMap((MetricName) =>
      [1, 2, 3].map((age) => ({ MetricName, Value: age * 1e15, Timestamp: NOW / 1000 - age * 60 })),
    );
    await cloudWatch(emulator, 'PutMetricData', { Namespace: 'voice/hostile', MetricData });
    const logs = (operation: string, input: object) => call(emulator, 'Logs_20140328', operation, input);
    await logs('CreateLogGroup', { logGroupName: '/hostile' });
    await logs('CreateLogStream', { logGroupName: '/hostile', logStreamName: 's' });
    const messages = [
      SCRIPT,
      `{"_aws":{"CloudWatchMetrics":[{"Namespace":"${'n'.repeat(3000)}","Metrics":[{"Name":"<b>"}]}]},"<b>":"NaN"}`,
      'y'.repeat(100_000),
    ];
    const logEvents = messages.map((message) => ({ timestamp: NOW - 1000, message }));
    await logs('PutLogEvents', { logGroupName: '/hostile', logStreamName: 's', logEvents });
    await cloudWatch(emulator, 'PutMetricAlarm', {
      AlarmName: SCRIPT,
      AlarmDescription: SCRIPT,
      Namespace: 'voice/hostile',
      MetricName: 'Huge',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    await putDashboard(emulator, 'hostile', body);
    viewer = await startViewer({ source: emulatorSource(emulator, { now: clock.now }) });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await viewer?.stop();
    await emulator?.stop();
  });
  const open = (path: string) =>
    openPage(browser, `${viewer.url}/#/${path}?start=2026-11-24T11:30:00Z&end=2026-11-24T12:40:00Z`);

  it('is text in every widget, whatever stands in it', async () => {
    const { page, faults } = await open('dashboards/hostile');
    await page.getByRole('region', { name: 'log' }).locator('tbody tr').nth(2).waitFor();
    await page.locator('canvas').first().waitFor();
    expect(
      await page.locator('.content script, .content iframe, .content form, .content style, .content object').count(),
    ).toBe(0);
    const handlers = await page
      .locator('body *')
      .evaluateAll(
        (all) => all.flatMap((one) => one.getAttributeNames().filter((name: string) => name.startsWith('on'))).length,
      );
    expect(handlers).toBe(0);
    const links = await page.locator('.markdown a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    expect(links.filter((link) => link !== null && !/^(?:https?:|#|\/)/.test(link))).toEqual([]);
    expect(await page.locator('#page').count()).toBe(1);
    expect(await page.getByText('could not be drawn').count()).toBe(0);
    // Chromium says this of handlers in the inert document in which DOMPurify takes them out.
    expect(faults.filter((fault) => !fault.startsWith('Executing inline event handler'))).toEqual([]);
  });

  it('does not make the page wider than it is', async () => {
    const { page } = await open('dashboards/hostile');
    await page.locator('canvas').first().waitFor();
    const [wide, shown] = await page.evaluate<readonly number[]>('[document.documentElement.scrollWidth, innerWidth]');
    expect(wide ?? 0).toBeLessThanOrEqual(shown ?? 0);
  });

  it('is text on the pages of logs and alarms too', async () => {
    const logs = await open('logs');
    await logs.page.locator('.log').nth(2).waitFor();
    expect(await logs.page.locator('.log-text').allTextContents()).toContain(SCRIPT);
    const alarms = await open('alarms');
    await alarms.page.locator('.alarm-row').first().click();
    await alarms.page.getByRole('region', { name: 'State' }).waitFor();
    expect(await alarms.page.getByRole('region', { name: 'State' }).textContent()).toContain(SCRIPT);
    expect([...logs.faults, ...alarms.faults]).toEqual([]);
  });
});
