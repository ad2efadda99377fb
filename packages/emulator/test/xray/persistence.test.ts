import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchGetTracesCommand, PutTraceSegmentsCommand, XRayClient } from '@aws-sdk/client-xray';
import { expect, it, onTestFinished } from 'vitest';
import type { Emulator } from '../../src/emulator.ts';
import { createTraceStore } from '../../src/xray/store/trace-store.ts';
import { emulatorWith } from '../running-emulator.ts';

const clientOf = ({ url }: Emulator): XRayClient => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new XRayClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
};

const newDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'voice-traces-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

const now = Math.floor(Date.now() / 1000);
const trace_id = `1-${now.toString(16)}-bd862e3fe1be46a994272793`;

it('keeps traces over a restart, each document as it was last', async () => {
  const dataDirectory = newDirectory();
  const first = await emulatorWith({ dataDirectory });
  const open = { name: 'dialer-worker', id: '53995c3f42cd8ad8', trace_id, start_time: now, in_progress: true };
  const closed = { ...open, in_progress: undefined, end_time: now + 1 };
  for (const document of [open, closed, open]) {
    await clientOf(first).send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: [JSON.stringify(document)] }));
  }
  await first.stop();
  const second = await emulatorWith({ dataDirectory });
  const { Traces = [] } = await clientOf(second).send(new BatchGetTracesCommand({ TraceIds: [trace_id] }));
  const documents = Traces.flatMap(({ Segments = [] }) => Segments.map(({ Document = '' }) => JSON.parse(Document)));
  expect(documents).toEqual([JSON.parse(JSON.stringify(closed))]);
});

it('knows over restarts that a trace is full, also when its journal was compacted', async () => {
  const dataDirectory = newDirectory();
  const first = await emulatorWith({ dataDirectory });
  for (let id = 0; id < 9; id += 1) {
    const segment = { name: 'dialer-worker', id: `53995c3f42cd8ad${id}`, trace_id, start_time: now, end_time: now + 1 };
    const text = JSON.stringify({ ...segment, annotations: { text: 'x'.repeat(62_000) } });
    await clientOf(first).send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: [text] }));
  }
  await first.stop();
  const { traces } = await emulatorWith({ dataDirectory });
  expect(traces.get(trace_id)).toMatchObject({ limitExceeded: true, documents: { length: 8 } });
  const compacted = createTraceStore();
  for (const event of traces.state.events()) compacted.state.apply(event);
  expect(compacted.get(trace_id)?.limitExceeded).toBe(true);
});
