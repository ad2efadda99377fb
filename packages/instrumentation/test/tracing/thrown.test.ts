import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';
import { instrument, type TelemetryIssue } from '../../src/index.ts';
import { fakeContext, memorySink } from '../../src/testing.ts';

const failing = (message: string) => ({
  get(): never {
    throw new Error(message);
  },
});
const closed = new Proxy({}, { get: failing('closed').get, getPrototypeOf: failing('closed').get });
const unreadable = (key: string) => Object.defineProperty(new Error('no trunk'), key, failing('getter'));

// Bodies of HTTP errors are made messages, and `Error.prepareStackTrace` gives lists in place of a text.
it.each([
  ['an object without a prototype', Object.create(null)],
  ['a symbol', Symbol('no trunk')],
  ['a proxy that throws', closed],
  ['an error whose message is an object', Object.assign(new Error(), { message: { reason: 'no trunk' } })],
  ['an error whose name is an object', Object.assign(new Error('no trunk'), { name: { reason: 'no trunk' } })],
  ['an error whose stack is a list', Object.assign(new Error('no trunk'), { stack: ['dial'] })],
  ['an error whose stack cannot be read', unreadable('stack')],
  ['an error whose status cannot be read', unreadable('statusCode')],
  ['an error whose cause cannot be read', unreadable('cause')],
])('%s leaves the handler as it is, and its metrics and spans are there', async (_what, thrown) => {
  const sink = memorySink();
  const issues: TelemetryIssue[] = [];
  const handler = instrument(
    voiceCampaign,
    'dialer-worker',
    (_event: object, { metrics, trace }) => {
      metrics.add('TotalCalls', 1);
      return trace.span('dial', () => {
        throw thrown;
      });
    },
    { sink, namespace: 'voice-campaign/test', onError: (issue) => issues.push(issue) },
  );
  const outcome = await handler({}, fakeContext()).then(
    () => 'returned',
    (error: unknown) => error === thrown,
  );
  expect(outcome).toBe(true);
  expect(sink.total('TotalCalls')).toBe(1);
  const text = expect.any(String);
  const cause = { exceptions: [{ type: text, message: text }] };
  expect(sink.segments).toMatchObject([{ fault: true, cause, subsegments: [{ name: 'dial', fault: true, cause }] }]);
  expect(issues).toEqual([]);
});
