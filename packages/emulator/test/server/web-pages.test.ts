import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../src/emulator.ts';
import { emulatorWith, handlerFile } from '../running-emulator.ts';

type Sent = { readonly method?: string; readonly path: string; readonly headers?: Record<string, string> };
type Reply = { readonly status: number; readonly text: string };

/** As a browser sends it: `fetch` of Node would not send these headers. */
const send = ({ url }: Pick<Emulator, 'url'>, { method = 'GET', path, headers = {} }: Sent): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const asked = request({ hostname, port, path, method, headers }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, text });
    });
    asked.on('error', reject).end(method === 'POST' ? '{}' : undefined);
  });

const origin = 'https://evil.example';
const posts = ['/_emulator/reset', '/_emulator/metrics', '/TraceSegments', '/2015-03-31/functions/waits/invocations'];
const image = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
const createTopic = '/?Action=CreateTopic&Version=2010-03-31&Name=x';

describe('a web page of another site', () => {
  it('cannot make the emulator do anything', async () => {
    const emulator = await emulatorWith({});
    const attempts: Sent[] = [
      ...posts.map((path) => ({ method: 'POST', path, headers: { origin, 'content-type': 'text/plain' } })),
      { method: 'POST', path: createTopic, headers: { 'sec-fetch-site': 'cross-site' } },
      { path: createTopic, headers: { origin } },
      { path: createTopic, headers: image },
      { path: createTopic, headers: link },
      { path: createTopic, headers: { ...image, 'sec-fetch-site': 'same-site' } },
      { path: '/_emulator/health', headers: image },
      { path: '/_emulator/health', headers: { origin: 'null' } },
      { path: '/_emulator/health', headers: { origin: 'http://localhost.evil.example' } },
      { path: '/_emulator/health', headers: { origin: 'http://evil.example/localhost' } },
    ];
    for (const attempt of attempts) {
      const { status, text } = await send(emulator, attempt);
      expect([status, text], JSON.stringify(attempt)).toEqual([403, expect.stringContaining('listen on another')]);
    }
    const health = await send(emulator, { path: '/_emulator/health' });
    expect(JSON.parse(health.text)).toMatchObject({ topics: { topics: 0 }, metrics: { series: 0 } });
  });

  it('reaches the REST API by a link or an image alone, and pages by a link alone', async () => {
    const emulator = await emulatorWith({
      functions: [{ name: 'front', entry: handlerFile('front.ts') }],
      routes: [{ method: 'ANY', path: '/calls', functionName: 'front' }],
    });
    emulator.mount((asked, response) => {
      if (asked.url !== '/page') return false;
      response.end('a page');
      return true;
    });
    const statusOf = async (sent: Sent) => (await send(emulator, sent)).status;
    expect(await statusOf({ path: '/local/calls', headers: link })).toBe(200);
    expect(await statusOf({ path: '/local/calls', headers: image })).toBe(200);
    expect(await statusOf({ path: '/local/none', headers: image })).toBe(403);
    expect(await statusOf({ method: 'POST', path: '/local/calls', headers: { origin } })).toBe(403);
    expect(await statusOf({ path: '/page', headers: link })).toBe(200);
    expect(await statusOf({ path: '/page', headers: image })).toBe(403);
  });

  it('is nobody where the emulator listens to other machines', async () => {
    const emulator = await emulatorWith({ host: '0.0.0.0' });
    expect((await send(emulator, { path: '/_emulator/health', headers: { origin } })).status).toBe(200);
  });
});

it('takes what pages of this machine send, and what people type', async () => {
  const emulator = await emulatorWith({});
  const path = '/_emulator/health';
  const [sameOrigin, none] = [{ 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }];
  const origins = [emulator.url, 'http://localhost:3000', 'https://app.localhost', 'http://[::1]:8080'];
  for (const headers of [
    ...origins.map((own) => ({ origin: own, 'sec-fetch-site': 'cross-site' })),
    sameOrigin,
    none,
  ]) {
    expect((await send(emulator, { path, headers })).status, JSON.stringify(headers)).toBe(200);
  }
});
