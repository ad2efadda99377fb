import { validateSegment } from '@voice-campaign/metrics-schema';
import AWSXRay from 'aws-xray-sdk-core';
import { afterEach, expect, it } from 'vitest';
import type { TelemetryIssue } from '../../src/index.ts';
import { bridgeXRay } from '../../src/powertools.ts';
import { named, PARENT, ROOT, traced, treeOf, UNSAMPLED } from './traced.ts';

AWSXRay.setContextMissingStrategy('IGNORE_ERROR');
bridgeXRay();

const pause = () => new Promise((resolve) => setImmediate(resolve));

afterEach(() => {
  delete process.env._X_AMZN_TRACE_ID;
});

it('makes the SDK part of the handler, and our spans part of what the SDK captures', async () => {
  const { documents } = await traced(({ trace }) =>
    AWSXRay.captureAsyncFunc('captured', async (captured) => {
      await pause();
      await trace.span('ours', async () => {
        await pause();
        AWSXRay.captureFunc('inside ours', () => {});
      });
      AWSXRay.captureFunc('after ours', () => {});
      captured?.close();
    }),
  );
  expect(documents.map(treeOf)).toEqual([
    [
      '## dialer-worker',
      [
        [
          'captured',
          [
            ['ours', [['inside ours', []]]],
            ['after ours', []],
          ],
        ],
      ],
    ],
  ]);
  expect(documents).toMatchObject([{ trace_id: ROOT, parent_id: PARENT, type: 'subsegment' }]);
  expect(documents.flatMap(validateSegment)).toEqual([]);
});

it('sends no document of the SDK’s own, whatever its streaming threshold', async () => {
  AWSXRay.setStreamingThreshold(0);
  const { documents } = await traced(() => {
    for (let i = 0; i < 150; i += 1) AWSXRay.captureFunc(`captured ${i}`, () => {});
  });
  AWSXRay.setStreamingThreshold(100);
  expect(documents).toHaveLength(1);
  expect(documents[0]?.subsegments).toHaveLength(150);
});

it('takes what is recorded on the current segment as the span’s, and our calls as the captured subsegment’s', async () => {
  const { documents } = await traced(({ trace }) => {
    const segment = AWSXRay.getSegment();
    segment?.addAnnotation('campaignId', 'c-1');
    segment?.addMetadata('contact', { phone: '+15551234567' });
    AWSXRay.captureFunc('captured', (captured) => {
      captured?.addAnnotation('bad key.é', 'call +15551234567');
      trace.annotate('attempt', 2);
      trace.metadata('trunk', 'b');
    });
  });
  expect(documents).toMatchObject([
    {
      annotations: { Service: 'dialer-worker', campaignId: 'c-1' },
      metadata: { default: { contact: { phone: '+1********67' } } },
      subsegments: [
        {
          annotations: { bad_key__: 'call +1********67', attempt: 2 },
          metadata: { default: { trunk: 'b' } },
        },
      ],
    },
  ]);
});

it('lets code set the current segment, for this span alone', async () => {
  const { documents } = await traced(async ({ trace }) => {
    await trace.span('manual', async () => {
      const before = AWSXRay.getSegment();
      const own = before?.addNewSubsegment('own');
      if (!before || !own) throw new Error('no segment');
      AWSXRay.setSegment(own);
      await pause();
      expect(AWSXRay.getSegment()).toBe(own);
      trace.span('inside own', () => {});
      own.close();
      AWSXRay.setSegment(before);
      expect(AWSXRay.getSegment()).toBe(before);
      trace.span('after own', () => {});
    });
    AWSXRay.captureFunc('elsewhere', () => {});
  });
  expect(documents.map(treeOf)).toEqual([
    [
      '## dialer-worker',
      [
        [
          'manual',
          [
            ['own', [['inside own', []]]],
            ['after own', []],
          ],
        ],
        ['elsewhere', []],
      ],
    ],
  ]);
});

