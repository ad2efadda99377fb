import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { sqsQueue } from '../../src/handlers/task-queue.ts';

type Entry = { readonly Id?: string | undefined; readonly MessageBody?: string | undefined };
type Refusal = (entry: Entry, round: number) => { readonly SenderFault: boolean; readonly Message: string } | undefined;

/** A client whose SQS refuses some entries of some requests. */
function clientRefusing(refuse: Refusal) {
  const requests: SendMessageBatchCommand['input'][] = [];
  const send = async ({ input }: SendMessageBatchCommand) => {
    requests.push(input);
    const entries = input.Entries ?? [];
    return {
      Failed: entries.flatMap((entry) => {
        const refusal = refuse(entry, requests.length);
        return refusal ? [{ Id: entry.Id, ...refusal }] : [];
      }),
    };
  };
  return { requests, client: { send } as unknown as Pick<SQSClient, 'send'> };
}

const tasks = (count: number) => Array.from({ length: count }, (_, index) => ({ body: { n: index } }));
const bodies = (request: SendMessageBatchCommand['input'] | undefined) =>
  request?.Entries?.map(({ MessageBody }) => JSON.parse(MessageBody ?? '').n);

test('sends tens, each with its delay and the trace header', async () => {
  const { requests, client } = clientRefusing(() => undefined);
  const paced = tasks(12).map((task, index) => ({ ...task, delaySeconds: Math.floor(index / 6) }));
  await sqsQueue(client, 'http://queue').send(paced, 'Root=1-a;Parent=b;Sampled=1');
  expect(requests.map(bodies)).toEqual([
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [10, 11],
  ]);
  expect(requests[1]?.Entries?.[0]).toEqual({
    Id: '10',
    MessageBody: '{"n":10}',
    DelaySeconds: 1,
    MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-a;Parent=b;Sampled=1' } },
  });
});

test('sends nothing for no tasks, and no attribute for no trace', async () => {
  const { requests, client } = clientRefusing(() => undefined);
  await sqsQueue(client, 'http://queue').send([], '');
  expect(requests).toEqual([]);
  await sqsQueue(client, 'http://queue').send(tasks(1), '');
  expect(requests[0]?.Entries?.[0]).not.toHaveProperty('MessageSystemAttributes');
});

test('sends again only what SQS failed to take', async () => {
  const busy = { SenderFault: false, Message: 'internal failure' };
  const { requests, client } = clientRefusing(({ Id }, round) =>
    round === 1 && (Id === '1' || Id === '3') ? busy : undefined,
  );
  await sqsQueue(client, 'http://queue').send(tasks(5), '');
  expect(requests.map(bodies)).toEqual([
    [0, 1, 2, 3, 4],
    [1, 3],
  ]);
});

test('gives up on what SQS never takes, and at once on what is our fault', async () => {
  const never = clientRefusing(() => ({ SenderFault: false, Message: 'internal failure' }));
  await expect(sqsQueue(never.client, 'http://queue').send(tasks(2), '')).rejects.toThrow(
    'SQS refused 2 of 2 messages: internal failure',
  );
  expect(never.requests).toHaveLength(4);
  const fault = clientRefusing(() => ({ SenderFault: true, Message: 'too long' }));
  await expect(sqsQueue(fault.client, 'http://queue').send(tasks(2), '')).rejects.toThrow('too long');
  expect(fault.requests).toHaveLength(1);
});
