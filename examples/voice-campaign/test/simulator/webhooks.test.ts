import { afterEach, expect, test, vi } from 'vitest';
import { type HttpServer, serveHttp } from '../../src/simulator/http-server.ts';
import { createWebhooks, type Webhook } from '../../src/simulator/webhooks.ts';

const keypress: Webhook = { kind: 'keypress', campaignId: 'spring', callId: 'a', digit: '1', eventId: 'a-key-1' };
let server: HttpServer | undefined;
afterEach(() => server?.close());

/** An API that refuses the first `refusals` requests. */
async function apiRefusing(refusals: number) {
  const heard: unknown[] = [];
  server = await serveHttp(
    async (path, body) => {
      const { attempt, eventId } = JSON.parse(body);
      heard.push({ path: path.join('/'), attempt, eventId });
      if (heard.length <= refusals) throw new Error('not now');
      return '{}';
    },
    () => 502,
  );
  return { heard, apiUrl: Promise.resolve(server.url) };
}

test('a webhook is posted again, with its attempt counted, until it is accepted', async () => {
  const { heard, apiUrl } = await apiRefusing(2);
  const webhooks = createWebhooks({ apiUrl, wait: async () => {} });
  webhooks.post(keypress);
  await vi.waitUntil(() => webhooks.pending() === 0);
  expect(heard).toEqual([1, 2, 3].map((attempt) => ({ path: 'calls/a/keypress', attempt, eventId: 'a-key-1' })));
  expect(webhooks.lost()).toEqual([]);
});

test('a webhook that is never accepted is given up, and said to be lost', async () => {
  const { apiUrl } = await apiRefusing(99);
  const webhooks = createWebhooks({ apiUrl, wait: async () => {}, maxAttempts: 3 });
  webhooks.post(keypress);
  await vi.waitUntil(() => webhooks.pending() === 0);
  expect(webhooks.lost()).toEqual([keypress]);
});
