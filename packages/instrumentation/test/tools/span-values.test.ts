import { validateSegment, voiceCampaign } from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';
import { type InstrumentOptions, instrument, type Trace } from '../../src/index.ts';
import { fakeContext, fixedClock, memorySink } from '../../src/testing.ts';
import { watched } from '../watched.ts';

/** The handler's span after `work`, and what was reported. */
async function spanOf(work: (trace: Trace) => unknown, more: InstrumentOptions = {}) {
  const { sink, issues, options } = watched(more);
  await instrument(
    voiceCampaign,
    'dialer-worker',
    (_event: object, { trace }) => work(trace),
    options,
  )({}, fakeContext());
  return { span: sink.segments[0], segments: sink.segments, issues };
}

it('metadata is what it was when it was given: later changes neither leak nor cost the document', async () => {
  let reads = 0;
  const { span, issues } = await spanOf((trace) => {
    const call: Record<string, unknown> = { tries: 1, leg: { codec: 'opus' } };
    trace.metadata('call', call);
    Object.assign(call.leg as object, { note: 'to +15551234567', up: call });
    const once = {
      toJSON: () => {
        reads += 1;
        if (reads > 1) throw new Error('read twice');
        return 'once';
      },
    };
    trace.metadata('once', once);
  });
  expect(span?.metadata).toEqual({ default: { call: { tries: 1, leg: { codec: 'opus' } }, once: 'once' } });
  expect(issues).toEqual([]);
});

it('no name of a span, annotation or metadata leaks a number', async () => {
  const { span, issues } = await spanOf((trace) => {
    trace.annotate('calls to +15551234567', 2);
    trace.metadata('+15551234567', 'ringing', 'leg +15551234567');
    trace.span('dial +15551234567', () => {});
    trace.span(Symbol('odd') as never, () => {});
  });
  expect(JSON.stringify(span)).not.toContain('5551234567');
  expect(span?.annotations).toMatchObject({ calls_to__1________67: 2 });
  expect(span?.subsegments).toMatchObject([{ name: 'dial +1________67' }, { name: 'Symbol_odd_' }]);
  expect(issues).toEqual([]);
});

it('what X-Ray would refuse is dropped and reported, or cut to what it takes', async () => {
  const { span, issues } = await spanOf((trace) => {
    trace.annotate('ratio', Number.NaN);
    trace.annotate('', 'nameless');
    trace.annotate('call', { id: 1 } as never);
    trace.annotate('prompt', 'x'.repeat(1500));
    trace.annotate('campaignId', 'spring');
    trace.http({ request: { method: 'GET', url: `https://pbx.example/calls?${'page=1&'.repeat(100)}` } });
  });
  expect(validateSegment(span)).toEqual([]);
  expect(Object.keys(span?.annotations ?? {})).toEqual(['ColdStart', 'Service', 'prompt', 'campaignId']);
  expect(issues.map(({ message }) => message)).toEqual([
    'annotation ratio is no text, finite number or boolean: make it metadata',
    'an annotation has no key: name it',
    'annotation call is no text, finite number or boolean: make it metadata',
    'annotation prompt has more than 1000 characters: the rest is dropped',
  ]);
});

it('no span ends before it began, where the clock is set back meanwhile', async () => {
  const now = fixedClock(1_700_000_000_000);
  const { span } = await spanOf((trace) => trace.span('dial', () => now.advance(-5000)), { now });
  expect(validateSegment(span)).toEqual([]);
  expect(span).toMatchObject({ end_time: 1_700_000_000, subsegments: [{ end_time: 1_700_000_000 }] });
});

it('a loop that calls itself in a span loses none, however deep they nest', async () => {
  const depth = 6000;
  const { segments, issues } = await spanOf(async (trace) => {
    let left = depth;
    const poll = async (): Promise<void> => {
      await Promise.resolve();
      left -= 1;
      if (left >= 0) await trace.span('poll', poll);
    };
    await poll();
  });
  expect(issues).toEqual([]);
  const names = segments.flatMap((segment) => JSON.stringify(segment).match(/"name":"poll"/g) ?? []);
  expect(names).toHaveLength(depth);
  // Each names the one that it is part of.
  const ids = new Set(segments.flatMap((segment) => JSON.stringify(segment).match(/"id":"\w+"/g) ?? []));
  for (const { parent_id } of segments.slice(1)) expect(ids).toContain(`"id":"${parent_id}"`);
});

it.each([
  ['none', ''],
  ['a malformed one', ';Parent=53995c3f'],
])('where the trace header has no parent, but %s, no span is made its own', async (_what, parent) => {
  const header = `Root=1-5759e988-bd862e3fe1be46a994272793${parent};Sampled=1`;
  const sink = memorySink({ traceHeader: header });
  let passedOn = '';
  const { segments } = await spanOf(
    (trace) => {
      passedOn = trace.span('enqueue', (span) => span.header());
    },
    { sink },
  );
  expect([...segments, ...sink.segments]).toEqual([]);
  expect(passedOn).toBe('Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1');
});
