import { request } from 'node:http';
import { type Emulator, startEmulator, type TestClock, testClock } from '@voice-campaign/emulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emulatorSource, startViewer, type Viewer, viewerPages } from '../../src/index.ts';
import type { LiveEvent } from '../../src/protocol/live-event.ts';
import { call, cloudWatch, putDashboard } from '../e2e/sample-data.ts';

const START = Date.UTC(2026, 10, 24, 12, 30);

type Reply = { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly text: string };

/** A path as it is, which `fetch` would put in order first. */
const raw = (url: string, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const asked = request({ hostname, port, path, headers, method }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    asked.on('error', reject).end();
  });

describe('the pages of a viewer', () => {
  let clock: TestClock;
  let emulator: Emulator;
  let viewer: Viewer;
  const faults: unknown[] = [];

  beforeAll(async () => {
    clock = testClock(START);
    emulator = await startEmulator({ functions: [], clock, stopOnSignals: false });
    const source = emulatorSource(emulator, { now: clock.now });
    viewer = await startViewer({ source, onError: (error) => faults.push(error) });
    emulator.mount(await viewerPages(source, { at: '/_viewer' }));
  });
  afterAll(async () => {
    await viewer?.stop();
    await emulator?.stop();
  });
  beforeEach(() => {
    faults.length = 0;
    emulator.reset();
  });

  const get = (path: string, headers?: Record<string, string>) => raw(viewer.url, path, headers);
  const answer = async (path: string): Promise<unknown> => JSON.parse((await get(path)).text);

  it('answer to names of this machine alone', async () => {
    for (const host of [
      'evil.example',
      'evil.example:80',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      'evil',
      '::1',
    ]) {
      expect((await get('/api/meta', { host })).status, host).toBe(403);
    }
    for (const host of ['localhost', 'viewer.localhost:4600', '127.0.0.1:1', '[::1]:4600']) {
      expect((await get('/api/meta', { host })).status, host).toBe(200);
    }
  });

  it('give no file but those of the page, whatever the path', async () => {
    const paths = [
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/....//etc/passwd',
      '//etc/passwd',
      '/main.js/../../../package.json',
      '/%00',
      '/%',
      '/page/main.tsx',
      '/constructor',
      '/__proto__',
    ];
    for (const path of paths) expect((await get(path)).status, path).toBe(404);
    for (const path of [
      '/api',
      '/api/',
      '/api/constructor',
      '/api/__proto__',
      '/api/*',
      '/api/dashboards/*/x',
      '/api/%',
    ]) {
      expect((await get(path)).status, path).toBe(404);
    }
    expect(faults).toEqual([]);
  });

  it('are not read by other pages, nor kept without asking', async () => {
    const page = await get('/');
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(page.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' });
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    const again = await get('/', { 'if-none-match': String(page.headers.etag) });
    expect([again.status, again.text]).toEqual([304, '']);
    const api = await get('/api/alarms');
    expect(api.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'application/json' });
    expect(await raw(viewer.url, '/api/alarms', {}, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET' } });
  });

  it('say what is wrong with a question', async () => {
    for (const [path, message] of [
      ['/api/service-map?start=yesterday', 'start=yesterday is no instant'],
      ['/api/events?start=yesterday', 'start=yesterday is no instant'],
      ['/api/events?after=-1', 'after=-1 is no whole number'],
      ['/api/logs/query?query=fields%20x', 'names no log group'],
      ['/api/traces?filter=service(', ''],
    ] as const) {
      const { status, text } = await get(path);
      expect([path, status]).toEqual([path, 400]);
      expect((JSON.parse(text) as { message: string }).message).toContain(message);
    }
    expect(faults).toEqual([]);
  });

  it('pass on what others wrote as data: script, huge labels, numbers that JSON does not have', async () => {
    const script = '<script>alert("1")</script>\u2028</script>\u0000';
    const long = 'x'.repeat(200_000);
    const widget = (properties: object) => ({ type: 'metric', properties: { region: 'us-east-1', ...properties } });
    const metrics = [
      ['voice', 'Calls', { id: 'm', stat: 'Sum', period: 60, label: script }],
      [{ expression: 'm * 1e308 * 1e308', id: 'huge', label: long }],
    ];
    const body = { widgets: [widget({ title: script, metrics }), { type: 'text', properties: { markdown: script } }] };
    await putDashboard(emulator, 'hostile', body);
    const MetricData = [{ MetricName: 'Calls', Value: 3, Timestamp: START / 1000 - 60 }];
    await cloudWatch(emulator, 'PutMetricData', { Namespace: 'voice', MetricData });
    await call(emulator, 'Logs_20140328', 'CreateLogGroup', { logGroupName: 'g' });
    await call(emulator, 'Logs_20140328', 'CreateLogStream', { logGroupName: 'g', logStreamName: 's' });
    const logEvents = [{ timestamp: START, message: script }];
    await call(emulator, 'Logs_20140328', 'PutLogEvents', { logGroupName: 'g', logStreamName: 's', logEvents });
    const reply = await get('/api/dashboards/hostile/data');
    expect(reply.headers['content-type']).toBe('application/json');
    expect(JSON.parse(reply.text)).toMatchObject({
      widgets: [{ data: { series: [{ label: script, values: [3] }, { label: long }] } }],
    });
    expect(reply.text).not.toContain('Infinity');
    expect(await answer('/api/dashboards/hostile')).toMatchObject({
      dashboard: { widgets: [{ properties: { title: script } }, { properties: { markdown: script } }] },
    });
    expect(await answer('/api/logs/events')).toMatchObject({ lines: [{ message: script }] });
    expect(faults).toEqual([]);
  });

  it('are at the address of the emulator too, beside its services', async () => {
    expect(await raw(emulator.url, '/_viewer')).toMatchObject({ status: 308, headers: { location: '/_viewer/' } });
    expect((await raw(emulator.url, '/_viewer/')).text).toContain('<div id="page">');
    expect((await raw(emulator.url, '/_viewer/main.js')).headers['content-type']).toContain('text/javascript');
    expect(JSON.parse((await raw(emulator.url, '/_viewer/api/meta')).text)).toMatchObject({ kind: 'emulator' });
    expect((await raw(emulator.url, '/_viewer/api/meta', { host: 'evil.example' })).status).toBe(403);
    expect((await raw(emulator.url, '/_viewerx/')).status).toBe(403);
    expect((await raw(emulator.url, '/local/none')).text).toContain('Missing Authentication Token');
  });

  it('stream what comes, and after a broken connection what came meanwhile', async () => {
    await call(emulator, 'Logs_20140328', 'CreateLogGroup', { logGroupName: 'g' });
    await call(emulator, 'Logs_20140328', 'CreateLogStream', { logGroupName: 'g', logStreamName: 's' });
    const write = (message: string) =>
      call(emulator, 'Logs_20140328', 'PutLogEvents', {
        ...{ logGroupName: 'g', logStreamName: 's' },
        logEvents: [{ timestamp: clock.now(), message }],
      });
    await write('before');
    const first = await listen(viewer.url, '/api/events');
    await first.until(({ kind }) => kind === 'alarms');
    await write('one');
    await first.until((event) => event.kind === 'logs');
    first.close();
    await write('two');
    await write('three\n\ndata: {"kind":"alarms"}');
    const second = await listen(viewer.url, '/api/events', first.lastId());
    const event = await second.until(({ kind }) => kind === 'logs');
    expect(event).toMatchObject({
      skipped: 0,
      lines: [{ message: 'two' }, { message: 'three\n\ndata: {"kind":"alarms"}' }],
    });
    second.close();
  });
});

describe('a source that fails', () => {
  it('is said to, in its own words, until it can be read again', async () => {
    const emulator = await startEmulator({ functions: [], stopOnSignals: false });
    const whole = emulatorSource(emulator);
    let fails = true;
    const alarms: typeof whole.alarms = () => (fails ? Promise.reject(new Error('Rate exceeded')) : whole.alarms());
    const faults: unknown[] = [];
    const viewer = await startViewer({ source: { ...whole, alarms }, onError: (error) => faults.push(error) });
    const page = await listen(viewer.url, '/api/events');
    try {
      const said = { kind: 'faults', faults: [{ part: 'alarms', message: 'Rate exceeded' }] };
      expect(await page.until(({ kind }) => kind === 'faults')).toEqual(said);
      expect(await page.until(({ kind }) => kind === 'source')).toMatchObject({ source: { kind: 'emulator' } });
      expect(faults).toHaveLength(1);
      fails = false;
      const input = { AlarmName: 'quiet', AlarmRule: 'FALSE' };
      await cloudWatch(emulator, 'PutCompositeAlarm', input);
      expect(await page.until(({ kind }) => kind === 'faults')).toEqual({ kind: 'faults', faults: [] });
    } finally {
      page.close();
      await viewer.stop();
      await emulator.stop();
    }
  });
});

/** Reads server-sent events as a browser does. */
async function listen(url: string, path: string, lastEventId?: string) {
  const abort = new AbortController();
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const { body } = await fetch(url + path, { signal: abort.signal, headers });
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let lastId: string | undefined;
  const next = async (): Promise<LiveEvent> => {
    for (;;) {
      const end = rest.indexOf('\n\n');
      if (end >= 0) {
        const lines = rest.slice(0, end).split('\n');
        rest = rest.slice(end + 2);
        lastId = lines.find((line) => line.startsWith('id: '))?.slice(4) ?? lastId;
        const found = lines.find((line) => line.startsWith('data: '));
        if (found) return JSON.parse(found.slice(6)) as LiveEvent;
        continue;
      }
      const { value, done } = await reader.read();
      if (done) throw new Error('the stream ended');
      rest += value;
    }
  };
  return {
    until: async (wanted: (event: LiveEvent) => boolean): Promise<LiveEvent> => {
      for (;;) {
        const event = await next();
        if (wanted(event)) return event;
      }
    },
    lastId: () => lastId ?? '',
    close: () => abort.abort(),
  };
}
