import { type Input, readObject, readObjects, readString, readStrings } from '../service-api/input.ts';
import type { SnsContext } from './sns-context.ts';
import { invalidParameter, notFound } from './sns-errors.ts';
import type { Topic } from './topic-state.ts';

const settable = new Set([
  'DeliveryPolicy',
  'DisplayName',
  'Policy',
  'TracingConfig',
  'KmsMasterKeyId',
  'SignatureVersion',
]);
const pageSize = 100;

/** @throws ServiceError NotFound, or InvalidParameter without an ARN. */
export const topicOf = ({ state }: SnsContext, input: Input, member = 'TopicArn'): Topic => {
  const arn = readString(input, member) ?? '';
  if (!arn.startsWith('arn:'))
    throw invalidParameter(`${member} Reason: An ARN must have at least 6 elements, not ${arn.length}`);
  const topic = state.topics.get(arn);
  if (topic === undefined) throw notFound('Topic');
  return topic;
};

export const readAttributeMap = (input: Input): Record<string, string> =>
  Object.fromEntries(
    Object.entries(readObject(input, 'Attributes')).map(([name, value]) => {
      if (typeof value !== 'string') throw invalidParameter(`Attributes Reason: ${name} is not a string`);
      return [name, value];
    }),
  );

const checkAttribute = (name: string, value: string): void => {
  if (name === 'FifoTopic' && value === 'true') {
    throw invalidParameter('Attributes Reason: FIFO topics are not emulated, create a standard topic');
  }
  if (!settable.has(name) && name !== 'FifoTopic') throw invalidParameter(`AttributeName: ${name}`);
  if (name === 'DisplayName' && value.length > 100)
    throw invalidParameter('Attributes Reason: DisplayName is too long');
};

/** One page of a list, and the token of the next. */
export const pageOf = <T>(
  items: readonly T[],
  input: Input,
): { readonly page: readonly T[]; readonly next?: string } => {
  const from = Number(readString(input, 'NextToken') ?? 0);
  if (!Number.isInteger(from) || from < 0) throw invalidParameter('NextToken');
  const page = items.slice(from, from + pageSize);
  return from + pageSize < items.length ? { page, next: String(from + pageSize) } : { page };
};

const readTags = (input: Input): Record<string, string> =>
  Object.fromEntries(
    readObjects(input, 'Tags').map((tag) => [readString(tag, 'Key') ?? '', readString(tag, 'Value') ?? '']),
  );

const countsOf = ({ state }: SnsContext, arn: string) => {
  const own = [...state.subscriptions.values()].filter(({ topicArn }) => topicArn === arn);
  const confirmed = own.filter((subscription) => subscription.confirmed).length;
  return { confirmed, pending: own.length - confirmed };
};

const attributesOf = (context: SnsContext, topic: Topic): Map<string, string> => {
  const { confirmed, pending } = countsOf(context, topic.arn);
  return new Map([
    ['TopicArn', topic.arn],
    ['Owner', context.accountId],
    ['DisplayName', ''],
    ['SubscriptionsConfirmed', String(confirmed)],
    ['SubscriptionsPending', String(pending)],
    ['SubscriptionsDeleted', '0'],
    ...Object.entries(topic.attributes),
  ]);
};

type TopicOperation = (context: SnsContext, input: Input) => unknown;

const change = (context: SnsContext, topic: Topic): Record<string, never> => {
  context.commit({ kind: 'topic', topic });
  return {};
};

export const topicOperations: Readonly<Record<string, TopicOperation>> = {
  /** The same name again gives the same topic, unless its attributes differ. */
  CreateTopic: (context, input) => {
    const name = readString(input, 'Name') ?? '';
    if (!/^[\w-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
    const attributes = readAttributeMap(input);
    for (const [attribute, value] of Object.entries(attributes)) checkAttribute(attribute, value);
    const arn = `arn:aws:sns:${context.region}:${context.accountId}:${name}`;
    const existing = context.state.topics.get(arn);
    if (existing === undefined) change(context, { arn, name, attributes, tags: readTags(input) });
    else if (Object.entries(attributes).some(([key, value]) => existing.attributes[key] !== value)) {
      throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    }
    return { TopicArn: arn };
  },
  DeleteTopic: (context, input) => {
    const arn = readString(input, 'TopicArn') ?? '';
    if (context.state.topics.has(arn)) context.commit({ kind: 'topic-deleted', arn });
  },
  ListTopics: ({ state }, input) => {
    const { page, next } = pageOf([...state.topics.keys()], input);
    return { Topics: page.map((arn) => ({ TopicArn: arn })), NextToken: next };
  },
  GetTopicAttributes: (context, input) => ({ Attributes: attributesOf(context, topicOf(context, input)) }),
  SetTopicAttributes: (context, input) => {
    const topic = topicOf(context, input);
    const name = readString(input, 'AttributeName') ?? '';
    const value = readString(input, 'AttributeValue') ?? '';
    checkAttribute(name, value);
    change(context, { ...topic, attributes: { ...topic.attributes, [name]: value } });
  },
  TagResource: (context, input) => {
    const topic = topicOf(context, input, 'ResourceArn');
    return change(context, { ...topic, tags: { ...topic.tags, ...readTags(input) } });
  },
  UntagResource: (context, input) => {
    const topic = topicOf(context, input, 'ResourceArn');
    const gone = new Set(readStrings(input, 'TagKeys'));
    const tags = Object.fromEntries(Object.entries(topic.tags).filter(([key]) => !gone.has(key)));
    return change(context, { ...topic, tags });
  },
  ListTagsForResource: (context, input) => ({
    Tags: Object.entries(topicOf(context, input, 'ResourceArn').tags).map(([Key, Value]) => ({ Key, Value })),
  }),
};