it('keeps callbacks in the span that they were made in', async () => {
  const { documents } = await traced(({ trace }) => {
    const bound = trace.span('made here', () =>
      AWSXRay.getNamespace().bind(() => AWSXRay.captureFunc('bound', () => {})),
    );
    const captured = trace.span('captured here', () => AWSXRay.captureCallbackFunc('callback', () => {}));
    trace.span('called here', () => {
      bound();
      captured();
    });
  });
  expect(treeOf(documents[0]!)).toEqual([
    '## dialer-worker',
    [
      ['made here', [['bound', []]]],
      ['captured here', []],
      // As without the bridge: a callback is captured where it is called.
      ['called here', [['callback', []]]],
    ],
  ]);
});

it('records an error once, also where it is captured and then thrown out of the handler', async () => {
  const failure = new Error('no trunk for +15551234567');
  const { error, documents } = await traced(() => {
    try {
      AWSXRay.captureFunc('dial', () => {
        throw failure;
      });
    } catch (caught) {
      AWSXRay.getSegment()?.addError(failure);
      throw caught;
    }
  });
  expect(error).toBe(failure);
  const exceptions = [{ type: 'Error', message: 'no trunk for +1********67' }];
  expect(documents).toMatchObject([
    { fault: true, cause: { exceptions }, subsegments: [{ name: 'dial', fault: true, cause: { exceptions } }] },
  ]);
  expect(documents.flatMap(validateSegment)).toEqual([]);
});

it('closes with the handler what is open when it throws, with all that is below it', async () => {
  const { documents } = await traced(() =>
    AWSXRay.captureAsyncFunc('open', async () => {
      AWSXRay.captureFunc('closed', () => {});
      throw new Error('no trunk');
    }),
  );
  expect(documents).toMatchObject([
    { fault: true, subsegments: [{ name: 'open', subsegments: [{ name: 'closed' }] }] },
  ]);
  expect(named(documents, 'open')?.end_time).toBe(documents[0]?.end_time);
});

it('sends what begins after the invocation as a document of its own, once', async () => {
  const subsegments: AWSXRay.Subsegment[] = [];
  const { documents } = await traced(() =>
    AWSXRay.captureAsyncFunc('dial', (dial) => {
      if (dial) subsegments.push(dial);
    }),
  );
  expect(documents.map(treeOf)).toEqual([['## dialer-worker', [['dial', []]]]]);
  const [dial] = subsegments;
  const later = dial?.addNewSubsegment('later');
  later?.addNewSubsegment('below').close();
  later?.close();
  dial?.close();
  expect(documents.slice(1)).toMatchObject([
    { name: 'later', parent_id: dial?.id, trace_id: ROOT, in_progress: true, subsegments: [{ name: 'below' }] },
    { name: 'later', parent_id: dial?.id, trace_id: ROOT, subsegments: [{ name: 'below' }] },
  ]);
  expect(documents.slice(1).flatMap(validateSegment)).toEqual([]);
});

it('sends each subsegment as it ends with writeThrough', async () => {
  let seen: unknown[] = [];
  const { sink } = await traced(
    () => {
      AWSXRay.captureFunc('dial', () => {});
      seen = [...sinkOf()];
    },
    { writeThrough: true, sink: { write() {}, send: (document) => void sent.push(JSON.parse(document)) } },
  );
  expect(sink.segments).toEqual([]);
  expect(seen).toMatchObject([{ in_progress: true, subsegments: [{ name: 'dial', end_time: expect.any(Number) }] }]);
});
const sent: unknown[] = [];
const sinkOf = () => sent;

it('splits what a datagram cannot hold', async () => {
  const { documents } = await traced(() => {
    for (const name of ['first', 'second']) {
      AWSXRay.captureFunc(name, (captured) => captured?.addMetadata('bulk', 'x'.repeat(40_000)));
    }
  });
  expect(documents.map(({ name }) => name)).toEqual(['## dialer-worker', 'first', 'second']);
  expect(documents.slice(1).map((document) => document.parent_id)).toEqual([documents[0]?.id, documents[0]?.id]);
});

