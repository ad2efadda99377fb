import {
  CreateTopicCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasMoto, type Moto, motoSuite, startMoto } from '../../../../tools/moto.ts';
import { emulatorWith, sqsClientOf } from '../running-emulator.ts';

const snsClientOf = (url: string): SNSClient => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SNSClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
};

const nameOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'no error',
    (error: Error) => error.name,
  );

const traced = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

/** The same calls for either; gives back what a client sees of a queue. */
const queueStory = async (url: string) => {
  const sqs = sqsClientOf({ url });
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: 'tasks', Attributes: { VisibilityTimeout: '60' } }),
  );
  const sent = await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: 'héllo <call> & "trunk"',
      MessageAttributes: { campaign: { DataType: 'String', StringValue: 'spring' } },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: traced } },
    }),
  );
  const names = { MessageSystemAttributeNames: ['All' as const], MessageAttributeNames: ['All'] };
  const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...names }));
  const { AWSTraceHeader, ApproximateReceiveCount } = message?.Attributes ?? {};
  const { ReceiptHandle } = message ?? {};
  const hidden = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  const { Messages: [again] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...names }));
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));
  const batch = await sqs.send(
    new SendMessageBatchCommand({ QueueUrl, Entries: ['a', 'b'].map((Id) => ({ Id, MessageBody: `call ${Id}` })) }),
  );
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible, VisibilityTimeout } = Attributes ?? {};
  return {
    digests: [sent.MD5OfMessageBody, sent.MD5OfMessageAttributes, message?.MD5OfBody],
    message: [message?.Body, message?.MessageAttributes, AWSTraceHeader, ApproximateReceiveCount],
    hidden: hidden.Messages?.length ?? 0,
    again: [again?.MessageId === message?.MessageId, again?.Attributes?.ApproximateReceiveCount],
    batch: batch.Successful?.map(({ Id, MD5OfMessageBody }) => [Id, MD5OfMessageBody]),
    left: [ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible, VisibilityTimeout],
    unknownQueue: await nameOf(sqs.send(new GetQueueUrlCommand({ QueueName: 'none' }))),
  };
};

/** A topic that sends on to two queues, to one of them what its filter policy lets through. */
const topicStory = async (url: string) => {
  const [sns, sqs] = [snsClientOf(url), sqsClientOf({ url })];
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'outcomes' }));
  const queueUrls: (string | undefined)[] = [];
  for (const [QueueName, Attributes] of [
    ['all', {}],
    ['answered', { FilterPolicy: '{"outcome":["answered"]}', RawMessageDelivery: 'true' }],
  ] as const) {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
    const Endpoint = `arn:aws:sqs:us-east-1:123456789012:${QueueName}`;
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }));
    queueUrls.push(QueueUrl);
  }
  for (const outcome of ['answered', 'busy']) {
    const MessageAttributes = { outcome: { DataType: 'String', StringValue: outcome } };
    await sns.send(new PublishCommand({ TopicArn, Subject: 'Call', Message: `was ${outcome}`, MessageAttributes }));
  }
  /** At least so many, which may come one by one. */
  const bodiesOf = async (QueueUrl: string | undefined, least: number): Promise<readonly string[]> => {
    const bodies: string[] = [];
    for (let tries = 0; bodies.length < least && tries < 5; tries += 1) {
      const ten = { MaxNumberOfMessages: 10, WaitTimeSeconds: 1 };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...ten }));
      bodies.push(...Messages.map(({ Body = '' }) => Body));
    }
    return bodies;
  };
  const [all, answered] = [await bodiesOf(queueUrls[0], 2), await bodiesOf(queueUrls[1], 1)];
  const listed = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  const missing = `${TopicArn}-none`;
  return {
    TopicArn,
    answered,
    all: all
      .map((body) => JSON.parse(body))
      .map(({ Type, TopicArn: from, Subject, Message, MessageAttributes }) => ({
        ...{ Type, from, Subject, Message, MessageAttributes },
      }))
      .sort((one, other) => (one.Message < other.Message ? -1 : 1)),
    subscriptions: listed.Subscriptions?.map(({ Protocol, Endpoint }) => [Protocol, Endpoint]),
    unknownTopic: await nameOf(sns.send(new PublishCommand({ TopicArn: missing, Message: 'lost' }))),
  };
};

describe.skipIf(!hasMoto)(motoSuite('Messages, as moto passes them on'), () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  }, 60_000);
  afterAll(() => moto.stop());

  it('are the same in a queue here', { timeout: 30_000 }, async () => {
    const { url } = await emulatorWith({});
    expect(await queueStory(url)).toEqual(await queueStory(moto.url));
  });

  it('are the same from a topic here', { timeout: 30_000 }, async () => {
    const { url } = await emulatorWith({ warn: () => {} });
    expect(await topicStory(url)).toEqual(await topicStory(moto.url));
  });
});
