import { expect, it } from 'vitest';
import { md5OfAttributes, md5OfBody } from '../../../src/queue/message/message-digest.ts';

it('digests body and attributes as SQS does', () => {
  expect(md5OfBody('héllo')).toBe('be50e8478cf24ff3595bc7307fb91b50');
  const attributes = {
    campaignId: { dataType: 'String', stringValue: 'c-1' },
    attempt: { dataType: 'Number.int', stringValue: '3' },
    blob: { dataType: 'Binary', binaryValue: Buffer.from('hi').toString('base64') },
  };
  // The digest that boto3 gets from another implementation for the same message.
  expect(md5OfAttributes(attributes)).toBe('825b9060c42c71b8fe8a2cf8d4bcbad4');
});

it('has no digest for a message without attributes', () => {
  expect(md5OfAttributes({})).toBeUndefined();
});
