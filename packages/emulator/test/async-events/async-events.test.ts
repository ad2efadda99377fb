import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type TestClock, testClock } from '../../src/core/clock.ts';
import type { Emulator } from '../../src/emulator.ts';
import type { FunctionDefinition } from '../../src/lambda/function-definition.ts';
import { emulatorWith, errorOf, handlerFile, sqsClientOf } from '../running-emulator.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const entry = handlerFile('log-event.ts');

type More = Partial<FunctionDefinition> & {
  readonly clock?: TestClock;
  readonly dataDirectory?: string;
  readonly limit?: number;
};

const start = async ({ clock = testClock(noon), dataDirectory, limit, ...definition }: More = {}) => {
  const emulator = await emulatorWith({
    clock,
    warn: () => {},
    functions: [{ name: 'pauser', entry, ...definition }],
    queues: [{ name: 'dropped' }],
    ...(dataDirectory !== undefined && { dataDirectory }),
    ...(limit !== undefined && { asyncEventByteLimit: limit }),
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new LambdaClient({ endpoint: emulator.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  const send = (Payload: string) =>
    client.send(new InvokeCommand({ FunctionName: 'pauser', InvocationType: 'Event', Payload }));
  return { emulator, clock, send };
};

type Health = { readonly asyncEvents: { readonly waiting: number } };

const attemptsOf = ({ logs }: Emulator): readonly (string | undefined)[] =>
  logs
    .events({ logGroup: '/aws/lambda/pauser' })
    .flatMap(({ message }) => /^START RequestId: (\S+)/.exec(message)?.[1] ?? []);

const heldBy = async ({ url }: Emulator): Promise<number> =>
  ((await (await fetch(`${url}/_emulator/health`)).json()) as Health).asyncEvents.waiting;

const sumOf = ({ metrics }: Emulator, name: string): number =>
  metrics.total('AWS/Lambda', name, { FunctionName: 'pauser' }).sum;

const droppedOf = async (emulator: Emulator) => {
  const QueueUrl = emulator.queueUrl('dropped');
  const asked = new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'], MaxNumberOfMessages: 10 });
  return (await sqsClientOf(emulator).send(asked)).Messages ?? [];
};

describe('an event', () => {
  it('is tried again after one minute and two more, under one request id and trace, and is dropped then', async () => {
    const { emulator, clock, send } = await start({ deadLetterQueue: 'dropped' });
    const { $metadata } = await send('{"fail":1}');
    await emulator.idle();
    expect(attemptsOf(emulator)).toEqual([$metadata.requestId]);
    await clock.advance('59s');
    expect(attemptsOf(emulator)).toHaveLength(1);
    await clock.advance('1s');
    expect(attemptsOf(emulator)).toHaveLength(2);
    await clock.advance('119s');
    expect(attemptsOf(emulator)).toHaveLength(2);
    await clock.advance('1s');
    expect(attemptsOf(emulator)).toEqual(Array(3).fill($metadata.requestId));
    await clock.advance('6h');
    expect(attemptsOf(emulator)).toHaveLength(3);
    expect(emulator.traces.list()).toHaveLength(1);
    expect(
      emulator.traces
        .list()[0]
        ?.documents.filter((document) => 'origin' in document && document.origin === 'AWS::Lambda::Function'),
    ).toHaveLength(3);
    const [message] = await droppedOf(emulator);
    expect(message?.Body).toBe('{"fail":1}');
    expect(message?.MessageAttributes).toMatchObject({
      RequestID: { DataType: 'String', StringValue: $metadata.requestId },
      ErrorCode: { DataType: 'Number', StringValue: '200' },
      ErrorMessage: { DataType: 'String', StringValue: 'as asked' },
    });
    const counted = ['AsyncEventsReceived', 'Invocations', 'Errors', 'AsyncEventsDropped', 'AsyncEventAge'];
    expect(counted.map((name) => sumOf(emulator, name))).toEqual([1, 3, 3, 1, 60_000 + 180_000]);
  });

  it('is tried as often as its function allows', async () => {
    const { emulator, clock, send } = await start({ maximumRetryAttempts: 0 });
    await send('{"fail":1}');
    await emulator.idle();
    await clock.advance('1h');
    expect(attemptsOf(emulator)).toHaveLength(1);
    expect(sumOf(emulator, 'AsyncEventsDropped')).toBe(1);
  });

  it('is dropped when it is older than its function allows', async () => {
    const { emulator, clock, send } = await start({ maximumEventAgeSeconds: 90, deadLetterQueue: 'dropped' });
    await send('{"fail":1}');
    await emulator.idle();
    await clock.advance('89s');
    expect([attemptsOf(emulator).length, (await droppedOf(emulator)).length]).toEqual([2, 0]);
    await clock.advance('1s');
    expect([attemptsOf(emulator).length, (await droppedOf(emulator)).length]).toEqual([2, 1]);
  });

  it('is lost where its dead-letter queue takes no message so long', async () => {
    const { emulator, send } = await start({ maximumRetryAttempts: 0, deadLetterQueue: 'dropped' });
    await sqsClientOf(emulator).send(
      new SetQueueAttributesCommand({
        QueueUrl: emulator.queueUrl('dropped'),
        Attributes: { MaximumMessageSize: '1024' },
      }),
    );
    await send(JSON.stringify({ fail: 'x'.repeat(1000) }));
    await emulator.idle();
    expect(await droppedOf(emulator)).toEqual([]);
    expect(['AsyncEventsDropped', 'DeadLetterErrors'].map((name) => sumOf(emulator, name))).toEqual([1, 1]);
  });

  it('is dropped at once by a function without concurrency', async () => {
    const { emulator, send } = await start({ reservedConcurrency: 0, deadLetterQueue: 'dropped' });
    await send('{"b":1}');
    await emulator.idle();
    const [message] = await droppedOf(emulator);
    expect(message?.MessageAttributes?.ErrorCode?.StringValue).toBe('429');
    expect(sumOf(emulator, 'Throttles')).toBe(1);
  });

  it('is gone once it is dealt with, and after a reset', async () => {
    const { emulator, clock, send } = await start();
    await send('{"b":1}');
    await emulator.idle();
    expect(await heldBy(emulator)).toBe(0);
    await send('{"fail":1}');
    await emulator.idle();
    expect(await heldBy(emulator)).toBe(1);
    await fetch(`${emulator.url}/_emulator/reset`, { method: 'POST' });
    expect(await heldBy(emulator)).toBe(0);
    await clock.advance('1h');
    expect(attemptsOf(emulator)).toEqual([]);
  });

  it('is refused where those that wait take what they may', async () => {
    const { emulator, send } = await start({ limit: 20 });
    await send('{"fail":1}');
    await emulator.idle();
    const error = await errorOf(send('{"fail":1,"more":2}'));
    expect(error.name).toBe('TooManyRequestsException');
    expect(error.message).toContain('20 bytes');
  });

  it('goes on after a restart', async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'async-events-'));
    onTestFinished(() => rmSync(dataDirectory, { recursive: true, force: true }));
    const first = await start({ dataDirectory });
    const { $metadata } = await first.send('{"fail":1}');
    await first.emulator.idle();
    await first.emulator.stop();
    const second = await start({ dataDirectory, clock: testClock(noon + 30_000) });
    await second.clock.advance('30s');
    expect(attemptsOf(second.emulator)).toEqual([$metadata.requestId, $metadata.requestId]);
    await second.emulator.stop();
    const third = await start({ dataDirectory, clock: testClock(noon + 3_600_000) });
    await third.emulator.idle();
    expect(attemptsOf(third.emulator)).toHaveLength(3);
    await third.emulator.stop();
    const other = await start({ dataDirectory, name: 'other' });
    await other.emulator.idle();
    expect(await heldBy(other.emulator)).toBe(0);
  });
});

it('refuses a dead-letter queue that is not defined, and settings beyond those of Lambda', async () => {
  await expect(start({ deadLetterQueue: 'lost' })).rejects.toThrow(
    'function pauser: define its dead-letter queue lost',
  );
  await expect(start({ maximumRetryAttempts: 3 })).rejects.toThrow('maximumRetryAttempts is 3');
  await expect(start({ maximumEventAgeSeconds: 59 })).rejects.toThrow('from 60 to 21600');
});
