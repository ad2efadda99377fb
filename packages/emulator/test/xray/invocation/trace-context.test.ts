import { parseTraceHeader, type TraceHeader } from '@voice-campaign/metrics-schema';
import { describe, expect, it } from 'vitest';
import { traceContextOf, type Upstream } from '../../../src/xray/invocation/trace-context.ts';

const root = (digit: string): string => `1-5759e988-${digit.repeat(24)}`;
const producer = (digit: string, sampled?: boolean): TraceHeader => ({
  root: root(digit),
  parent: digit.repeat(16),
  ...(sampled === undefined ? {} : { sampled }),
});

const decide = (upstream: Upstream, tracing: 'Active' | 'PassThrough' = 'Active', isSampled = true) => {
  let ids = 0;
  const newId = () => {
    ids += 1;
    return String(ids).repeat(16);
  };
  return traceContextOf(upstream, tracing, 'abcd1234:0', {
    sample: () => isSampled,
    newTraceId: () => root('0'),
    newId,
  });
};

describe('the trace of an invocation', () => {
  it("is the caller's, with the caller's decision, whatever the function would decide", () => {
    const caller = producer('a', false);
    const context = decide({ caller });
    expect(context).toMatchObject({ traceId: root('a'), sampled: false, callerId: 'a'.repeat(16) });
    expect(decide({ caller: producer('a', true) }, 'Active', false).sampled).toBe(true);
  });

  it("names the function's own segment as parent to the runtime, sampled or not", () => {
    const sampled = decide({});
    expect(sampled.header).toBe(`Root=${root('0')};Parent=${sampled.functionId};Sampled=1;Lineage=abcd1234:0`);
    const unsampled = decide({}, 'Active', false);
    expect(unsampled.header).toBe(`Root=${root('0')};Parent=${unsampled.functionId};Sampled=0;Lineage=abcd1234:0`);
  });

  it('passes unknown pairs of the header on', () => {
    const caller = parseTraceHeader(`Root=${root('a')};Sampled=1;Custom=x`);
    expect(decide(caller === undefined ? {} : { caller }).header).toContain(';Custom=x');
  });

  it('has only Root with PassThrough and no decision upstream', () => {
    expect(decide({}, 'PassThrough')).toMatchObject({ sampled: false, header: `Root=${root('0')};Lineage=abcd1234:0` });
    const undecided = decide({ caller: { root: root('a') } }, 'PassThrough');
    expect(undecided.header).toBe(`Root=${root('a')};Lineage=abcd1234:0`);
    expect(decide({ caller: producer('a', true) }, 'PassThrough').sampled).toBe(true);
  });
});

describe('the trace of a batch', () => {
  it('is its own, linked to the traces of its messages', () => {
    const context = decide({ producers: [producer('a', true), producer('b', true), producer('a', true)] });
    expect(context.traceId).toBe(root('0'));
    expect(context.callerId).toBeUndefined();
    expect(context.links).toEqual(
      ['a', 'b'].map((digit) => ({
        trace_id: root(digit),
        id: digit.repeat(16),
        attributes: { 'aws.xray.reserved.reference_type': 'parent' },
      })),
    );
  });

  it('takes over the decision that all messages agree on', () => {
    expect(decide({ producers: [producer('a', false), producer('b', false)] }).sampled).toBe(false);
    expect(decide({ producers: [producer('a', true), producer('b', true)] }, 'Active', false).sampled).toBe(true);
  });

  it("follows the function's own sampling where messages disagree or one carries no decision", () => {
    for (const producers of [
      [producer('a', true), producer('b', false)],
      [producer('a', true), undefined],
      [producer('a')],
    ]) {
      expect(decide({ producers }, 'Active', true).sampled).toBe(true);
      expect(decide({ producers }, 'Active', false).sampled).toBe(false);
    }
  });

  it('has at most 20 links, and none to traces that were not sampled', () => {
    const producers = Array.from({ length: 30 }, (_, index) => {
      const id = index.toString(16).padStart(16, '0');
      return { root: `1-5759e988-${id}00000000`, parent: id, sampled: true };
    });
    expect(decide({ producers }).links).toHaveLength(20);
    expect(decide({ producers: [producer('a', true), producer('b', false)] }).links).toHaveLength(1);
  });
});
