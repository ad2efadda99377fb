import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Emulator, startEmulator } from '@voice-campaign/emulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postgresServer } from './postgres-server.ts';
import { type Document, named } from './traced.ts';

const entryOf = (name: string) => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
const portOf = (server: Server) => (server.address() as AddressInfo).port;

const web = createServer((request, response) => {
  response.statusCode = Number(request.url?.slice(1));
  response.end('{}');
});
const postgres = postgresServer();
let emulator: Emulator;

beforeAll(async () => {
  for (const server of [web, postgres]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  const function_ = (name: string, rest: object = {}) => ({
    name,
    entry: entryOf(name),
    timeoutMs: 20_000,
    processes: 1,
    ...rest,
  });
  emulator = await startEmulator({
    functions: [function_('by-powertools'), function_('by-us')],
    // No telephone number to our masker, as that of a queue on AWS is none.
    accountId: '000000000000',
    queues: [{ name: 'outcomes' }],
    environment: { POWERTOOLS_METRICS_NAMESPACE: 'voice-campaign/interop' },
    conditions: ['@voice-campaign/source'],
    // The SDK sends what it has after the response.
    freeze: false,
  });
}, 60_000);

afterAll(async () => {
  await emulator.stop();
  for (const server of [web, postgres]) server.close();
});

/** The handler's subsegment of a new invocation, with all below it, however many documents it came in. */
async function handlerOf(name: string, event: object): Promise<Document> {
  emulator.reset();
  await emulator.invoke(name, {
    queueUrl: emulator.queueUrl('outcomes'),
    httpPort: portOf(web),
    postgresPort: portOf(postgres),
    ...event,
  });
  const found = () => emulator.traces.list().flatMap(({ documents }) => documents as unknown as Document[]);
  await expect.poll(() => named(found(), '## index.handler')?.end_time, { timeout: 5000 }).toBeDefined();
  const documents = found();
  expect(emulator.traces.report()).toMatchObject({ rejected: 0, flaws: {} });
  const handler = named(documents, '## index.handler');
  if (!handler) throw new Error('no handler');
  return withChildren(handler, documents);
}

/** A document with the children that came in documents of their own, in an order that no clock decides. */
function withChildren({ subsegments = [], ...document }: Document, all: readonly Document[]): Document {
  const children = [...subsegments, ...all.filter(({ parent_id }) => parent_id === document.id)];
  return { ...document, subsegments: children.map((child) => withChildren(child, all)) };
}

/** What two recordings of the same work have in common: all but ids, times and where the code is. */
function comparable({ subsegments = [], ...document }: Document): object {
  const { id: _id, trace_id: _trace, parent_id: _parent, type: _type, ...said } = document;
  const { start_time, end_time, cause, aws, ...rest } = said as Record<string, unknown>;
  const { exceptions = [] } = (cause ?? {}) as { exceptions?: { type: string; message: string; remote?: boolean }[] };
  const { request_id, message_id: _message, ...call } = (aws ?? {}) as Record<string, unknown>;
  const children = subsegments.map((child) => comparable(child));
  return {
    ...rest,
    closed: Number(end_time) >= Number(start_time),
    exceptions: exceptions.map(({ type, message, remote = false }) => ({ type, message, remote })),
    ...(aws !== undefined && { aws: call, answered: typeof request_id }),
    children: children.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)),
  };
}

const sortKey = (document: object) => JSON.stringify(Object.entries(document).sort());

it.each([
  ['returns', {}],
  ['throws', { fail: true }],
])(
  'makes the same trace of a handler that %s as Powertools Tracer does',
  async (_what, event) => {
    const theirs = await handlerOf('by-powertools', event);
    const ours = await handlerOf('by-us', event);
    expect(theirs.subsegments?.map(({ name }) => name).sort()).toEqual([
      '### bill',
      'carrier',
      'contacts@127.0.0.1',
      'contacts@127.0.0.1',
      'dial',
    ]);
    expect(comparable(ours)).toEqual(comparable(theirs));
  },
  60_000,
);
