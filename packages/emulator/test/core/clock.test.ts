import { expect, it } from 'vitest';
import { parseDuration, realClock, testClock } from '../../src/core/clock.ts';

it('runs what falls due at its moment, in order, and what that makes due too', async () => {
  const clock = testClock(1000);
  const seen: [string, number][] = [];
  const note = (name: string) => () => void seen.push([name, clock.now()]);
  clock.at(1300, note('late'));
  clock.at(1100, () => {
    note('early')();
    clock.at(1200, note('made by early'));
  });
  await clock.advance(400);
  expect(seen).toEqual([
    ['early', 1100],
    ['made by early', 1200],
    ['late', 1300],
  ]);
  expect(clock.now()).toBe(1400);
});

it('waits for what it runs before time goes on', async () => {
  const clock = testClock(0);
  const seen: number[] = [];
  clock.at(10, async () => {
    await Promise.resolve();
    seen.push(clock.now());
  });
  clock.at(20, () => void seen.push(clock.now()));
  await clock.advance('1s');
  expect(seen).toEqual([10, 20]);
});

it('adds up advances that nobody awaits', async () => {
  const clock = testClock(0);
  void clock.advance('1m');
  await clock.advance('1m');
  expect(clock.now()).toBe(120_000);
});

it('forgets what was cancelled, and runs at once what is past', async () => {
  const clock = testClock(5000);
  const seen: string[] = [];
  clock.at(6000, () => void seen.push('cancelled'))();
  clock.at(1, () => void seen.push('past'));
  await clock.advance(0);
  expect(seen).toEqual(['past']);
  await clock.advance(9999);
  expect(seen).toEqual(['past']);
});

it.each([
  [250, 250],
  ['250ms', 250],
  ['90s', 90_000],
  ['15m', 900_000],
  ['1h30m', 5_400_000],
  ['1d', 86_400_000],
  ['0.5s', 500],
])('reads %s as a duration', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

it.each(['', '15', '15 minutes', '-1m', -1, Number.NaN])('says how to write a duration, not %s', (text) => {
  expect(() => parseDuration(text)).toThrow(/is no duration: write milliseconds, or 90s, 15m/);
});

it('calls back in real time', async () => {
  const clock = realClock();
  const moment = clock.now() + 5;
  // The clock alone does not keep a process alive; here the test does.
  const alive = setInterval(() => {}, 1000);
  await new Promise<void>((resolve) => clock.at(moment, resolve));
  clearInterval(alive);
  expect(clock.now()).toBeGreaterThanOrEqual(moment - 1);
});

it('tells of a call that fails in real time, and goes on', async () => {
  const failures: unknown[] = [];
  const ran = await new Promise<string>((resolve) => {
    const clock = realClock(Date.now, (error) => failures.push(error));
    clock.at(0, () => {
      throw new Error('no space left');
    });
    clock.at(0, () => Promise.reject(new Error('nor later')));
    clock.at(Date.now() + 20, () => resolve('the next'));
  });
  expect(ran).toBe('the next');
  expect(failures).toEqual([new Error('no space left'), new Error('nor later')]);
});
