import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, it, onTestFinished } from 'vitest';
import type { EmulatorOptions } from '../../src/core/emulator-options.ts';
import type { Emulator } from '../../src/emulator.ts';
import { settingsOf } from '../../src/queue/queue-settings.ts';
import { createQueueService } from '../../src/queue/service/queue-service.ts';
import { emulatorWith, sqsClientOf } from '../running-emulator.ts';

const newDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'voice-queues-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

const queues: EmulatorOptions['queues'] = [
  { name: 'tasks', redrivePolicy: { deadLetterQueue: 'dead', maxReceiveCount: 1 } },
  { name: 'dead' },
];

const send = async (sqs: SQSClient, QueueUrl: string, MessageBody: string, DelaySeconds?: number) =>
  (await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...(DelaySeconds && { DelaySeconds }) }))).MessageId;

/** One delivery, hidden for so long. */
const receive = async (sqs: SQSClient, QueueUrl: string, VisibilityTimeout = 600) => {
  const names = { MessageSystemAttributeNames: ['All' as const] };
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout, ...names }));
  return Messages[0];
};

const countsOf = async (sqs: SQSClient, QueueUrl: string) => {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return Attributes;
};

it('holds after a restart what was waiting, in flight, delayed and dead, and not what was deleted', async () => {
  const dataDirectory = newDirectory();
  const first = await emulatorWith({ queues, dataDirectory });
  const sqs = sqsClientOf(first);
  const url = first.queueUrl('tasks');
  await send(sqs, url, 'dead');
  const dead = await receive(sqs, url, 0);
  expect(await receive(sqs, url)).toBeUndefined();
  await send(sqs, url, 'deleted');
  const deleted = await receive(sqs, url);
  await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: deleted?.ReceiptHandle }));
  await send(sqs, url, 'in flight');
  const inFlight = await receive(sqs, url, 1);
  await sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: url,
      ReceiptHandle: inFlight?.ReceiptHandle,
      VisibilityTimeout: 900,
    }),
  );
  await send(sqs, url, 'delayed', 600);
  const waiting = await send(sqs, url, 'waiting');
  await first.stop();

  const second = await emulatorWith({ queues, dataDirectory });
  const again = sqsClientOf(second);
  expect(await countsOf(again, second.queueUrl('tasks'))).toMatchObject({
    ApproximateNumberOfMessages: '1',
    ApproximateNumberOfMessagesNotVisible: '1',
    ApproximateNumberOfMessagesDelayed: '1',
  });
  const next = await receive(again, second.queueUrl('tasks'));
  expect(next).toMatchObject({ Body: 'waiting', MessageId: waiting });
  expect(await receive(again, second.queueUrl('dead'))).toMatchObject({
    Body: 'dead',
    MessageId: dead?.MessageId,
    Attributes: { ApproximateReceiveCount: '2', DeadLetterQueueSourceArn: expect.stringContaining('tasks') },
  });
  // The delivery from before the restart is still the one that can end it.
  const ended = { QueueUrl: second.queueUrl('tasks'), ReceiptHandle: inFlight?.ReceiptHandle };
  await again.send(new DeleteMessageCommand(ended));
  expect(await countsOf(again, second.queueUrl('tasks'))).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '1' });
});

it('keeps what clients made of queues; a queue that is defined is as its definition says', async () => {
  const dataDirectory = newDirectory();
  const first = await emulatorWith({ queues, dataDirectory });
  const sqs = sqsClientOf(first);
  const Attributes = { VisibilityTimeout: '77' };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'made' }));
  for (const url of [QueueUrl, first.queueUrl('tasks')]) {
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
  }
  await first.stop();
  const second = await emulatorWith({ queues, dataDirectory });
  const again = sqsClientOf(second);
  expect(await countsOf(again, second.queueUrl('made'))).toMatchObject(Attributes);
  expect(await countsOf(again, second.queueUrl('tasks'))).toMatchObject({ VisibilityTimeout: '30' });
});

