import { describe, expect, it } from 'vitest';
import { batchOutcome } from '../../src/runtime/batch-outcome.ts';

const event = { Records: ['a', 'b', 'c'].map((messageId) => ({ messageId })) };
const response = (...ids: unknown[]) => ({
  response: { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) },
});

describe('the outcome of an SQS batch', () => {
  it.each([
    ['no response', { response: undefined }],
    ['null', { response: null }],
    ['another response', { response: { statusCode: 200 } }],
    ['a null list', { response: { batchItemFailures: null } }],
    ['an empty list', response()],
  ])('is success for %s', (_name, ending) => {
    expect(batchOutcome(event, ending)).toEqual({ records: 3, failed: 0 });
  });

  it('is what the response lists', () => {
    expect(batchOutcome(event, response('a', 'c'))).toEqual({ records: 3, failed: 2 });
  });

  it('is failure of all when the handler throws', () => {
    expect(batchOutcome(event, { error: new Error('down') })).toEqual({ records: 3, failed: 3 });
  });

  it.each([
    ['empty', response('')],
    ['null', response(null)],
    ['missing', response(undefined)],
    ['no text', response(7)],
    ['of no record', response('a', 'z')],
    ['under a wrong key', { response: { batchItemFailures: [{ itemIdentifer: 'a' }] } }],
    ['no object', { response: { batchItemFailures: ['a'] } }],
  ])('is failure of all, and a problem, where an id is %s', (_name, ending) => {
    expect(batchOutcome(event, ending)).toEqual({
      records: 3,
      failed: 3,
      problem: expect.stringContaining('all are delivered again'),
    });
  });

  it('counts a record that is named twice once, and says so', () => {
    expect(batchOutcome(event, response('a', 'a'))).toEqual({
      records: 3,
      failed: 1,
      problem: expect.stringContaining('twice'),
    });
  });
});

it.each([
  ['API Gateway', { httpMethod: 'GET' }],
  ['SNS', { Records: [{ Sns: { MessageId: 'a' } }] }],
  // Of a stream the first failure is a checkpoint: all after it come again.
  ['Kinesis', { Records: [{ kinesis: { sequenceNumber: '1' } }] }],
  ['nothing', undefined],
  ['text', 'Records'],
])('there is none for %s', (_name, other) => {
  expect(batchOutcome(other, response('a'))).toBeUndefined();
});
