import type { Service } from '../service-api/service.ts';
import type { SqsContext } from './sqs-context.ts';
import {
  createQueueOperation,
  deleteQueueOperation,
  getQueueAttributesOperation,
  getQueueUrlOperation,
  listQueuesOperation,
  purgeQueueOperation,
  setQueueAttributesOperation,
} from './sqs-queues.ts';
import {
  changeMessageVisibilityBatchOperation,
  changeMessageVisibilityOperation,
  deleteMessageBatchOperation,
  deleteMessageOperation,
} from './sqs-receipts.ts';
import { receiveMessageOperation } from './sqs-receive.ts';
import { sendMessageBatchOperation, sendMessageOperation } from './sqs-send.ts';
import { listQueueTagsOperation, tagQueueOperation, untagQueueOperation } from './sqs-tags.ts';

const operations = {
  ChangeMessageVisibility: changeMessageVisibilityOperation,
  ChangeMessageVisibilityBatch: changeMessageVisibilityBatchOperation,
  CreateQueue: createQueueOperation,
  DeleteMessage: deleteMessageOperation,
  DeleteMessageBatch: deleteMessageBatchOperation,
  DeleteQueue: deleteQueueOperation,
  GetQueueAttributes: getQueueAttributesOperation,
  GetQueueUrl: getQueueUrlOperation,
  ListQueueTags: listQueueTagsOperation,
  ListQueues: listQueuesOperation,
  PurgeQueue: purgeQueueOperation,
  ReceiveMessage: receiveMessageOperation,
  SendMessage: sendMessageOperation,
  SendMessageBatch: sendMessageBatchOperation,
  SetQueueAttributes: setQueueAttributesOperation,
  TagQueue: tagQueueOperation,
  UntagQueue: untagQueueOperation,
};

/** SQS as the AWS SDKs call it (AWS JSON 1.0, target prefix `AmazonSQS`). */
export const sqsService = (context: Omit<SqsContext, 'signal'>): Service => ({
  signingName: 'sqs',
  targetPrefix: 'AmazonSQS',
  wasQuery: true,
  operations: Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      (input, signal) => operation(signal === undefined ? context : { ...context, signal }, input),
    ]),
  ),
});
