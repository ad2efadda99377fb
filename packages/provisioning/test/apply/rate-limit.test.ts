import { expect, test } from 'vitest';
import { covers, isSameJson } from '../../src/apply/covers.ts';
import { rateLimit } from '../../src/apply/rate-limit.ts';

const clock = () => {
  let time = 0;
  return {
    now: () => time,
    sleep: async (milliseconds: number) => {
      time += milliseconds;
    },
  };
};

test('alarms are put three times a second, each operation by a quota of its own', async () => {
  const { now, sleep } = clock();
  const limit = rateLimit({ now, sleep });
  for (let sent = 0; sent < 10; sent += 1) await limit('PutMetricAlarm');
  expect(now()).toBeCloseTo(3000, 6);
  await limit('PutDashboard');
  expect(now()).toBeCloseTo(3000, 6);
});

test('what is wanted is covered by what is there, with whatever else it has', () => {
  expect(covers({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ c: 2 }] })).toBe(true);
  expect(covers({ b: [{ c: 2 }, { c: 3 }] }, { b: [{ c: 2 }] })).toBe(false);
  expect(covers({}, { actions: [] })).toBe(true);
  expect(covers({ actions: ['x'] }, { actions: [] })).toBe(false);
  expect(covers(undefined, { a: 1 })).toBe(false);
});

test('JSON is the same in any order of members, and not in another order of a list', () => {
  expect(isSameJson('{"a": 1, "b": [1, 2]}', '{"b":[1,2],"a":1}')).toBe(true);
  expect(isSameJson('{"b":[2,1]}', '{"b":[1,2]}')).toBe(false);
  expect(isSameJson(undefined, '{}')).toBe(false);
});
