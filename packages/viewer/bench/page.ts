// What a page in Chromium does under load: how soon an emitted metric is on the screen, how many frames a second a large
// dashboard keeps while all its lines move, and in how much memory. The load comes from a process of its own.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Emulator, startEmulator } from '@voice-campaign/emulator';
import type { Browser, Page } from 'playwright-core';
import { emulatorSource, startViewer } from '../src/index.ts';
import { launchBrowser, noBrowser, openPage } from '../test/e2e/browser.ts';
import { cloudWatch, putDashboard } from '../test/e2e/sample-data.ts';

const SECONDS = 20;
const PROBES = 100;
const WIDGETS = 60;
const SERIES = 1000;
const EVENTS = 2000;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};

const probe = {
  type: 'metric',
  x: 0,
  y: 0,
  width: 8,
  height: 5,
  properties: {
    region: 'us-east-1',
    title: 'Probe',
    view: 'singleValue',
    singleValueFullPrecision: true,
    stat: 'Maximum',
    period: 3600,
    metrics: [['voice/bench', 'Probe']],
  },
};

const loadedGraph = (index: number, from: number, to: number) => ({
  type: 'metric',
  x: (index % 3) * 8,
  y: 5 + Math.floor(index / 3) * 6,
  width: 8,
  height: 6,
  properties: {
    region: 'us-east-1',
    title: `Graph ${index}`,
    stat: 'Sum',
    period: 60,
    metrics: Array.from({ length: to - from }, (_, at) => ['voice/bench', 'Load', 'Line', String(from + at)]),
  },
});

/** Starts the process that makes the load: so many samples a second over the lines. */
function startLoad(url: string, eventsPerSecond: number): () => void {
  const child = fork(
    fileURLToPath(new URL('load.ts', import.meta.url)),
    [url, String(eventsPerSecond), String(SERIES)],
    {
      execArgv: ['--import', 'tsx'],
    },
  );
  return () => child.kill();
}

/** Milliseconds from PutMetricData, as it is called, to the frame that shows the value. */
async function latencies(emulator: Emulator, page: Page, after: number): Promise<readonly number[]> {
  await page.evaluate(`{
    globalThis.seen = [];
    const look = () => {
      const text = document.querySelector('.single-value')?.textContent ?? '';
      const value = Number.parseInt(text.replaceAll(',', ''), 10);
      if (value > (seen.at(-1)?.value ?? ${after})) seen.push({ value, at: Date.now() });
      requestAnimationFrame(look);
    };
    look();
  }`);
  const sent: number[] = [];
  for (let value = after + 1; value <= after + PROBES; value += 1) {
    sent.push(Date.now());
    await cloudWatch(emulator, 'PutMetricData', {
      Namespace: 'voice/bench',
      MetricData: [{ MetricName: 'Probe', Value: value }],
    });
    await new Promise((resolve) => setTimeout(resolve, 170 + Math.random() * 60));
  }
  await page.waitForTimeout(1000);
  const seen = await page.evaluate<readonly { readonly value: number; readonly at: number }[]>('seen');
  return sent.flatMap((at, index) => {
    const shown = seen.find(({ value }) => value > after + index);
    return shown ? [shown.at - at] : [];
  });
}

async function frames(page: Page): Promise<{ readonly rate: number; readonly longest: number }> {
  const times = await page.evaluate<readonly number[]>(`new Promise((resolve) => {
    const times = [];
    const tick = (now) => {
      times.push(now);
      if (now - times[0] < ${SECONDS * 1000}) requestAnimationFrame(tick);
      else resolve(times);
    };
    requestAnimationFrame(tick);
  })`);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  return { rate: (1000 * gaps.length) / ((times.at(-1) ?? 0) - (times[0] ?? 0)), longest: Math.max(...gaps) };
}

/** What the process of the page keeps for itself, in megabytes. */
async function memory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const resident = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  return Math.max(...resident);
}

if (noBrowser) throw new Error(noBrowser);
const emulator = await startEmulator({ functions: [], warn: () => {} });
const viewer = await startViewer({ source: emulatorSource(emulator) });
const browser = await launchBrowser();
const stops: (() => void)[] = [];
try {
  stops.push(startLoad(emulator.url, EVENTS));
  await putDashboard(emulator, 'probe', { widgets: [probe] });
  const first = await openPage(browser, `${viewer.url}/#/dashboards/probe?start=-PT1H`);
  await first.page.locator('.single').waitFor();
  const times = await latencies(emulator, first.page, 0);
  print(
    `From PutMetricData to the screen, at ${EVENTS} samples a second: p50 ${percentile(times, 0.5)} ms, p95 ${percentile(times, 0.95)} ms, most ${Math.max(...times)} ms (${times.length} probes)`,
  );
  await first.page.context().close();

  const size = Math.ceil(SERIES / WIDGETS);
  const graphs = Array.from({ length: WIDGETS }, (_, index) =>
    loadedGraph(index, index * size, Math.min(SERIES, (index + 1) * size)),
  );
  await putDashboard(emulator, 'large', {
    widgets: [probe, ...graphs.filter(({ properties }) => properties.metrics.length > 0)],
  });
  const second = await openPage(browser, `${viewer.url}/#/dashboards/large?start=-PT1H`, { width: 1920, height: 1080 });
  await second.page.locator('canvas').nth(3).waitFor();
  const { rate, longest } = await frames(second.page);
  const used = await memory(browser);
  print(
    `${WIDGETS} widgets, ${SERIES} lines, ${EVENTS} samples a second: ${rate.toFixed(1)} frames a second, longest frame ${longest.toFixed(0)} ms`,
  );
  print(`Memory of the process of the page: ${used.toFixed(0)} MB`);
  const loaded = await latencies(emulator, second.page, PROBES);
  print(
    `From PutMetricData to the screen on that page: p50 ${percentile(loaded, 0.5)} ms, p95 ${percentile(loaded, 0.95)} ms`,
  );
} finally {
  for (const stop of stops) stop();
  await browser.close();
  await viewer.stop();
  await emulator.stop();
}
