import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import type { EmulatorOptions } from '../../src/core/emulator-options.ts';
import { emulatorWith, sqsClientOf } from '../running-emulator.ts';

export const snsClientOf = ({ url }: { readonly url: string }, region = 'us-east-1'): SNSClient => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SNSClient({ endpoint: url, region, credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
};

/** An emulator with a topic `critical`. */
export const withTopic = async (options: Partial<EmulatorOptions> = {}) => {
  const emulator = await emulatorWith({ warn: () => {}, ...options });
  const sns = snsClientOf(emulator);
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'critical' }));
  const subscribe = async (Protocol: string, Endpoint: string, Attributes: Record<string, string> = {}) =>
    (await sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes }))).SubscriptionArn ?? '';
  return { emulator, sns, TopicArn, subscribe };
};

/** What is in a queue, each message with all its attributes. */
export const received = async (emulator: { url: string; queueUrl: (name: string) => string }, queue: string) => {
  const { Messages = [] } = await sqsClientOf(emulator).send(
    new ReceiveMessageCommand({
      QueueUrl: emulator.queueUrl(queue),
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages;
};

export const queueArn = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
