import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { START, sumOf, testProcess } from './test-process.ts';

function named(name: string): Error {
  return Object.assign(new Error(`CloudWatch said ${name}`), { name });
}

describe('a failed call', () => {
  it('has its data sent by the next flush, with their own times, oldest first', async () => {
    const { metrics, flush, calls, clock, puts, data, issues } = testProcess();
    calls.answer = () => Promise.reject(named('ThrottlingException'));
    metrics.set('ActiveCalls', 1);
    await flush();
    clock.now = START + 1_000;
    metrics.set('ActiveCalls', 2);
    await flush();
    expect(puts).toEqual([]);
    calls.answer = async () => ({});
    await flush();
    expect(data().map(({ Timestamp, Value }) => [Timestamp?.getTime(), Value])).toEqual([
      [START, 1],
      [START + 1_000, 2],
    ]);
    expect(issues).toMatchObject([{ code: 'put-failed', keptPoints: 1 }]);
  });

  it('is told again after a call has succeeded', async () => {
    const { metrics, flush, calls, issues } = testProcess();
    calls.answer = (call) => (call % 2 === 1 ? Promise.reject(named('TimeoutError')) : Promise.resolve());
    for (let at = 0; at < 4; at++) {
      metrics.add('Ringing', 1);
      await flush();
    }
    expect(issues.map(({ code }) => code)).toEqual(['put-failed', 'put-failed']);
  });

  it('does not end the process when the client throws at once', async () => {
    const { metrics, flush, issues } = testProcess({
      client: {
        send: () => {
          throw named('TypeError');
        },
      },
    });
    metrics.add('Ringing', 1);
    await flush();
    expect(issues.map(({ code }) => code)).toEqual(['put-failed']);
  });

  it('leaves calls after it for the next flush', async () => {
    const { metrics, flush, calls, data } = testProcess();
    calls.answer = (call) => (call === 2 ? Promise.reject(named('ServiceUnavailable')) : Promise.resolve());
    for (let value = 0; value < 400_000; value++) metrics.record('SetupTime', value);
    await flush();
    const before = sumOf(data(), 'SetupTime');
    expect(before).toBeGreaterThan(0);
    await flush();
    expect(sumOf(data(), 'SetupTime')).toBeGreaterThan(before);
  });

  it('that CloudWatch refuses for its content is dropped with an error, and those after it are made', async () => {
    const { metrics, flush, calls, data, issues } = testProcess();
    calls.answer = () => Promise.reject(named('InvalidParameterValueException'));
    metrics.add('Ringing', 1);
    await flush();
    calls.answer = async () => ({});
    metrics.add('Ringing', 2);
    await flush();
    expect(data().map(({ Value }) => Value)).toEqual([2]);
    expect(issues).toMatchObject([{ code: 'put-refused', droppedPoints: 1 }]);
  });
});

describe('a long outage', () => {
  it('keeps as many data points as allowed, and drops the oldest with an error', async () => {
    const { metrics, flush, calls, clock, data, issues } = testProcess({ maxBacklogPoints: 3 });
    calls.answer = () => Promise.reject(named('NetworkingError'));
    for (let second = 0; second < 5; second++) {
      clock.now = START + second * 1_000;
      metrics.set('ActiveCalls', second);
      await flush();
    }
    calls.answer = async () => ({});
    await flush();
    expect(data().map(({ Value }) => Value)).toEqual([2, 3, 4]);
    expect(issues).toMatchObject([
      { code: 'put-failed' },
      { code: 'backlog-full', droppedPoints: 1, limit: 3 },
      { code: 'backlog-full', droppedPoints: 1, limit: 3 },
    ]);
  });

  it('is bounded too where a call never ends', async () => {
    const { metrics, tick, calls, clock, issues } = testProcess({ maxBacklogPoints: 3 });
    calls.answer = () => new Promise(() => undefined);
    for (let second = 0; second < 7; second++) {
      clock.now = START + second * 1_000;
      metrics.set('ActiveCalls', second);
      tick();
      await setImmediate();
    }
    // Second 0 is in the call, second 6 not over: 1 to 5 wait, of which two are too many.
    expect(issues).toMatchObject([
      { code: 'backlog-full', droppedPoints: 1 },
      { code: 'backlog-full', droppedPoints: 1 },
    ]);
  });

  it('at close is told with what was lost', async () => {
    const { metrics, close, calls, issues } = testProcess();
    calls.answer = () => Promise.reject(named('NetworkingError'));
    metrics.set('ActiveCalls', 1);
    metrics.add('Ringing', 1);
    await close();
    expect(issues).toMatchObject([{ code: 'put-failed' }, { code: 'lost-at-close', droppedPoints: 2 }]);
  });
});

it('makes one call at a time, and a flush waits for its own data', async () => {
  const { metrics, flush, calls, clock, data } = testProcess();
  let running = 0;
  let most = 0;
  const ends: (() => void)[] = [];
  calls.answer = async () => {
    most = Math.max(most, ++running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
  };
  metrics.set('ActiveCalls', 1);
  const first = flush();
  clock.now = START + 1_000;
  metrics.set('ActiveCalls', 2);
  const second = flush();
  const third = flush();
  await expect.poll(() => ends.length).toBe(1);
  ends[0]?.();
  await expect.poll(() => ends.length).toBe(2);
  expect(data().map(({ Value }) => Value)).toEqual([1]);
  ends[1]?.();
  await Promise.all([first, second, third]);
  expect(data().map(({ Value }) => Value)).toEqual([1, 2]);
  expect(most).toBe(1);
});
