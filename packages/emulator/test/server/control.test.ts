import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { expect, it, onTestFinished } from 'vitest';
import { testClock } from '../../src/core/clock.ts';
import type { Emulator } from '../../src/emulator.ts';
import { cloudwatchClientOf, emulatorWith, sqsClientOf } from '../running-emulator.ts';

const control = async (emulator: Emulator, method: string, path: string) => {
  const response = await fetch(`${emulator.url}/_emulator/${path}`, { method });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const fill = async (emulator: Emulator): Promise<void> => {
  const sqs = sqsClientOf(emulator);
  await sqs.send(new SendMessageCommand({ QueueUrl: emulator.queueUrl('tasks'), MessageBody: 'call' }));
  await cloudwatchClientOf(emulator).send(
    new PutMetricDataCommand({ Namespace: 'voice/test', MetricData: [{ MetricName: 'ActiveCalls', Value: 3 }] }),
  );
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sns = new SNSClient({ endpoint: emulator.url, region: 'us-east-1', credentials });
  onTestFinished(() => sns.destroy());
  await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
};

const full = {
  queues: { tasks: { visible: 1 } },
  metrics: { series: 1, samples: 1 },
  topics: { topics: 1 },
};
const empty = {
  queues: { tasks: { visible: 0 } },
  metrics: { series: 0, samples: 0 },
  logs: { groups: 0, events: 0, bytes: 0, maxBytes: 128 * 2 ** 20 },
  traces: { held: 0, bytes: 0, maxBytes: 256 * 2 ** 20 },
  topics: { topics: 0 },
};

/** Stands still: at a full minute of the real one the queues' own metrics would be there too. */
const clock = () => testClock(Date.now());

it('says what it holds', async () => {
  const emulator = await emulatorWith({ queues: [{ name: 'tasks' }], clock: clock() });
  expect((await control(emulator, 'GET', 'health')).body).toMatchObject({ status: 'ok', ...empty });
  await fill(emulator);
  expect((await control(emulator, 'GET', 'health')).body).toMatchObject(full);
});

it('is emptied by a reset, and stays empty after a restart', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'voice-control-'));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true }));
  const options = { queues: [{ name: 'tasks' }], dataDirectory, clock: clock() };
  const emulator = await emulatorWith(options);
  await fill(emulator);
  expect((await control(emulator, 'POST', 'reset')).status).toBe(200);
  expect((await control(emulator, 'GET', 'health')).body).toMatchObject(empty);
  await fill(emulator);
  await emulator.stop();
  const again = await emulatorWith(options);
  expect((await control(again, 'GET', 'health')).body).toMatchObject({ topics: { topics: 1 } });
  again.reset();
  await again.stop();
  const last = await emulatorWith(options);
  expect((await control(last, 'GET', 'health')).body).toMatchObject(empty);
});

it('lets go of queues that clients made, and leaves those of the definition as they are defined', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'voice-control-'));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true }));
  const options = { queues: [{ name: 'tasks', visibilityTimeoutSeconds: 7 }], dataDirectory };
  const emulator = await emulatorWith(options);
  const sqs = sqsClientOf(emulator);
  await sqs.send(new CreateQueueCommand({ QueueName: 'tmp' }));
  const tasks = { QueueUrl: emulator.queueUrl('tasks') };
  await sqs.send(new SetQueueAttributesCommand({ ...tasks, Attributes: { VisibilityTimeout: '99' } }));
  emulator.reset();
  expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).toEqual([tasks.QueueUrl]);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ ...tasks, AttributeNames: ['VisibilityTimeout'] }),
  );
  expect(Attributes).toEqual({ VisibilityTimeout: '7' });
  await sqs.send(new PurgeQueueCommand(tasks));
  await emulator.stop();
  const again = await emulatorWith(options);
  expect(again.queues().map(({ name }) => name)).toEqual(['tasks']);
});

it('names the paths that there are', async () => {
  const emulator = await emulatorWith({});
  const { status, body } = await control(emulator, 'GET', 'reset');
  expect([status, body.message]).toEqual([404, expect.stringContaining('POST reset')]);
});