it('records nothing of an unsampled invocation, of one without a header, and where traces are off', async () => {
  const work = () => AWSXRay.captureFunc('dial', (captured) => captured?.addAnnotation('attempt', 1) ?? 'dialled');
  expect(await traced(work, {}, UNSAMPLED)).toMatchObject({ response: 'dialled', documents: [] });
  expect(await traced(work, {}, '')).toMatchObject({ response: 'dialled', documents: [] });
  expect(await traced(work, { signals: { traces: false } })).toMatchObject({ response: 'dialled', documents: [] });
});

it('leaves out what the SDK was told not to sample', async () => {
  const { documents } = await traced(({ trace }) => {
    const dropped = AWSXRay.getSegment()?.addNewSubsegmentWithoutSampling('dropped');
    if (!dropped) throw new Error('no segment');
    dropped.addNewSubsegment('below').close();
    AWSXRay.setSegment(dropped);
    trace.span('ours', () => {});
    dropped.close();
  });
  expect(documents.map(treeOf)).toEqual([['## dialer-worker', [['ours', []]]]]);
});

it('survives what cannot be written, and says so', async () => {
  const issues: TelemetryIssue[] = [];
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const { response, documents } = await traced(
    () => {
      AWSXRay.captureFunc('dial', (captured) => {
        captured?.addMetadata('circular', circular);
        captured?.addMetadata('big', 1n);
        captured?.addAttribute('custom', { big: 2n });
        captured?.addAnnotation('nothing', Number.NaN);
      });
      return 'dialled';
    },
    { onError: (issue) => issues.push(issue) },
  );
  expect(response).toBe('dialled');
  expect(issues).toEqual([]);
  expect(documents).toMatchObject([
    {
      subsegments: [
        { name: 'dial', metadata: { default: { circular: { self: '[circular]' }, big: '1' } }, custom: { big: '2' } },
      ],
    },
  ]);
});

it('leaves the SDK as it was outside invocations', () => {
  expect(AWSXRay.getSegment()).toBeUndefined();
  const namespace = AWSXRay.getNamespace();
  namespace.run(() => {
    const segment = new AWSXRay.Segment('elsewhere');
    AWSXRay.setSegment(segment);
    namespace.set('other', 'kept');
    expect(AWSXRay.getSegment()).toBe(segment);
    expect(namespace.runAndReturn(() => namespace.get('other'))).toBe('kept');
  });
  expect(AWSXRay.getSegment()).toBeUndefined();
});

it('bridges once, however often it is called', async () => {
  bridgeXRay();
  bridgeXRay();
  const { documents } = await traced(() => AWSXRay.captureFunc('dial', () => {}));
  expect(documents.map(treeOf)).toEqual([['## dialer-worker', [['dial', []]]]]);
});

it('keeps overlapping invocations apart, each with its own trace', async () => {
  const otherRoot = '1-5759e988-aaaaaaaaaaaaaaaaaaaaaaaa';
  const work = (who: string) => () =>
    AWSXRay.captureAsyncFunc(who, async (captured) => {
      for (let i = 0; i < 3; i += 1) await pause();
      AWSXRay.captureFunc(`inside ${who}`, () => {});
      AWSXRay.getSegment()?.addAnnotation('who', who);
      captured?.close();
    });
  const [a, b] = await Promise.all([
    traced(work('a')),
    traced(work('b'), {}, `Root=${otherRoot};Parent=${PARENT};Sampled=1`),
  ]);
  for (const [{ documents }, who, trace_id] of [
    [a, 'a', ROOT],
    [b, 'b', otherRoot],
  ] as const) {
    expect(documents.map(treeOf)).toEqual([['## dialer-worker', [[who, [[`inside ${who}`, []]]]]]]);
    expect(documents).toMatchObject([{ trace_id, subsegments: [{ annotations: { who } }] }]);
  }
});
