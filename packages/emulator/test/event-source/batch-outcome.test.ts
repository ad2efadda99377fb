import { describe, expect, it } from 'vitest';
import { batchOutcomeOf } from '../../src/event-source/batch-outcome.ts';

const ids = ['a', 'b', 'c'];
const outcome = (response: unknown) => batchOutcomeOf(ids, { payload: JSON.stringify(response) ?? '' }, true);
const failures = (...itemIdentifiers: unknown[]) => ({
  batchItemFailures: itemIdentifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('a batch succeeds as a whole', () => {
  it.each<[string, unknown]>([
    ['a null response', null],
    ['no response', undefined],
    ['an empty response', {}],
    ['a null list', { batchItemFailures: null }],
    ['an empty list', { batchItemFailures: [] }],
    ['a response that is no object', 'done'],
  ])('with %s', (_, response) => {
    expect(outcome(response)).toEqual({ succeeded: ids, failed: [] });
  });

  it('with any response where item failures are not reported', () => {
    expect(batchOutcomeOf(ids, { payload: JSON.stringify(failures('a')) }, false).failed).toEqual([]);
    expect(batchOutcomeOf(ids, { payload: 'not JSON' }, false).failed).toEqual([]);
  });
});

describe('a batch fails as a whole', () => {
  it.each<[string, unknown]>([
    ['an empty itemIdentifier', failures('a', '')],
    ['a null itemIdentifier', failures(null)],
    ['an itemIdentifier that is no string', failures(7)],
    ['a wrong key', { batchItemFailures: [{ itemIdentifer: 'a' }] }],
    ['an entry that is no object', { batchItemFailures: ['a'] }],
    ['an identifier of no message in the batch', failures('a', 'z')],
    ['a list that is none', { batchItemFailures: 'a' }],
  ])('with %s', (_, response) => {
    expect(outcome(response)).toMatchObject({ succeeded: [], failed: ids, reason: expect.any(String) });
  });

  it('with a response that is not JSON', () => {
    expect(batchOutcomeOf(ids, { payload: '{' }, true).failed).toEqual(ids);
  });

  it('when the function failed, whatever it answered', () => {
    const result = { payload: JSON.stringify(failures('a')), functionError: 'Unhandled' };
    expect(batchOutcomeOf(ids, result, true)).toEqual({ succeeded: [], failed: ids, reason: 'the function failed' });
    expect(batchOutcomeOf(ids, result, false).failed).toEqual(ids);
  });
});

it('fails only the messages that are named, once each', () => {
  expect(outcome(failures('b', 'b'))).toEqual({ succeeded: ['a', 'c'], failed: ['b'] });
});
