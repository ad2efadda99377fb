import {
  BatchGetTracesCommand,
  GetServiceGraphCommand,
  GetTraceSummariesCommand,
  PutTelemetryRecordsCommand,
  PutTraceSegmentsCommand,
  XRayClient,
} from '@aws-sdk/client-xray';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasMoto, type Moto, motoSuite, startMoto } from '../../../../tools/moto.ts';
import { emulatorWith } from '../running-emulator.ts';

const seconds = Math.floor(Date.now() / 1000) - 30;
const traceId = (digit: string) => `1-${seconds.toString(16)}-${digit.repeat(24)}`;
const segment = (digit: string, more: object = {}) =>
  JSON.stringify({
    ...{ id: digit.repeat(16), trace_id: traceId(digit), name: 'dialer-worker', origin: 'AWS::Lambda::Function' },
    ...{ start_time: seconds, end_time: seconds + 4, annotations: { campaignId: `c-${digit}` } },
    ...more,
  });

const clientOf = (url: string): XRayClient => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new XRayClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
};

/** The same calls for either; gives back what a client sees. */
const story = async (url: string) => {
  const client = clientOf(url);
  const TraceSegmentDocuments = [
    segment('1'),
    segment('1', { id: 'e'.repeat(16), parent_id: '1'.repeat(16), start_time: seconds + 1, end_time: seconds + 2 }),
    segment('2', { fault: true }),
    'no JSON',
  ];
  const put = await client.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments }));
  const TelemetryRecords = [{ Timestamp: new Date(seconds * 1000), SegmentsReceivedCount: 4 }];
  await client.send(new PutTelemetryRecordsCommand({ TelemetryRecords, Hostname: 'asterisk' }));
  const asked = [traceId('1'), traceId('3')];
  const { Traces, UnprocessedTraceIds } = await client.send(new BatchGetTracesCommand({ TraceIds: asked }));
  const range = { StartTime: new Date((seconds - 60) * 1000), EndTime: new Date((seconds + 60) * 1000) };
  const { TraceSummaries, TracesProcessedCount } = await client.send(new GetTraceSummariesCommand(range));
  const summaries = (TraceSummaries ?? []).toSorted((one, other) => ((one.Id ?? '') < (other.Id ?? '') ? -1 : 1));
  return {
    unprocessed: put.UnprocessedTraceSegments?.map(({ Id }) => Id ?? 'no id'),
    refusedAs: put.UnprocessedTraceSegments?.map(({ ErrorCode }) => ErrorCode),
    documents: Traces?.map(({ Segments = [] }) => Segments.map(({ Document = '' }) => JSON.parse(Document).id).sort()),
    unknown: UnprocessedTraceIds,
    seen: TracesProcessedCount,
    summaries: summaries.map(({ Id, HasError, HasFault, HasThrottle }) => [Id, HasError, HasFault, HasThrottle]),
    durations: summaries.map(({ Duration }) => Duration),
  };
};

/** What a user of traces relies on, and moto leaves out. */
const more = async (url: string) => {
  const client = clientOf(url);
  await client.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: [segment('4', { fault: true })] }));
  const range = { StartTime: new Date((seconds - 60) * 1000), EndTime: new Date((seconds + 60) * 1000) };
  const filtered = await client.send(new GetTraceSummariesCommand({ ...range, FilterExpression: 'fault' })).then(
    ({ TraceSummaries = [] }) => TraceSummaries.length,
    () => 0,
  );
  const { TraceSummaries: [summary] = [] } = await client.send(new GetTraceSummariesCommand(range));
  const { Services = [] } = await client.send(new GetServiceGraphCommand(range));
  return {
    filters: filtered > 0,
    annotations: Object.keys(summary?.Annotations ?? {}).length > 0,
    graph: Services.length > 0,
  };
};

describe.skipIf(!hasMoto)(motoSuite('Traces, as moto answers them'), () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  }, 60_000);
  afterAll(() => moto.stop());

  it('are the same here, but for what moto leaves out', { timeout: 30_000 }, async () => {
    const { url } = await emulatorWith({ warn: () => {} });
    const [own, other] = [await story(url), await story(moto.url)];
    // ParseError is the code that the X-Ray developer guide shows of what is no JSON.
    expect([own.refusedAs, other.refusedAs]).toEqual([['ParseError'], ['JSONFormatError']]);
    // moto ends a trace with the segment that began last.
    expect([own.durations, other.durations]).toEqual([
      [4, 4],
      [2, 4],
    ]);
    expect(own).toEqual({ ...other, refusedAs: own.refusedAs, durations: own.durations });
  });

  it('are filtered, annotated and drawn here alone', { timeout: 30_000 }, async () => {
    const { url } = await emulatorWith({ warn: () => {} });
    expect(await more(url)).toEqual({ filters: true, annotations: true, graph: true });
    // moto refuses filter expressions, and has neither annotations nor a graph.
    expect(await more(moto.url)).toEqual({ filters: false, annotations: false, graph: false });
  });
});
