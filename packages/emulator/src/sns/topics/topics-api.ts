import { type Input, readObject, readObjects, readString, readStrings } from '../../service-api/input.ts';
import { topicArnOf, topicOf } from '../arn-checks.ts';
import { pageOf } from '../list-pages.ts';
import type { SnsCall } from '../sns-call.ts';
import { invalidParameter, resourceNotFound, tooManyTags } from '../sns-errors.ts';
import type { Topic } from '../topic-state.ts';
import { shownTopicAttributes, withTopicAttributes } from './topic-attributes.ts';

export const readAttributeMap = (input: Input): Record<string, string> =>
  Object.fromEntries(
    Object.entries(readObject(input, 'Attributes')).map(([name, value]) => {
      if (typeof value !== 'string') throw invalidParameter(`Attributes Reason: ${name} is not a string`);
      return [name, value];
    }),
  );

const readTags = (input: Input): Record<string, string> => {
  const tags = readObjects(input, 'Tags').map(
    (tag) => [readString(tag, 'Key') ?? '', readString(tag, 'Value') ?? ''] as const,
  );
  if (new Set(tags.map(([key]) => key)).size < tags.length) {
    throw invalidParameter('Duplicated keys are not allowed.');
  }
  return checkNumber(Object.fromEntries(tags));
};

/** Of a topic (developer guide, Amazon SNS topic tagging). */
const mostTags = 50;

const checkNumber = (tags: Record<string, string>): Record<string, string> => {
  if (Object.keys(tags).length > mostTags) throw tooManyTags();
  return tags;
};

const taggedTopic = (call: SnsCall, input: Input): Topic => {
  const topic = call.state.topics.get(topicArnOf(call, input, 'ResourceArn'));
  if (topic === undefined) throw resourceNotFound();
  return topic;
};

/** @throws ServiceError for a name that SNS refuses, or one of a FIFO topic. */
const checkName = (name: string, isFifo: boolean): void => {
  if (!/^[\w-]{1,256}$/.test(name.replace(/\.fifo$/, '')) || isFifo !== name.endsWith('.fifo')) {
    throw invalidParameter('Topic Name');
  }
  if (isFifo) throw invalidParameter('Attributes Reason: FIFO topics are not emulated, create a standard topic');
};

const differs = (wanted: Readonly<Record<string, string>>, present: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).some(([key, value]) => present[key] !== value);

type TopicOperation = (call: SnsCall, input: Input) => unknown;

const change = (call: SnsCall, topic: Topic): void => call.commit({ kind: 'topic', topic });

export const topicOperations: Readonly<Record<string, TopicOperation>> = {
  /** The same name again gives the same topic, unless its attributes or tags differ. */
  CreateTopic: (call, input) => {
    const name = readString(input, 'Name') ?? '';
    const { FifoTopic = 'false', ...given } = readAttributeMap(input);
    checkName(name, FifoTopic === 'true');
    const attributes = withTopicAttributes({}, given);
    const tags = readTags(input);
    const arn = `arn:aws:sns:${call.region}:${call.accountId}:${name}`;
    const existing = call.state.topics.get(arn);
    if (existing === undefined) change(call, { arn, name, attributes, tags });
    else if (differs(attributes, existing.attributes)) {
      throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    } else if (differs(tags, existing.tags)) {
      throw invalidParameter('Tags Reason: Topic already exists with different tags');
    }
    return { TopicArn: arn };
  },
  DeleteTopic: (call, input) => {
    const arn = topicArnOf(call, input);
    if (call.state.topics.has(arn)) call.commit({ kind: 'topic-deleted', arn });
  },
  ListTopics: ({ state, region }, input) => {
    const { page, next } = pageOf(
      [...state.topics.keys()].filter((arn) => arn.split(':')[3] === region),
      input,
    );
    return { Topics: page.map((arn) => ({ TopicArn: arn })), NextToken: next };
  },
  GetTopicAttributes: (call, input) => ({ Attributes: shownTopicAttributes(call, topicOf(call, input)) }),
  SetTopicAttributes: (call, input) => {
    const topic = topicOf(call, input);
    const given = { [readString(input, 'AttributeName') ?? '']: readString(input, 'AttributeValue') ?? '' };
    change(call, { ...topic, attributes: withTopicAttributes(topic.attributes, given) });
  },
  TagResource: (call, input) => {
    const topic = taggedTopic(call, input);
    change(call, { ...topic, tags: checkNumber({ ...topic.tags, ...readTags(input) }) });
    return {};
  },
  UntagResource: (call, input) => {
    const topic = taggedTopic(call, input);
    const gone = new Set(readStrings(input, 'TagKeys'));
    const tags = Object.fromEntries(Object.entries(topic.tags).filter(([key]) => !gone.has(key)));
    change(call, { ...topic, tags });
    return {};
  },
  ListTagsForResource: (call, input) => ({
    Tags: Object.entries(taggedTopic(call, input).tags).map(([Key, Value]) => ({ Key, Value })),
  }),
};
