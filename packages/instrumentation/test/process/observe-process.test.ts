import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { observeProcess } from '@voice-campaign/instrumentation/process';
import { milliseconds, type Quantity, seconds, voiceCampaign } from '@voice-campaign/metrics-schema';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { contract, START, testProcess } from './test-process.ts';

describe('a counter', () => {
  it('is summed per period of its resolution', async () => {
    const { metrics, flush, clock, data } = testProcess();
    metrics.add('Ringing', 1);
    metrics.add('Ringing', 2);
    clock.now = START + 1_500;
    metrics.add('Ringing', 4);
    await flush();
    expect(data()).toEqual([
      { MetricName: 'Ringing', Timestamp: new Date(START), Unit: 'Count', StorageResolution: 1, Value: 3 },
      { MetricName: 'Ringing', Timestamp: new Date(START + 1_000), Unit: 'Count', StorageResolution: 1, Value: 4 },
    ]);
  });

  it('of resolution 60 is stamped with its minute', async () => {
    const { metrics, flush, clock, data } = testProcess();
    clock.now = START + 59_999;
    metrics.add('Hangups', 1, { Trunk: 'east', Cause: '16' });
    clock.now = START + 60_000;
    metrics.add('Hangups', 1, { Trunk: 'east', Cause: '16' });
    await flush();
    expect(data().map(({ Timestamp }) => Timestamp?.getTime())).toEqual([
      ...Array(3).fill(START),
      ...Array(3).fill(START + 60_000),
    ]);
  });

  it('counts in each of its dimension sets', async () => {
    const { metrics, flush, data } = testProcess();
    metrics.add('Hangups', 2, { Trunk: 'east', Cause: '16' });
    await flush();
    expect(data().map(({ Dimensions, Value }) => [Dimensions, Value])).toEqual([
      [undefined, 2],
      [[{ Name: 'Trunk', Value: 'east' }], 2],
      [
        [
          { Name: 'Trunk', Value: 'east' },
          { Name: 'Cause', Value: '16' },
        ],
        2,
      ],
    ]);
  });
});

describe('a gauge', () => {
  it('keeps the last value of each second', async () => {
    const { metrics, flush, clock, data } = testProcess();
    for (const [at, calls] of [
      [0, 1],
      [999, 2],
      [1_000, 3],
      [3_100, 4],
      [3_900, 5],
    ] as const) {
      clock.now = START + at;
      metrics.set('ActiveCalls', calls);
    }
    await flush();
    expect(data().map(({ Timestamp, Value }) => [Timestamp?.getTime(), Value])).toEqual([
      [START, 2],
      [START + 1_000, 3],
      [START + 3_000, 5],
    ]);
  });

  it('of resolution 60 keeps a sample for each second of the minute in one datum', async () => {
    const { metrics, flush, clock, data } = testProcess();
    for (const [second, free] of [7, 7, 3, 7].entries()) {
      clock.now = START + second * 1_000;
      metrics.set('FreeTrunks', free);
    }
    await flush();
    expect(data()).toEqual([
      {
        MetricName: 'FreeTrunks',
        Timestamp: new Date(START),
        Unit: 'Count',
        StorageResolution: 60,
        Values: [7, 3],
        Counts: [3, 1],
      },
    ]);
  });

  it('is not sent by the timer before its second is over, so that the last value wins', async () => {
    const { metrics, tick, clock, puts, data } = testProcess();
    metrics.set('ActiveCalls', 1);
    tick();
    metrics.set('ActiveCalls', 2);
    clock.now = START + 1_000;
    metrics.set('ActiveCalls', 3);
    tick();
    await expect.poll(() => puts.length).toBe(1);
    expect(data().map(({ Value }) => Value)).toEqual([2]);
  });
});

describe('a distribution', () => {
  it('keeps every value, with how often it came', async () => {
    const { metrics, flush, data } = testProcess();
    for (const value of [180, milliseconds(200), 180]) metrics.record('SetupTime', value);
    await flush();
    expect(data()).toEqual([
      {
        MetricName: 'SetupTime',
        Timestamp: new Date(START),
        Unit: 'Milliseconds',
        StorageResolution: 60,
        Values: [180, 200],
        Counts: [2, 1],
      },
    ]);
  });
});

