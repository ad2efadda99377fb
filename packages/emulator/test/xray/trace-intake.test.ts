import { BatchGetTracesCommand, GetTraceSummariesCommand, XRayClient } from '@aws-sdk/client-xray';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realClock, testClock } from '../../src/core/clock.ts';
import { createTraceStore, type TraceDocument } from '../../src/xray/store/trace-store.ts';
import { createTraceIntake } from '../../src/xray/trace-intake.ts';
import { emulatorWith, handlerFile } from '../running-emulator.ts';

const noon = Date.UTC(2031, 4, 1, 12);
/** Real time, which goes on by itself. */
const real = { now: Date.UTC(2026, 10, 23, 16) };

const intake = () => {
  const clock = testClock(noon);
  const traces = createTraceStore();
  return { ...createTraceIntake({ traces, clock, now: () => real.now, random: () => 0.5 }), clock, traces };
};

const documentOf = (trace_id: string, id: string, from: number, to?: number): TraceDocument => ({
  ...{ trace_id, id: id.repeat(16), name: 'dialer-worker', start_time: from / 1000 },
  ...(to === undefined ? { in_progress: true } : { end_time: to / 1000 }),
});

describe('traces of functions', () => {
  it("begin on the emulator's clock and last as long as they did, subsegments too", () => {
    const { begin, record, traces } = intake();
    const traceId = begin();
    const from = real.now;
    const dial = { id: 'd'.repeat(16), name: 'dial', start_time: (from + 100) / 1000, end_time: (from + 400) / 1000 };
    real.now += 500;
    record({ ...documentOf(traceId, 'a', from, from + 500), subsegments: [dial] });
    expect(Number.parseInt(traceId.slice(2, 10), 16)).toBe(noon / 1000);
    const [document] = traces.get(traceId)?.documents ?? [];
    expect(document?.start_time).toBeCloseTo(noon / 1000, 3);
    expect(document?.end_time).toBeCloseTo(noon / 1000 + 0.5, 3);
    expect(document?.subsegments?.[0]?.start_time).toBeCloseTo(noon / 1000 + 0.1, 3);
    expect(document?.subsegments?.[0]?.end_time).toBeCloseTo(noon / 1000 + 0.4, 3);
  });

  it('keep the distance of their documents while the clock stands still, and while it is advanced', async () => {
    const { begin, record, traces, clock } = intake();
    const traceId = begin();
    const from = real.now;
    record(documentOf(traceId, 'a', from));
    await clock.advance('15m');
    real.now += 2000;
    record(documentOf(traceId, 'b', from + 1000, from + 2000));
    const starts = traces.get(traceId)?.documents.map(({ start_time }) => start_time - noon / 1000);
    expect(starts?.[0]).toBeCloseTo(0, 3);
    expect(starts?.[1]).toBeCloseTo(1, 3);
  });

  it('stay as they are where the clock is real time', () => {
    const traces = createTraceStore();
    // Two readings are never quite the same.
    const now = () => real.now++;
    const { begin, record } = createTraceIntake({ traces, clock: realClock(now), now, random: () => 0.5 });
    const document = documentOf(begin(), 'a', real.now, real.now + 1);
    record(document);
    expect(traces.list()[0]?.documents[0]).toBe(document);
  });
});

it('finds the traces of requests, functions and their handlers by the time of the clock', async () => {
  const clock = testClock(noon);
  const emulator = await emulatorWith({
    clock,
    functions: [{ name: 'worker', entry: handlerFile('campaign.ts'), handler: 'worker' }],
    routes: [{ method: 'POST', path: '/calls', functionName: 'worker' }],
  });
  await emulator.invoke('worker', { Records: [] });
  await emulator.fetch(new Request('http://api.test/local/calls', { method: 'POST' }));
  await emulator.idle();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new XRayClient({ endpoint: emulator.url, region: 'us-east-1', credentials });
  onTestFinished(() => client.destroy());
  const range = { StartTime: new Date(noon - 60_000), EndTime: new Date(noon + 1000) };
  const minute = '2031-05-01T12:00';
  for (const TimeRangeType of ['TraceId', 'Event'] as const) {
    const asked = { ...range, EndTime: new Date(noon + 60_000), TimeRangeType };
    const { TraceSummaries = [] } = await client.send(new GetTraceSummariesCommand(asked));
    expect(TraceSummaries.map(({ StartTime }) => StartTime?.toISOString().slice(0, 16))).toEqual([minute, minute]);
  }
  const { TraceSummaries = [] } = await client.send(new GetTraceSummariesCommand(range));
  const TraceIds = TraceSummaries.flatMap(({ Id }) => Id ?? []);
  const { Traces = [] } = await client.send(new BatchGetTracesCommand({ TraceIds }));
  const documents = Traces.flatMap(({ Segments = [] }) => Segments.map(({ Document = '' }) => JSON.parse(Document)));
  expect(new Set(documents.map(({ origin }) => origin))).toEqual(
    new Set(['AWS::Lambda', 'AWS::Lambda::Function', 'AWS::ApiGateway::Stage']),
  );
  const handled = documents.flatMap(({ subsegments = [] }) => subsegments).filter(({ name }) => name === '## handler');
  expect(handled.length).toBeGreaterThan(0);
  for (const { start_time } of [...documents, ...handled]) {
    expect(start_time * 1000).toBeGreaterThan(noon - 1);
    expect(start_time * 1000).toBeLessThan(noon + 60_000);
  }
});
