import { describe, expect, it } from 'vitest';
import { linkOf } from '../../../src/xray/invocation/trace-context.ts';
import { renderLinkedTraces, renderTrace } from '../../../src/xray/store/render-trace.ts';
import { createTraceStore, type TraceDocument } from '../../../src/xray/store/trace-store.ts';
import { type TraceNode, traceTreesOf } from '../../../src/xray/store/trace-tree.ts';

const traceId = '1-5759e988-bd862e3fe1be46a994272793';
const id = (digit: string): string => digit.repeat(16);
const segment = (digit: string, change: object = {}): TraceDocument =>
  ({ id: id(digit), trace_id: traceId, name: digit, start_time: 1, end_time: 2, ...change }) as TraceDocument;
const subsegment = (digit: string, parent: string, change: object = {}): TraceDocument =>
  segment(digit, { type: 'subsegment', parent_id: id(parent), ...change });

const namesOf = ({ document, children }: TraceNode): unknown =>
  children.length === 0 ? document.name : [document.name, ...children.map(namesOf)];
const treesOf = (...documents: TraceDocument[]): unknown[] => {
  const store = createTraceStore();
  for (const document of documents) store.record(document);
  const trace = store.get(traceId);
  return trace === undefined ? [] : traceTreesOf(trace).map(namesOf);
};

describe('a trace', () => {
  it('joins documents by their ids, in whatever order they came', () => {
    const documents = [
      segment('a'),
      segment('b', { parent_id: id('a') }),
      subsegment('c', 'b', { subsegments: [{ id: id('d'), name: 'd', start_time: 1, end_time: 2 }] }),
      subsegment('e', 'd'),
    ];
    const expected = [['a', ['b', ['c', ['d', 'e']]]]];
    expect(treesOf(...documents)).toEqual(expected);
    expect(treesOf(...documents.reverse())).toEqual(expected);
  });

  it('shows what hangs nowhere as a root', () => {
    expect(treesOf(subsegment('c', 'f'), segment('a'))).toEqual(['c', 'a']);
    expect(treesOf(subsegment('c', 'd'), subsegment('d', 'c'))).toEqual(['c', 'd']);
  });

  it('orders siblings by their start', () => {
    expect(treesOf(segment('a'), subsegment('b', 'a', { start_time: 1.5 }), subsegment('c', 'a'))).toEqual([
      ['a', 'c', 'b'],
    ]);
  });

  it('lets a complete document overwrite one in progress, never the other way round', () => {
    const store = createTraceStore();
    const open = subsegment('a', 'b', { in_progress: true, end_time: undefined });
    const closed = subsegment('a', 'b', { fault: true });
    for (const documents of [
      [open, closed],
      [closed, open],
    ]) {
      for (const document of documents) store.record(document);
      expect(store.get(traceId)?.documents).toEqual([closed]);
    }
  });

  it('takes a later document in progress for an earlier one', () => {
    const store = createTraceStore();
    const open = { in_progress: true, end_time: undefined };
    store.record(subsegment('a', 'b', open));
    store.record(subsegment('a', 'b', { ...open, name: 'later' }));
    expect(store.get(traceId)?.documents.map(({ name }) => name)).toEqual(['later']);
  });

  it('prefers the complete state of a subsegment that also came inside its parent', () => {
    const open = { id: id('c'), name: 'open', start_time: 1, in_progress: true };
    expect(treesOf(segment('a', { subsegments: [open] }), subsegment('c', 'a', { name: 'closed' }))).toEqual([
      ['a', 'closed'],
    ]);
  });

  it('is dropped when it is the oldest beyond the limit', () => {
    const store = createTraceStore({ traceLimit: 2 });
    const ids = ['1', '2', '3'].map((digit) => `1-5759e988-${digit.repeat(24)}`);
    for (const trace_id of ids) store.record(segment('a', { trace_id }));
    expect(store.list().map((trace) => trace.id)).toEqual(ids.slice(1));
    expect(store.dropped()).toBe(1);
  });
});

