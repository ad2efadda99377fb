import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { START, sumOf, testProcess } from './test-process.ts';

describe('the limits of PutMetricData', () => {
  it('150 distinct values a datum', async () => {
    const { metrics, flush, data } = testProcess();
    for (let value = 0; value < 301; value++) {
      metrics.record('SetupTime', value);
      metrics.record('SetupTime', value);
    }
    await flush();
    expect(data().map(({ Values }) => Values?.length)).toEqual([150, 150, 1]);
    expect(data().map(({ Counts }) => Counts?.length)).toEqual([150, 150, 1]);
    expect(sumOf(data(), 'SetupTime')).toBe(300 * 301);
  });

  it('1,000 data a call', async () => {
    const { metrics, flush, clock, puts } = testProcess();
    for (let second = 0; second < 2_500; second++) {
      clock.now = START + second * 1_000;
      metrics.set('ActiveCalls', second);
    }
    await flush();
    expect(puts.map(({ data }) => data.length)).toEqual([1_000, 1_000, 500]);
  });

  it('1 MB a call', async () => {
    const { metrics, flush, puts, data } = testProcess();
    for (let value = 0; value < 100_000; value++) metrics.record('SetupTime', value + 0.123456789);
    await flush();
    expect(puts.length).toBeGreaterThan(1);
    for (const { data: call } of puts)
      expect(JSON.stringify({ Namespace: 'n', MetricData: call }).length).toBeLessThan(1_048_576);
    expect(data().reduce((sum, { Values }) => sum + (Values?.length ?? 0), 0)).toBe(100_000);
  });
});

const sample = fc.record({
  call: fc.constantFrom('Ringing', 'Hangups', 'SetupTime'),
  value: fc.integer({ min: 0, max: 1_000 }),
  trunk: fc.constantFrom('east' as const, 'west' as const),
  after: fc.integer({ min: 0, max: 40_000 }),
  next: fc.constantFrom('nothing', 'tick', 'flush'),
});

it('nothing is lost or counted twice, whatever calls fail and whenever it is flushed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sample, { maxLength: 60 }), fc.array(fc.boolean()), async (samples, failures) => {
      const { metrics, tick, flush, close, calls, clock, data } = testProcess();
      calls.answer = async (call) => {
        if (failures[call]) throw new Error('outage');
      };
      for (const { call, value, trunk, after, next } of samples) {
        clock.now += after;
        if (call === 'Ringing') metrics.add(call, value);
        else if (call === 'SetupTime') metrics.record(call, value);
        else metrics.add(call, value, { Trunk: trunk, Cause: '16' });
        if (next === 'tick') tick();
        if (next === 'flush') await flush();
      }
      calls.answer = async () => ({});
      await close();
      const sum = (name: string, trunk?: string) =>
        samples
          .filter((sample) => sample.call === name && (!trunk || sample.trunk === trunk))
          .reduce((total, { value }) => total + value, 0);
      expect(sumOf(data(), 'Ringing')).toBe(sum('Ringing'));
      expect(sumOf(data(), 'SetupTime')).toBe(sum('SetupTime'));
      expect(sumOf(data(), 'Hangups')).toBe(sum('Hangups'));
      expect(sumOf(data(), 'Hangups', { Trunk: 'west' })).toBe(sum('Hangups', 'west'));
    }),
    { numRuns: 200 },
  );
});
