import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attemptOf, checkRates, defaultRates, fateOf, type Rates } from '../../src/simulator/fate.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const rates: fc.Arbitrary<Rates> = fc
  .record({ answer: share, busy: share, noAnswer: share, conversion: share, optOut: share, sms: share, other: share })
  .map(({ answer, busy, noAnswer, conversion, optOut, sms, other }) => ({
    answer: answer / 3,
    busy: busy / 3,
    noAnswer: noAnswer / 3,
    secondAttempt: other,
    conversion: conversion / 2,
    optOut: optOut / 2,
    impatience: other,
    sms,
    smsFailure: other,
    promptFailure: other,
  }));

test('the same seed, rates and call have the same fate', () => {
  fc.assert(
    fc.property(fc.integer(), rates, fc.string(), (seed, some, callId) => {
      expect(fateOf(seed, some, callId)).toEqual(fateOf(seed, some, callId));
    }),
  );
});

test('only people who answer press keys, ask for an SMS and are billed', () => {
  fc.assert(
    fc.property(fc.integer(), rates, fc.string(), fc.integer({ min: 1, max: 3 }), (seed, some, callId, attempt) => {
      const fate = fateOf(seed, some, callId);
      const { outcome, costUsd, wantsSms } = attemptOf(fate, attempt);
      if (fate.outcome !== 'answered') expect(fate).toMatchObject({ presses: [], wantsSms: false, talkSeconds: 0 });
      if (outcome !== 'answered') expect({ costUsd, wantsSms }).toEqual({ costUsd: 0, wantsSms: false });
      if (attempt >= fate.decidedAt) expect(outcome).toBe(fate.outcome);
    }),
  );
});

test('follows the rates over many calls', () => {
  const fates = Array.from({ length: 20_000 }, (_, index) => fateOf(7, defaultRates, `spring-${index}`));
  const shareOf = (name: string) => fates.filter(({ outcome }) => outcome === name).length / fates.length;
  expect(shareOf('answered')).toBeCloseTo(0.62, 1);
  expect(shareOf('busy')).toBeCloseTo(0.11, 1);
  expect(shareOf('no-answer')).toBeCloseTo(0.23, 1);
  expect(shareOf('failed')).toBeCloseTo(0.04, 1);
  const answered = fates.filter(({ outcome }) => outcome === 'answered');
  expect(answered.filter(({ presses }) => presses[0] === '1').length / answered.length).toBeCloseTo(0.18, 1);
});

test('another seed gives another campaign', () => {
  const outcomes = (seed: number) =>
    Array.from({ length: 50 }, (_, index) => fateOf(seed, defaultRates, `spring-${index}`).outcome).join();
  expect(outcomes(1)).not.toBe(outcomes(2));
});

test('names every rate that is none', () => {
  expect(() => checkRates({ ...defaultRates, answer: 1.2, sms: -1 })).toThrow(/answer is 1.2.*sms is -1.*add up/);
  expect(() => checkRates({ ...defaultRates, conversion: 0.9, optOut: 0.2 })).toThrow('conversion and optOut');
  expect(() => checkRates(defaultRates)).not.toThrow();
});
