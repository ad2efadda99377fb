import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  TagResourceCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emulatorWith, errorOf, handlerFile } from '../running-emulator.ts';
import { queueArn, received, snsClientOf, withTopic } from './emulator-with-topic.ts';

describe('topics', () => {
  it('are made once, listed, changed, tagged and deleted', async () => {
    const { sns, TopicArn } = await withTopic();
    expect(TopicArn).toBe('arn:aws:sns:us-east-1:123456789012:critical');
    await sns.send(new CreateTopicCommand({ Name: 'critical' }));
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'DisplayName', AttributeValue: 'Pager' }));
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes).toMatchObject({
      TopicArn,
      DisplayName: 'Pager',
      Owner: '123456789012',
      SubscriptionsConfirmed: '0',
    });
    await sns.send(new TagResourceCommand({ ResourceArn: TopicArn, Tags: [{ Key: 'team', Value: 'voice' }] }));
    expect((await sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }))).Tags).toEqual([
      { Key: 'team', Value: 'voice' },
    ]);
    expect((await sns.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn }]);
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    expect((await sns.send(new ListTopicsCommand({}))).Topics ?? []).toEqual([]);
    expect((await errorOf(sns.send(new GetTopicAttributesCommand({ TopicArn })))).name).toBe('NotFoundException');
  });
});

describe('subscriptions', () => {
  it('get the text of their protocol, where a message has one, else the default', async () => {
    const { emulator, sns, TopicArn, subscribe } = await withTopic({ queues: [{ name: 'alerts' }] });
    await subscribe('email', 'ops@example.com');
    await subscribe('sms', '+491700000000');
    await subscribe('sqs', queueArn('alerts'), { RawMessageDelivery: 'true' });
    const Message = JSON.stringify({ default: '{"a":1}', email: 'Dear ops', lambda: 'unused' });
    await sns.send(new PublishCommand({ TopicArn, Message, MessageStructure: 'json' }));
    await emulator.idle({ timeoutMs: 200 }).catch(() => {});
    expect(emulator.mailbox().map(({ protocol, message }) => [protocol, message])).toEqual([
      ['email', 'Dear ops'],
      ['sms', '{"a":1}'],
    ]);
    expect((await received(emulator, 'alerts')).map(({ Body }) => Body)).toEqual(['{"a":1}']);
  });

  it('to a mailbox need no confirmation, and are one for each endpoint', async () => {
    const { emulator, sns, TopicArn, subscribe } = await withTopic();
    const arn = await subscribe('email', 'ops@example.com');
    expect(await subscribe('email', 'ops@example.com')).toBe(arn);
    const message = { TopicArn, Subject: 'ALARM: answer rate', Message: 'it fell' };
    const { MessageId } = await sns.send(new PublishCommand(message));
    await emulator.idle({ timeoutMs: 2000 });
    expect(emulator.mailbox()).toMatchObject([
      {
        protocol: 'email',
        to: 'ops@example.com',
        subject: 'ALARM: answer rate',
        message: 'it fell',
        messageId: MessageId,
      },
    ]);
    await sns.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
    await sns.send(new PublishCommand(message));
    await emulator.idle({ timeoutMs: 2000 });
    expect(emulator.mailbox()).toHaveLength(1);
  });

  it('of queues get the documented envelope, or the message itself', async () => {
    const { emulator, sns, TopicArn, subscribe } = await withTopic({ queues: [{ name: 'wrapped' }, { name: 'raw' }] });
    await subscribe('sqs', queueArn('wrapped'));
    await subscribe('sqs', queueArn('raw'), { RawMessageDelivery: 'true' });
    const MessageAttributes = { severity: { DataType: 'String', StringValue: 'critical' } };
    await sns.send(new PublishCommand({ TopicArn, Message: '{"a":1}', MessageAttributes }));
    await emulator.idle({ timeoutMs: 200 }).catch(() => {});
    const [wrapped] = await received(emulator, 'wrapped');
    expect(JSON.parse(wrapped?.Body ?? '')).toMatchObject({
      Type: 'Notification',
      TopicArn,
      Message: '{"a":1}',
      SignatureVersion: '1',
      MessageAttributes: { severity: { Type: 'String', Value: 'critical' } },
    });
    const [raw] = await received(emulator, 'raw');
    expect(raw).toMatchObject({ Body: '{"a":1}', MessageAttributes: { severity: { StringValue: 'critical' } } });
  });

  it('are filtered by attributes and by body', async () => {
    const { emulator, sns, TopicArn, subscribe } = await withTopic();
    await subscribe('email', 'a@example.com', { FilterPolicy: '{"severity":["critical"]}' });
    await subscribe('email', 'b@example.com', {
      FilterPolicy: '{"NewStateValue":["ALARM"]}',
      FilterPolicyScope: 'MessageBody',
    });
    const severity = (StringValue: string) => ({ severity: { DataType: 'String', StringValue } });
    await sns.send(
      new PublishCommand({ TopicArn, Message: '{"NewStateValue":"OK"}', MessageAttributes: severity('critical') }),
    );
    await sns.send(
      new PublishCommand({ TopicArn, Message: '{"NewStateValue":"ALARM"}', MessageAttributes: severity('low') }),
    );
    await emulator.idle({ timeoutMs: 2000 });
    expect(emulator.mailbox().map(({ to, message }) => [to, message])).toEqual([
      ['a@example.com', '{"NewStateValue":"OK"}'],
      ['b@example.com', '{"NewStateValue":"ALARM"}'],
    ]);
  });

  it('that cannot be delivered say why, and use their dead-letter queue', async () => {
    const warnings: string[] = [];
    const warn = (message: string) => warnings.push(message);
    const { emulator, sns, TopicArn, subscribe } = await withTopic({ queues: [{ name: 'dead' }], warn });
    await subscribe('lambda', 'arn:aws:lambda:us-east-1:123456789012:function:nobody', {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead') }),
    });
    await sns.send(new PublishCommand({ TopicArn, Message: 'lost' }));
    await emulator.idle({ timeoutMs: 200 }).catch(() => {});
    expect(warnings[0]).toContain('no function nobody is defined here');
    expect(emulator.mailbox()[0]?.failure).toBe('no function nobody is defined here');
    expect(await received(emulator, 'dead')).toHaveLength(1);
  });

  it('that no dead-letter queue takes either are lost with a warning', async () => {
    const warnings: string[] = [];
    const warn = (message: string) => warnings.push(message);
    const queues = [{ name: 'dead', maximumMessageBytes: 1024 }];
    const { emulator, sns, TopicArn, subscribe } = await withTopic({ queues, warn });
    await subscribe('sqs', queueArn('dead'), {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead') }),
    });
    await sns.send(new PublishCommand({ TopicArn, Message: 'x'.repeat(1025) }));
    await emulator.idle({ timeoutMs: 200 });
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(
      /^SNS could not deliver .* to sqs .*: the message has \d+ bytes, the queue takes 1024$/,
    );
    expect(warnings[1]).toMatch(/ is lost to arn:aws:sqs:us-east-1:123456789012:dead: the message has /);
    expect(await received(emulator, 'dead')).toEqual([]);
  });

  it('of functions are invoked with the documented event', async () => {
    const functions = [{ name: 'pause', entry: handlerFile('log-event.ts') }];
    const { emulator, sns, TopicArn, subscribe } = await withTopic({ functions });
    await subscribe('lambda', 'arn:aws:lambda:us-east-1:123456789012:function:pause');
    await sns.send(new PublishCommand({ TopicArn, Message: 'opt-outs rise', Subject: 'ALARM' }));
    await emulator.idle({ timeoutMs: 10_000 });
    const line = emulator.logs.events({ logGroup: '/aws/lambda/pause' }).find(({ source }) => source === 'stdout');
    expect(JSON.parse(line?.message ?? '')).toMatchObject({
      Records: [{ EventSource: 'aws:sns', Sns: { Message: 'opt-outs rise', Subject: 'ALARM', TopicArn } }],
    });
  });
});

