import { createSocket } from 'node:dgram';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startXrayDaemon, type XrayDaemon } from '../../src/xray/daemon.ts';
import { readDatagram } from '../../src/xray/read-datagram.ts';
import { createTraceStore, type TraceStore } from '../../src/xray/store/trace-store.ts';

const header = '{"format": "json", "version": 1}';
const document = (id: string, change: object = {}): string =>
  JSON.stringify({
    id,
    name: '## handler',
    type: 'subsegment',
    parent_id: '53995c3f42cd8ad8',
    trace_id: '1-5759e988-bd862e3fe1be46a994272793',
    start_time: 1,
    end_time: 2,
    ...change,
  });
const id = (index: number): string => index.toString(16).padStart(16, '0');

const start = async (): Promise<{ daemon: XrayDaemon; traces: TraceStore; send: (text: string) => void }> => {
  const traces = createTraceStore();
  const daemon = await startXrayDaemon(0, traces);
  const socket = createSocket('udp4');
  onTestFinished(async () => {
    socket.close();
    await daemon.stop();
  });
  const [host, port] = daemon.address.split(':');
  return { daemon, traces, send: (text) => socket.send(text, Number(port), host) };
};

describe('the X-Ray daemon', () => {
  it('records documents that come by UDP, and knows when all have come', async () => {
    const { daemon, traces, send } = await start();
    const sent = new Promise<void>((resolve) => {
      for (let index = 0; index < 200; index += 1) send(`${header}\n${document(id(index))}`);
      setImmediate(() => setImmediate(resolve));
    });
    await sent;
    await daemon.drained();
    expect(daemon.report()).toEqual({ accepted: 200, rejected: 0, reasons: {}, flaws: {} });
    expect(traces.list()[0]?.documents).toHaveLength(200);
  });

  it('takes a document of 64 kB in one datagram', async () => {
    const { daemon, send, traces } = await start();
    const metadata = { default: { note: 'x'.repeat(64_000) } };
    send(`${header}\n${document(id(1), { metadata })}`);
    await new Promise((resolve) => setImmediate(resolve));
    await daemon.drained();
    expect(traces.list()[0]?.documents[0]?.metadata).toEqual(metadata);
  });

  it('counts what it rejects, by reason', () => {
    const counted = readMany([
      'no header',
      `{"format":"json","version":2}\n${document(id(1))}`,
      `${header}\nnot json`,
      `${header}\n[]`,
      `${header}\nT1SabcdEFG=`,
      `${header}\n${document(id(1), { trace_id: '5759e988bd862e3fe1be46a994272793' })}`,
      `${header}\n${document('xyz')}`,
      `${header}\n${document(id(1), { end_time: undefined })}`,
      `${header}\n${document(id(1), { metadata: { a: { b: 'x'.repeat(70_000) } } })}`,
    ]);
    expect(counted).toMatchInlineSnapshot(`
      [
        "no header line: a datagram is a header, a line break and a document",
        "the header line is not {"format": "json", "version": 1}",
        "the document is not a JSON object",
        "the document is not a JSON object",
        "OTLP documents (T1S, T1U) are not emulated",
        "trace_id "5759e988bd862e3fe1be46a994272793" is no trace id: write 1-, 8 hexadecimal digits, - and 24 more",
        "id "xyz" is no id: give 16 hexadecimal digits",
        "the document needs an end_time, or else in_progress: true: give one of the two",
        "the document has 70199 bytes, X-Ray takes 65536: send subsegments by themselves",
      ]
    `);
  });

  it('takes a document in spite of members that X-Ray ignores, and says so', async () => {
    const { daemon, traces } = await start();
    const flawed = document(id(1), { annotations: { 'bad-key.é': 1 }, http: { request: { url: 'x'.repeat(251) } } });
    daemon.receive(Buffer.from(`${header}\n${flawed}`));
    expect(traces.list()).toHaveLength(1);
    expect(Object.keys(daemon.report().flaws)).toMatchInlineSnapshot(`
      [
        "http.request.url has 251 characters, X-Ray takes 250: drop 1",
        "annotations.bad-key.é "bad-key.é" cannot be searched for: use 1 to 500 letters, digits and underscores",
      ]
    `);
  });
});

const readMany = (datagrams: readonly string[]): string[] =>
  datagrams.map((text) => {
    const read = readDatagram(text);
    return read.kind === 'rejected' ? read.reason : 'accepted';
  });
