import { parseEmf, voiceCampaign } from '@voice-campaign/metrics-schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instrument, observe } from '../src/index.ts';
import { fakeContext } from '../src/testing.ts';
import { watched } from './watched.ts';

const ROOT = '1-5759e988-bd862e3fe1be46a994272793';
const SAMPLED = `Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=1`;

beforeEach(() => {
  process.env._X_AMZN_TRACE_ID = SAMPLED;
});

afterEach(() => {
  delete process.env._X_AMZN_TRACE_ID;
});

describe('metrics', () => {
  it('writes the business metrics without dimensions, before the response leaves', async () => {
    const { sink, options } = watched();
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      (_event: object, { metrics }) => {
        metrics.add('TotalCalls', 10);
        metrics.add('AnsweredCalls', 3);
        metrics.add('AnsweredCalls', 4);
        return 'done';
      },
      options,
    );
    await expect(handler({}, fakeContext())).resolves.toBe('done');
    expect(sink.total('TotalCalls')).toBe(10);
    expect(sink.total('AnsweredCalls')).toBe(7);
    expect(sink.lines).toHaveLength(1);
    expect(JSON.parse(sink.lines[0] ?? '')._aws.CloudWatchMetrics[0].Dimensions).toEqual([[]]);
  });

  it('writes them when the handler throws, and lets the error through', async () => {
    const { sink, options } = watched();
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      (_event: object, { metrics }) => {
        metrics.add('DialAttempts', 1);
        throw new Error('no trunk');
      },
      options,
    );
    await expect(handler({}, fakeContext())).rejects.toThrow('no trunk');
    expect(sink.total('DialAttempts')).toBe(1);
  });

  it('drops a bad value with one issue, keeps the rest, and the value of what has only a bad dimension', async () => {
    const { sink, issues, options } = watched();
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      (_event: object, { metrics }) => {
        metrics.add('TotalCalls', Number.NaN);
        metrics.add('TotalCalls', 1);
        // @ts-expect-error Provider is a declared list
        metrics.add('TtsRequests', 1, { Provider: '+15551234567' });
        // @ts-expect-error OptOuts belongs to api-handler
        metrics.add('OptOuts', 1);
      },
      options,
    );
    await handler({}, fakeContext());
    expect(sink.total('TotalCalls')).toBe(1);
    expect(sink.total('TtsRequests')).toBe(1);
    expect(sink.datapoints().map(({ dimensions }) => dimensions)).not.toContainEqual({ Provider: expect.anything() });
    expect(issues.map(({ code }) => code)).toEqual(['bad-value', 'bad-dimension', 'not-emitted']);
    expect(sink.lines.filter((line) => line.includes('_aws')).every((line) => parseEmf(line).ok)).toBe(true);
  });

  it('keeps samples of different properties and dimension values apart, and loses none', async () => {
    const { sink, options } = watched();
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      (_event: object, { metrics }) => {
        for (const campaignId of ['spring', 'autumn']) {
          metrics.property('campaignId', campaignId);
          metrics.add('TotalCalls', 1);
          metrics.add('TtsRequests', 2, { Provider: 'polly' });
          metrics.add('TtsRequests', 3, { Provider: 'google' });
        }
      },
      options,
    );
    await handler({}, fakeContext());
    expect(sink.total('TotalCalls')).toBe(2);
    expect(sink.total('TtsRequests')).toBe(10);
    expect(sink.total('TtsRequests', { Provider: 'polly' })).toBe(4);
    expect(sink.total('TtsRequests', { Provider: 'google' })).toBe(6);
    expect(new Set(sink.lines.map((line) => JSON.parse(line).campaignId))).toEqual(new Set(['spring', 'autumn']));
  });

  it('drops a number property that JSON cannot write', async () => {
    const { sink, issues, options } = watched();
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      (_event: object, { metrics }) => {
        for (const attempt of [Number.NaN, Number.POSITIVE_INFINITY]) metrics.property('attempt', attempt);
        metrics.add('TotalCalls', 1);
      },
      options,
    );
    await handler({}, fakeContext());
    expect(sink.lines.some((line) => line.includes('"attempt"'))).toBe(false);
    expect(issues.map(({ message }) => message)).toEqual(Array(2).fill('property attempt must be a finite number'));
  });

  it('opens no more series than the cap of a dimension, and counts the rest without it', async () => {
    const { sink, issues, options } = watched();
    const handler = instrument(
      voiceCampaign,
      'dispatcher',
      (_event: object, { metrics }) => {
        for (let i = 0; i < 25; i += 1) metrics.set('CampaignContactsTotal', 1, { CampaignId: `c${i}` });
      },
      options,
    );
    await handler({}, fakeContext());
    const ids = new Set(sink.datapoints().map(({ dimensions }) => dimensions.CampaignId));
    expect(ids.size).toBe(21);
    expect(ids).toContain(undefined);
    expect(issues.filter(({ code }) => code === 'too-many-values').length).toBeGreaterThan(0);
    expect(sink.logs().filter((line) => line.telemetry_issue === 'too-many-values')).toHaveLength(1);
  });

  it('never mixes two invocations in flight', async () => {
    const { sink, options } = watched();
    const below = observe(voiceCampaign, 'dialer-worker');
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      async (event: { id: string; calls: number }, { log }) => {
        below.metrics.property('campaignId', event.id);
        await new Promise((resolve) => setImmediate(resolve));
        below.metrics.add('TotalCalls', event.calls);
        log.info(event.id);
      },
      options,
    );
    await Promise.all([
      handler({ id: 'a', calls: 1 }, fakeContext({ awsRequestId: 'ra' })),
      handler({ id: 'b', calls: 100 }, fakeContext({ awsRequestId: 'rb' })),
    ]);
    const byCampaign = sink.lines.map((line) => JSON.parse(line)).filter((line) => line._aws);
    expect(byCampaign.map((line) => [line.campaignId, line.TotalCalls, line.function_request_id]).sort()).toEqual([
      ['a', 1, 'ra'],
      ['b', 100, 'rb'],
    ]);
    expect(
      sink
        .logs()
        .map((line) => [line.message, line.function_request_id])
        .sort(),
    ).toEqual([
      ['a', 'ra'],
      ['b', 'rb'],
    ]);
  });
});

