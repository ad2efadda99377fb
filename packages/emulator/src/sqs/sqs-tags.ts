import { type Input, readObject, readString, readStrings } from '../service-api/input.ts';
import { queueOf, type SqsContext } from './sqs-context.ts';
import { invalidParameter } from './sqs-errors.ts';

const mostTags = 50;

/** The tags that a member of the input has. @throws ServiceError for values that are no texts. */
export const readTags = (input: Input, member: string): Readonly<Record<string, string>> => {
  const tags = readObject(input, member);
  return Object.fromEntries(Object.keys(tags).map((key) => [key, readString(tags, key) ?? '']));
};

export const tagQueueOperation = (context: SqsContext, input: Input): Input => {
  const queue = queueOf(context, input);
  const tags = { ...queue.settings.tags, ...readTags(input, 'Tags') };
  if (Object.keys(tags).length > mostTags) {
    throw invalidParameter(`Too many tags added for queue ${queue.settings.name}.`);
  }
  context.queues.tag(queue, tags);
  return {};
};

export const untagQueueOperation = (context: SqsContext, input: Input): Input => {
  const queue = queueOf(context, input);
  const gone = new Set(readStrings(input, 'TagKeys'));
  const kept = Object.entries(queue.settings.tags ?? {}).filter(([key]) => !gone.has(key));
  context.queues.tag(queue, Object.fromEntries(kept));
  return {};
};

export const listQueueTagsOperation = (context: SqsContext, input: Input): Input => {
  const { tags = {} } = queueOf(context, input).settings;
  return Object.keys(tags).length === 0 ? {} : { Tags: tags };
};
