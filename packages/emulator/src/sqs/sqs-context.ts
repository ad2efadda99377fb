import type { Queue } from '../queue/queue.ts';
import type { QueueService } from '../queue/service/queue-service.ts';
import { type Input, readString } from '../service-api/input.ts';
import { invalidAddress, missingParameter, queueDoesNotExist } from './sqs-errors.ts';

/** What the SQS operations work with. */
export type SqsContext = {
  readonly queues: QueueService;
  readonly urlOf: (queueName: string) => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A new UUID. */
  readonly newId: () => string;
  /** Aborted when the caller has hung up. */
  readonly signal?: AbortSignal;
};

/** The queue that `QueueUrl` names by its last path segment. @throws ServiceError as SQS would. */
export const queueOf = (context: SqsContext, input: Input): Queue => {
  const url = readString(input, 'QueueUrl');
  if (url === undefined || url === '') throw missingParameter('QueueUrl');
  if (!URL.canParse(url)) throw invalidAddress(url);
  const queue = context.queues.find(new URL(url).pathname.split('/').at(-1) ?? '');
  if (queue === undefined) throw queueDoesNotExist();
  return queue;
};

/** The member as a non-empty string. @throws ServiceError MissingParameter. */
export const requiredString = (input: Input, name: string): string => {
  const value = readString(input, name);
  if (value === undefined || value === '') throw missingParameter(name);
  return value;
};