it('publishes a batch, and tells the id of each message', async () => {
  const { emulator, sns, TopicArn, subscribe } = await withTopic();
  await subscribe('email', 'ops@example.com');
  const PublishBatchRequestEntries = ['a', 'b'].map((Id) => ({ Id, Message: `message ${Id}` }));
  const { Successful, Failed } = await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
  expect([Successful, Failed]).toMatchObject([[{ Id: 'a' }, { Id: 'b' }], []]);
  await emulator.idle({ timeoutMs: 2000 });
  expect(emulator.mailbox().map(({ messageId, message }) => [messageId, message])).toEqual([
    [Successful?.[0]?.MessageId, 'message a'],
    [Successful?.[1]?.MessageId, 'message b'],
  ]);
});

it('says of a topic that is not there that it does not exist', async () => {
  const { sns, TopicArn } = await withTopic();
  const nowhere = sns.send(new PublishCommand({ TopicArn: `${TopicArn}-2`, Message: 'x' }));
  expect(await errorOf(nowhere)).toMatchObject({ name: 'NotFoundException', message: 'Topic does not exist' });
});

it('keeps topics, subscriptions and mail over a restart where there is a data directory', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'emulator-'));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true }));
  const { emulator, sns, TopicArn, subscribe } = await withTopic({ dataDirectory });
  await subscribe('email', 'ops@example.com');
  await sns.send(new PublishCommand({ TopicArn, Message: 'first' }));
  await emulator.stop();
  const again = await emulatorWith({ dataDirectory });
  await snsClientOf(again).send(new PublishCommand({ TopicArn, Message: 'second' }));
  await again.idle({ timeoutMs: 2000 });
  expect(again.mailbox().map(({ message }) => message)).toEqual(['first', 'second']);
});