describe('memory for traces', () => {
  const idOf = (index: number): string => `1-5759e988-${index.toString(16).padStart(24, '0')}`;
  const lists = (count: number): object => ({ metadata: { d: { k: Array.from({ length: count }, () => []) } } });

  it('is limited: the oldest traces are dropped, in the order in which they began', () => {
    const store = createTraceStore({ byteLimit: 1_000_000 });
    for (let index = 0; index < 100; index += 1) store.record(segment('a', { trace_id: idOf(index), ...lists(1000) }));
    const { bytes, maxBytes } = store.size();
    expect(maxBytes).toBe(1_000_000);
    expect(bytes).toBeLessThanOrEqual(maxBytes);
    expect(bytes).toBeGreaterThan(0.9 * maxBytes);
    const kept = store.list().map((trace) => trace.id);
    expect(kept).toEqual(Array.from(kept, (_, index) => idOf(100 - kept.length + index)));
    expect(store.dropped()).toBe(100 - kept.length);
  });

  it('is counted to nothing once all that was counted is gone', () => {
    const store = createTraceStore({ traceLimit: 1 });
    store.record(segment('b', { links: [linkOf(idOf(1), id('a'), 'parent')], in_progress: true }));
    store.record(segment('b', { links: [linkOf(idOf(1), id('a'), 'parent')], ...lists(10) }));
    store.record(segment('a', { trace_id: idOf(2) }));
    const { bytes } = store.size();
    const alone = createTraceStore();
    alone.record(segment('a', { trace_id: idOf(2) }));
    expect(bytes).toBe(alone.size().bytes);
    store.reset();
    expect(store.size()).toMatchObject({ bytes: 0, refusedDocuments: 0 });
  });

  it('is counted of a document as deep as it may be', () => {
    const depth = 30_000;
    const document = JSON.parse(`{"m":${'['.repeat(depth)}${']'.repeat(depth)}}`) as object;
    const store = createTraceStore();
    store.record(segment('a', document));
    expect(store.size().bytes).toBeGreaterThan(30 * depth);
  });

  it('takes 500 kB of a trace, and its documents anew where they grow no longer', () => {
    const store = createTraceStore();
    const large = (digit: string): TraceDocument => segment(digit, { metadata: { d: { k: 'x'.repeat(60_000) } } });
    const digits = [...'123456789'];
    expect(digits.map((digit) => store.record(large(digit)))).toEqual([...Array(8).fill(true), false]);
    expect(store.get(traceId)).toMatchObject({ limitExceeded: true });
    expect(store.get(traceId)?.documents).toHaveLength(8);
    expect(store.size().refusedDocuments).toBe(1);
    expect(store.record(segment('1'))).toBe(true);
    expect(store.record(large('9'))).toBe(true);
  });
});

describe('linked traces', () => {
  const consumerId = (index: number): string => `1-5759e988-${index.toString(16).padStart(24, '0')}`;
  const consumer = (index: number): TraceDocument =>
    segment('b', { trace_id: consumerId(index), links: [linkOf(traceId, id('a'), 'parent')] });

  it('know of each other, with at most 100 links from one trace', () => {
    const store = createTraceStore();
    store.record(segment('a'));
    for (let index = 0; index < 130; index += 1) store.record(consumer(index));
    expect(store.get(traceId)).toMatchObject({ droppedLinks: 30, parentLinks: [] });
    expect(store.get(traceId)?.childLinks).toHaveLength(100);
    expect(store.get(consumerId(129))?.parentLinks).toEqual([linkOf(traceId, id('a'), 'parent')]);
  });

  it('exist only once something was recorded in them', () => {
    const store = createTraceStore();
    store.record(consumer(1));
    expect(store.get(traceId)).toBeUndefined();
    expect(store.list().map((trace) => trace.id)).toEqual([consumerId(1)]);
    store.record(segment('a'));
    expect(store.get(traceId)?.childLinks).toHaveLength(1);
  });

  it('are rendered together, the producer first', () => {
    const store = createTraceStore();
    store.record(segment('a', { name: 'dispatcher', origin: 'AWS::Lambda' }));
    store.record(consumer(1));
    store.record(
      subsegment('c', 'b', {
        trace_id: consumerId(1),
        name: 'dial',
        end_time: 1.0042,
        fault: true,
        annotations: { campaignId: 'c-1', attempt: 2 },
        cause: { exceptions: [{ id: id('f'), type: 'LineError', message: 'no carrier' }] },
      }),
    );
    const trace = store.get(consumerId(1));
    expect(trace === undefined ? '' : renderLinkedTraces(trace, store.get)).toBe(
      `Trace ${traceId}
dispatcher (AWS::Lambda)  1000 ms
-> linked from 1 trace

Trace ${consumerId(1)}
b  1000 ms
│    <- linked to trace ${traceId}, sent by ${id('a')}
└─ dial  4.20 ms  FAULT
        [campaignId=c-1, attempt=2]
        ! LineError: no carrier`,
    );
  });

  it('show what is in progress, throttled or an error', () => {
    const store = createTraceStore();
    store.record(segment('a', { end_time: undefined, in_progress: true, http: { response: { status: 429 } } }));
    store.record(subsegment('b', 'a', { error: true, throttle: true }));
    store.record(subsegment('c', 'a', { error: true }));
    const trace = store.get(traceId);
    const [, ...lines] = (trace === undefined ? '' : renderTrace(trace)).split('\n');
    expect(lines).toEqual(['a  in progress  429', '├─ b  1000 ms  THROTTLE', '└─ c  1000 ms  ERROR']);
  });
});
