import type { Queue } from '../queue/queue.ts';
import { settingsOf } from '../queue/queue-settings.ts';
import { type Input, readInteger, readObject, readString, readStrings } from '../service-api/input.ts';
import { readQueueAttributes, renderQueueAttributes, selectAttributes } from './queue-attributes.ts';
import { queueOf, requiredString, type SqsContext } from './sqs-context.ts';
import {
  invalidParameterOf,
  purgeQueueInProgress,
  queueDoesNotExist,
  queueNameExists,
  unsupportedOperation,
} from './sqs-errors.ts';
import { readTags } from './sqs-tags.ts';

const attributesOf = ({ queues }: SqsContext, queue: Queue, settings = queue.settings): Record<string, string> =>
  renderQueueAttributes({ ...queue, settings }, queues.countsOf(queue), queues.arnOf);

export const createQueueOperation = (context: SqsContext, input: Input): Input => {
  const name = requiredString(input, 'QueueName');
  const attributes = readObject(input, 'Attributes');
  const definition = readQueueAttributes(name, attributes, (other) => context.queues.find(other) !== undefined);
  const existing = context.queues.find(name);
  if (existing === undefined) context.queues.createForClient({ ...definition, tags: readTags(input, 'tags') });
  else {
    const current = attributesOf(context, existing);
    // Written as ours are, so that what means the same is the same.
    const wanted = attributesOf(context, existing, settingsOf(definition));
    const differing = Object.keys(attributes).find((key) => current[key] !== wanted[key]);
    if (differing !== undefined) throw queueNameExists(differing);
  }
  return { QueueUrl: context.urlOf(name) };
};

export const getQueueUrlOperation = (context: SqsContext, input: Input): Input => {
  const name = requiredString(input, 'QueueName');
  if (context.queues.find(name) === undefined) throw queueDoesNotExist();
  return { QueueUrl: context.urlOf(name) };
};

export const listQueuesOperation = (context: SqsContext, input: Input): Input => {
  const prefix = readString(input, 'QueueNamePrefix') ?? '';
  const max = readInteger(input, 'MaxResults');
  if (max !== undefined && (max < 1 || max > 1000)) {
    throw invalidParameterOf('MaxResults', max, 'Must be between 1 and 1000, if provided.');
  }
  const start = readInteger({ start: Number(readString(input, 'NextToken') ?? 0) }, 'start') ?? 0;
  const names = context.queues.list().map((queue) => queue.settings.name);
  const matching = names.filter((name) => name.startsWith(prefix)).sort();
  const end = start + (max ?? 1000);
  const urls = matching.slice(start, end).map(context.urlOf);
  return {
    ...(urls.length === 0 ? {} : { QueueUrls: urls }),
    ...(max !== undefined && end < matching.length ? { NextToken: String(end) } : {}),
  };
};

export const getQueueAttributesOperation = (context: SqsContext, input: Input): Input => {
  const queue = queueOf(context, input);
  const names = readStrings(input, 'AttributeNames');
  const attributes = selectAttributes(attributesOf(context, queue), names);
  return Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };
};

export const setQueueAttributesOperation = (context: SqsContext, input: Input): Input => {
  const queue = queueOf(context, input);
  const attributes = readObject(input, 'Attributes');
  const hasQueue = (other: string): boolean => context.queues.find(other) !== undefined;
  const definition = readQueueAttributes(queue.settings.name, attributes, hasQueue);
  const { redrivePolicy, ...settings } = queue.settings;
  const keepsRedrive = redrivePolicy !== undefined && !('RedrivePolicy' in attributes);
  context.queues.configure(queue, { ...settings, ...(keepsRedrive ? { redrivePolicy } : {}), ...definition });
  return {};
};

export const purgeQueueOperation = (context: SqsContext, input: Input): Input => {
  const queue = queueOf(context, input);
  if (context.now() - queue.purgedAt < 60_000) throw purgeQueueInProgress(queue.settings.name);
  context.queues.purge(queue);
  return {};
};

export const deleteQueueOperation = (context: SqsContext, input: Input): Input => {
  const queue = queueOf(context, input);
  if (!context.queues.delete(queue)) {
    throw unsupportedOperation(
      `Queue ${queue.settings.name} is one that the emulator was started with: take it out of its definition, or ` +
        'empty it with PurgeQueue.',
    );
  }
  return {};
};