describe('calls', () => {
  it('are made every second where a metric has resolution 1, else every minute, or as told', () => {
    const quiet = { client: { send: async () => ({}) }, namespace: 'n', environment: {} };
    const intervals: number[] = [];
    const every = (ms: number) => {
      intervals.push(ms);
      return () => undefined;
    };
    observeProcess(contract, 'asterisk', { ...quiet, every });
    observeProcess(contract, 'reporter', { ...quiet, every });
    observeProcess(contract, 'reporter', { ...quiet, every, flushIntervalMs: 10_000 });
    expect(intervals).toEqual([1_000, 60_000, 10_000]);
  });

  it('are made by a real timer, which does not keep the process alive', async () => {
    const before = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const puts: unknown[] = [];
    const { metrics, close } = observeProcess(contract, 'reporter', {
      client: { send: async (command) => puts.push(command) },
      namespace: 'n',
      flushIntervalMs: 1,
    });
    metrics.add('TotalCalls', 1);
    // Unref'd timers are no active resources.
    expect(process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout')).toHaveLength(before);
    await expect.poll(() => puts.length).toBe(1);
    await close();
  });

  it('are not made without data', async () => {
    const { flush, tick, puts } = testProcess();
    tick();
    await flush();
    expect(puts).toEqual([]);
  });

  it('go to the namespace of the option, else of the environment, else of the contract', async () => {
    const namespaces: (string | undefined)[] = [];
    const client = {
      send: async ({ input }: { input: { Namespace: string | undefined } }) => namespaces.push(input.Namespace),
    };
    const deployed = { PROJECT_NAME: 'voice-campaign', ENVIRONMENT: 'production' };
    for (const options of [
      { namespace: 'mine', environment: deployed },
      { environment: deployed },
      { environment: {} },
    ]) {
      const { metrics, close } = observeProcess({ ...contract, namespace: 'own' }, 'reporter', { client, ...options });
      metrics.add('TotalCalls', 1);
      await close();
    }
    expect(namespaces).toEqual(['mine', 'voice-campaign/production', 'own']);
  });

  it('go to the default namespace with an error when nobody names one', async () => {
    const { metrics, flush, puts, issues } = testProcess({ namespace: '' });
    metrics.set('ActiveCalls', 1);
    await flush();
    expect(puts[0]?.namespace).toBe('default_namespace');
    expect(issues).toMatchObject([{ code: 'namespace', message: expect.stringContaining('PROJECT_NAME') }]);
  });
});

describe('close', () => {
  it('sends what is left, stops the timer, and drops what comes after with one error', async () => {
    const { metrics, close, ticks, data, issues } = testProcess();
    metrics.set('ActiveCalls', 1);
    await close();
    metrics.set('ActiveCalls', 2);
    metrics.set('ActiveCalls', 3);
    await close();
    expect(data().map(({ Value }) => Value)).toEqual([1]);
    expect(ticks.map(({ stopped }) => stopped)).toEqual([true]);
    expect(issues.map(({ code }) => code)).toEqual(['closed']);
  });
});

it('refuses what is no process of the contract', () => {
  const options = { client: { send: async () => ({}) } };
  // @ts-expect-error: a handler
  expect(() => observeProcess(contract, 'dialer-worker', options)).toThrow(/no process "dialer-worker"/);
  // @ts-expect-error: nobody
  expect(() => observeProcess(contract, 'nobody', options)).toThrow(TypeError);
});

it('takes a CloudWatchClient, and the metrics of its emitter alone', async () => {
  const { metrics, close } = observeProcess(voiceCampaign, 'asterisk', {
    client: new CloudWatchClient({ region: 'us-east-1' }),
    namespace: 'n',
    onError: () => undefined,
  });
  expectTypeOf(metrics.set<'ActiveCalls'>)
    .parameter(1)
    .toEqualTypeOf<number | Quantity<'Count'>>();
  // @ts-expect-error: emitted by dialer-worker
  metrics.add('TotalCalls', 1);
  expectTypeOf(metrics).not.toHaveProperty('property');
  await close();
});

describe('at compile time', () => {
  it('refuses the wrong call, unit and dimensions', async () => {
    const { metrics, flush, puts } = testProcess();
    // @ts-expect-error: a gauge
    metrics.add('ActiveCalls', 1);
    // @ts-expect-error: emitted by others
    metrics.add('TotalCalls', 1);
    // @ts-expect-error: milliseconds
    metrics.record('SetupTime', seconds(1));
    expectTypeOf(metrics.add<'Hangups'>)
      .parameter(2)
      .toEqualTypeOf<{ readonly Trunk: 'east' | 'west'; readonly Cause: string }>();
    await flush();
    expect(puts).toEqual([]);
  });
});