it('keeps when a client made a queue and when it was last configured', async () => {
  const dataDirectory = newDirectory();
  let time = Date.UTC(2026, 10, 23, 12);
  const options = { dataDirectory, now: () => time };
  const first = await emulatorWith(options);
  const sqs = sqsClientOf(first);
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'made' }));
  time += 60_000;
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '77' } }));
  const { CreatedTimestamp, LastModifiedTimestamp } = await countsOf(sqs, QueueUrl);
  expect(Number(LastModifiedTimestamp) - Number(CreatedTimestamp)).toBe(60);
  await first.stop();
  time += 60_000;
  const second = await emulatorWith(options);
  const kept = { CreatedTimestamp, LastModifiedTimestamp };
  expect(await countsOf(sqsClientOf(second), second.queueUrl('made'))).toMatchObject(kept);
});

it('writes those times down again when the journal is compacted', () => {
  let time = 5;
  const serviceAt = () => createQueueService({ region: 'us-east-1', accountId: '123456789012', now: () => time });
  const service = serviceAt();
  const made = service.createForClient({ name: 'made' });
  time = 7;
  service.configure(made, settingsOf({ name: 'made', delaySeconds: 9 }));
  const compacted = [...service.state.events()];
  time = 9;
  const restored = serviceAt();
  for (const event of compacted) restored.state.apply(event);
  restored.restore();
  expect(restored.find('made')).toMatchObject({ createdAt: 5, modifiedAt: 7 });
});

it('has no queue that could not be written, so that the client who tries again gets one that stays', () => {
  const events: unknown[] = [];
  let isFull = true;
  const record = (event: unknown): void => {
    if (isFull) throw new Error('no space left');
    events.push(event);
  };
  const service = createQueueService({ region: 'us-east-1', accountId: '123456789012', now: () => 5, record });
  expect(() => service.createForClient({ name: 'made' })).toThrow('no space left');
  expect(service.list()).toEqual([]);
  isFull = false;
  const queue = service.createForClient({ name: 'made' });
  isFull = true;
  expect(() => service.configure(queue, settingsOf({ name: 'made', delaySeconds: 9 }))).toThrow('no space left');
  expect(queue.settings.delaySeconds).toBe(0);
  expect(events).toHaveLength(1);
});

it('loses no message that was acknowledged, and brings none back, when it is killed', { timeout: 60_000 }, async () => {
  const dataDirectory = newDirectory();
  const program = new URL('../metrics/emulator-with-metrics.ts', import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=@voice-campaign/source', program, dataDirectory],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const sqs = sqsClientOf({ url: String(line).trim() });
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'tasks' }));
  const kept = new Set<string | undefined>();
  const taken = new Set<string | undefined>();
  const deleted = new Set<string | undefined>();
  const sending = Array.from({ length: 4 }, async (_, worker) => {
    for (;;) {
      const id = await send(sqs, QueueUrl, 'call');
      if (!taken.has(id)) kept.add(id);
      if (worker === 0) {
        // Visible again soon, should the answer be lost with the emulator.
        const message = await receive(sqs, QueueUrl, 3);
        // Once it is asked for, either may be.
        taken.add(message?.MessageId);
        kept.delete(message?.MessageId);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
        deleted.add(message?.MessageId);
      }
      if (kept.size > 60) child.kill('SIGKILL');
    }
  });
  await Promise.allSettled(sending);
  await exited;
  const held = await idsIn(await emulatorWith({ dataDirectory }));
  expect([...kept].filter((id) => !held.has(id))).toEqual([]);
  expect([...deleted].filter((id) => held.has(id))).toEqual([]);
  expect(deleted.size).toBeGreaterThan(3);
});

/** All messages, also those in flight once they are visible again. */
async function idsIn(emulator: Emulator): Promise<ReadonlySet<string | undefined>> {
  const sqs = sqsClientOf(emulator);
  const QueueUrl = emulator.queueUrl('tasks');
  const ids = new Set<string | undefined>();
  for (;;) {
    const message = await receive(sqs, QueueUrl);
    if (message) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    ids.add(message?.MessageId);
    const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: hidden } = await countsOf(
      sqs,
      QueueUrl,
    );
    if (visible === '0' && hidden === '0') return ids;
    if (!message) await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, VisibilityTimeout: 0 }));
  }
}