describe('traces', () => {
  it('sends one document with nested spans, flags and causes', async () => {
    const { sink, options } = watched();
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      async (_event: object, { trace }) => {
        trace.annotate('campaignId', 'spring');
        const length = trace.span('prompt', () => 3);
        await trace.span('dial', async (span) => span.annotate('length', length));
        await trace.span('hang up', () => Promise.reject(new Error('call to +15551234567 failed')));
      },
      options,
    );
    await expect(handler({}, fakeContext())).rejects.toThrow('+15551234567');
    expect(sink.segments).toHaveLength(1);
    expect(sink.segments[0]).toMatchObject({
      type: 'subsegment',
      trace_id: ROOT,
      parent_id: '53995c3f42cd8ad8',
      fault: true,
      annotations: { campaignId: 'spring' },
      subsegments: [
        { name: 'prompt' },
        { name: 'dial', annotations: { length: 3 } },
        { name: 'hang up', fault: true, cause: { exceptions: [{ type: 'Error' }] } },
      ],
    });
    expect(JSON.stringify(sink.segments)).not.toContain('5551234567');
  });

  it('leaves an id alone that looks like a telephone number, and masks what the handler says', async () => {
    const { sink, options } = watched({ newId: () => '0035712345678995' });
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      (_event: object, { trace }) =>
        trace.span('dial', (span) => span.http({ request: { url: 'http://pbx/calls/+15551234567' } })),
      options,
    );
    await handler({}, fakeContext());
    expect(sink.segments[0]).toMatchObject({ id: '0035712345678995' });
    expect(JSON.stringify(sink.segments)).not.toContain('5551234567');
  });

  it('records nothing when the invocation is not sampled, and passes the header on', async () => {
    process.env._X_AMZN_TRACE_ID = `Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=0`;
    const { sink, options } = watched();
    const handler = instrument(
      voiceCampaign,
      'dispatcher',
      (_event: object, { trace }) => trace.span('enqueue', (span) => span.header()),
      options,
    );
    await expect(handler({}, fakeContext())).resolves.toBe(process.env._X_AMZN_TRACE_ID);
    expect(sink.segments).toEqual([]);
  });

  it('splits what is larger than a datagram without losing a span', async () => {
    const { sink, options } = watched();
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      (_event: object, { trace }) => {
        for (let i = 0; i < 300; i += 1) trace.span(`dial ${i}`, (span) => span.metadata('sdp', 'v'.repeat(500)));
      },
      options,
    );
    await handler({}, fakeContext());
    const names = (documents: readonly Record<string, unknown>[]): unknown[] =>
      documents.flatMap((one) => [
        one.name,
        ...names((one.subsegments as Record<string, unknown>[] | undefined) ?? []),
      ]);
    expect(new Set(names(sink.segments)).size).toBe(301);
    expect(sink.segments.every((one) => JSON.stringify(one).length <= 65_000)).toBe(true);
  });
});

describe('the deadline', () => {
  it('writes metrics and open spans before the timeout, and aborts the signal', async () => {
    const { sink, options } = watched({ deadlineGuardMs: 50 });
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      async (_event: object, { metrics, signal, trace }) => {
        metrics.add('DialAttempts', 1);
        await trace.span('dial', () => new Promise((resolve) => signal.addEventListener('abort', resolve)));
        await new Promise((resolve) => setImmediate(resolve));
        return sink.total('DialAttempts');
      },
      options,
    );
    await expect(handler({}, fakeContext({ remainingMs: 60 }))).resolves.toBe(1);
    expect(sink.segments[0]).toMatchObject({ in_progress: true, subsegments: [{ name: 'dial', in_progress: true }] });
    expect(sink.segments[1]).toMatchObject({ id: sink.segments[0]?.id, subsegments: [{ name: 'dial' }] });
    expect(sink.total('DialAttempts')).toBe(1);
  });
});

it('refuses a handler that the contract does not declare', () => {
  // @ts-expect-error asterisk is a process
  expect(() => instrument(voiceCampaign, 'asterisk', () => {})).toThrow(/declares no handler asterisk.*dialer-worker/);
});
