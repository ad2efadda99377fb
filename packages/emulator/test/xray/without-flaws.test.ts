import {
  BatchGetTracesCommand,
  GetServiceGraphCommand,
  GetTraceGraphCommand,
  GetTraceSummariesCommand,
  PutTraceSegmentsCommand,
  XRayClient,
} from '@aws-sdk/client-xray';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { readSegmentDocument } from '../../src/xray/read-datagram.ts';
import { emulatorWith } from '../running-emulator.ts';

const second = 1_795_435_200;
const trace = `1-${second.toString(16)}-${'a'.repeat(24)}`;
const plain = { name: 'dialer-worker', start_time: second, end_time: second + 1 };
const segment = { ...plain, id: '1'.repeat(16), trace_id: trace };

const readOf = (members: object): unknown => {
  const read = readSegmentDocument(JSON.stringify({ ...segment, ...members }));
  return read.kind === 'document' ? read.document : read.reason;
};

it('loses members of the wrong type, and keeps the others', () => {
  const child = { ...plain, id: '2'.repeat(16) };
  const read = readOf({
    annotations: { callId: 'c-1', 'with.dot': null, list: [1], load: 2 },
    http: { request: { url: 7, method: 'GET' }, response: 'x' },
    cause: { exceptions: 'x', paths: ['/app'] },
    subsegments: [null, { ...child, aws: { region: 1, operation: 'Publish' } }, { ...child, start_time: 'x' }],
    links: [{ trace_id: 1 }],
    metadata: { debug: 'as it is' },
  });
  expect(read).toEqual({
    ...segment,
    annotations: { callId: 'c-1', load: 2 },
    http: { request: { method: 'GET' } },
    cause: { paths: ['/app'] },
    subsegments: [{ ...child, aws: { operation: 'Publish' } }],
    metadata: { debug: 'as it is' },
  });
});

it('is refused where it cannot be placed in time', () => {
  expect(readOf({ end_time: 1e20 })).toBe('end_time is no time: give one or leave it out');
});

it('lets every question about traces be answered, whatever its members hold', async () => {
  const emulator = await emulatorWith({});
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new XRayClient({ endpoint: emulator.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  const range = { StartTime: new Date(second * 1000), EndTime: new Date((second + 60) * 1000) };
  const TraceIds = [trace];
  const filters = [undefined, 'annotation.a = 1', 'http.url CONTAINS "x" OR user = "x" OR message = "x"'];
  const names = ['annotations', 'http', 'cause', 'aws', 'subsegments', 'user', 'sql', 'service', 'links', 'origin'];
  const inner = ['a', 'request', 'response', 'status', 'url', 'exceptions', 'message', 'ec2', 'id', 'name', 'trace_id'];
  const key = fc.constantFrom(...inner);
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, fc.constantFrom(null, 1, 'x', true), tie('list'), tie('members')),
    list: fc.array(tie('value'), { maxLength: 3 }),
    members: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  }));
  const anything = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 5 });
  await fc.assert(
    fc.asyncProperty(anything, async (members) => {
      const TraceSegmentDocuments = [JSON.stringify({ ...segment, ...members })];
      await client.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments }));
      for (const FilterExpression of filters) {
        await client.send(new GetTraceSummariesCommand({ ...range, FilterExpression }));
      }
      await client.send(new GetServiceGraphCommand(range));
      await client.send(new GetTraceGraphCommand({ TraceIds }));
      await client.send(new BatchGetTracesCommand({ TraceIds }));
      emulator.traces.render(trace);
    }),
    { numRuns: 60 },
  );
});
