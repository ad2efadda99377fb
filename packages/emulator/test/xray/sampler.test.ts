import { expect, it } from 'vitest';
import { createSampler } from '../../src/xray/sampler.ts';

it('samples everything when asked to', () => {
  const sampler = createSampler('all', { now: () => 0, random: () => 0.99 });
  expect([1, 2, 3].map(() => sampler('f'))).toEqual([true, true, true]);
});

it('samples as Lambda does: the first of each second and 5 % of the others, for each function by itself', () => {
  const clock = { now: 0, random: 0.99 };
  const sampler = createSampler('lambda', { now: () => clock.now, random: () => clock.random });
  expect([sampler('f'), sampler('f'), sampler('g'), sampler('g')]).toEqual([true, false, true, false]);
  clock.now = 1000;
  expect([sampler('f'), sampler('f')]).toEqual([true, false]);
  clock.random = 0.0499;
  expect(sampler('f')).toBe(true);
  clock.random = 0.05;
  expect(sampler('f')).toBe(false);
});
