import type { Queue, QueueCounts } from '../queue/queue.ts';
import {
  isMaxReceiveCount,
  isQueueName,
  type QueueDefinition,
  type QueueLimitName,
  queueLimitNames,
  queueLimits,
} from '../queue/queue-settings.ts';
import { type Input, isObject, readString } from '../service-api/input.ts';
import { invalidAttributeName, invalidAttributeValue, invalidParameterOf, unsupportedOperation } from './sqs-errors.ts';

const seconds = (ms: number): string => String(Math.floor(ms / 1000));

/** All attributes of GetQueueAttributes that this emulator knows, as strings. */
export const renderQueueAttributes = (
  queue: Queue,
  counts: QueueCounts,
  arnOf: (name: string) => string,
): Record<string, string> => {
  const { settings } = queue;
  const { redrivePolicy } = settings;
  const limits = queueLimitNames.map((name) => [queueLimits[name].attribute, String(settings[name])]);
  return {
    ...Object.fromEntries(limits),
    QueueArn: arnOf(settings.name),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    CreatedTimestamp: seconds(queue.createdAt),
    LastModifiedTimestamp: seconds(queue.modifiedAt),
    SqsManagedSseEnabled: 'false',
    ...(redrivePolicy === undefined
      ? {}
      : {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: arnOf(redrivePolicy.deadLetterQueue),
            maxReceiveCount: redrivePolicy.maxReceiveCount,
          }),
        }),
  };
};

/** Attributes of SQS that a queue may lack: asking for them is no error. */
const absentAttributes = new Set([
  'All',
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'FifoQueue',
  'ContentBasedDeduplication',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);

/** The attributes asked for. @throws ServiceError InvalidAttributeName for a name that SQS does not have. */
export const selectAttributes = (
  attributes: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> => {
  for (const name of names) {
    if (!(name in attributes) && !absentAttributes.has(name)) throw invalidAttributeName(name);
  }
  const isAll = names.includes('All');
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isAll || names.includes(name)));
};

/** Reads the attributes of CreateQueue or SetQueueAttributes. @throws ServiceError as SQS would. */
export const readQueueAttributes = (
  name: string,
  attributes: Input,
  hasQueue: (name: string) => boolean,
): QueueDefinition => {
  if (name.endsWith('.fifo') || attributes.FifoQueue !== undefined) {
    throw unsupportedOperation('FIFO queues are not emulated: create a standard queue, without FifoQueue and .fifo.');
  }
  if (!isQueueName(name)) {
    throw invalidParameterOf(
      'QueueName',
      name,
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.',
    );
  }
  const known = new Map<string, QueueLimitName>(queueLimitNames.map((key) => [queueLimits[key].attribute, key]));
  let definition: QueueDefinition = { name };
  for (const attribute of Object.keys(attributes)) {
    const key = known.get(attribute);
    if (key !== undefined) definition = { ...definition, [key]: readLimit(key, attributes) };
    else if (attribute === 'RedrivePolicy') {
      const redrivePolicy = readRedrivePolicy(attributes, hasQueue);
      definition = { ...definition, ...(redrivePolicy === undefined ? {} : { redrivePolicy }) };
    } else if (!absentAttributes.has(attribute) && attribute !== 'SqsManagedSseEnabled') {
      throw invalidAttributeName(attribute);
    }
  }
  return definition;
};

const readLimit = (key: QueueLimitName, attributes: Input): number => {
  const { attribute, min, max } = queueLimits[key];
  const text = readString(attributes, attribute) ?? '';
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) throw invalidAttributeValue(attribute);
  return value;
};

const readRedrivePolicy = (
  attributes: Input,
  hasQueue: (name: string) => boolean,
): QueueDefinition['redrivePolicy'] => {
  const text = readString(attributes, 'RedrivePolicy') ?? '';
  if (text === '') return undefined;
  const policy = parseObject(text);
  const arn = policy?.deadLetterTargetArn;
  const maxReceiveCount = Number(policy?.maxReceiveCount);
  const deadLetterQueue = typeof arn === 'string' ? arn.split(':').at(-1) : undefined;
  if (deadLetterQueue === undefined || !isMaxReceiveCount(maxReceiveCount)) {
    throw invalidParameterOf(
      'RedrivePolicy',
      text,
      'It must be JSON with deadLetterTargetArn and a maxReceiveCount of 1 to 1000.',
    );
  }
  if (!hasQueue(deadLetterQueue)) {
    throw invalidParameterOf('RedrivePolicy', text, 'Dead letter target does not exist.');
  }
  return { deadLetterQueue, maxReceiveCount };
};

const parseObject = (text: string): Input | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
