import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeQueriesCommand,
  GetQueryResultsCommand,
  PutLogEventsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, it, onTestFinished } from 'vitest';
import { testClock } from '../../src/core/clock.ts';
import type { EmulatorOptions } from '../../src/core/emulator-options.ts';
import { emulatorWith, errorOf } from '../running-emulator.ts';

const now = 1_795_000_000_000;
const group = { logGroupName: '/voice/asterisk' };

/** With ten events of 1,000 characters. */
const logsWith = async (queryByteLimit: number, options: Partial<EmulatorOptions> = {}) => {
  const emulator = await emulatorWith({ clock: testClock(now), queryByteLimit, ...options });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchLogsClient({ endpoint: emulator.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  await client.send(new CreateLogGroupCommand(group));
  await client.send(new CreateLogStreamCommand({ ...group, logStreamName: 's' }));
  const logEvents = Array.from({ length: 10 }, () => ({ timestamp: now, message: 'z'.repeat(1000) }));
  await client.send(new PutLogEventsCommand({ ...group, logStreamName: 's', logEvents }));
  const range = { startTime: now / 1000 - 60, endTime: now / 1000 + 60 };
  return {
    emulator,
    client,
    start: (queryString: string) => client.send(new StartQueryCommand({ ...group, ...range, queryString })),
    statusOf: async (queryId: string | undefined) =>
      (await client.send(new GetQueryResultsCommand({ queryId }))).status ?? '',
    held: async () => {
      const health = (await (await fetch(`${emulator.url}/_emulator/health`)).json()) as {
        logs: { queryResults: unknown };
      };
      return health.logs.queryResults;
    },
  };
};

it('keeps results within a number of bytes, and forgets those of the oldest queries', async () => {
  const { emulator, start, statusOf, held } = await logsWith(30_000);
  const ids: (string | undefined)[] = [];
  for (let index = 0; index < 5; index += 1) ids.push((await start('fields @message')).queryId);
  expect(await held()).toEqual({ maxBytes: 30_000, bytes: expect.any(Number), queries: 2, dropped: 3 });
  expect([await statusOf(ids[4]), await statusOf(ids[3])]).toEqual(['Complete', 'Complete']);
  expect((await errorOf(statusOf(ids[2]))).name).toBe('ResourceNotFoundException');
  emulator.reset();
  expect(await held()).toEqual({ maxBytes: 30_000, bytes: 0, queries: 0, dropped: 0 });
});

it('refuses a query whose results take more alone, and keeps those of others', async () => {
  const { start, statusOf } = await logsWith(30_000);
  const { queryId } = await start('fields @message');
  const error = await errorOf(start('fields concat(@message, @message, @message) as y'));
  expect(error.name).toBe('LimitExceededException');
  expect(error.message).toContain('more than the 30000 bytes there are here: ask for fewer or shorter fields');
  expect(await statusOf(queryId)).toBe('Complete');
});

it('fails a query that takes more memory while it runs, as AWS does, and says why where it can', async () => {
  const warned: string[] = [];
  const options = { runningQueryByteLimit: 100_000, warn: (message: string) => void warned.push(message) };
  const { client, start, statusOf } = await logsWith(30_000, options);
  const doublings = 'fields concat(@message, @message) as a | fields concat(a, a) as b | fields concat(b, b) as c';
  const { queryId } = await start(`${doublings} | stats count(c)`);
  const { status, results, statistics } = await client.send(new GetQueryResultsCommand({ queryId }));
  expect({ status, results, matched: statistics?.recordsMatched }).toEqual({
    status: 'Failed',
    results: [],
    matched: 0,
  });
  expect(warned).toEqual([
    expect.stringMatching(
      `^Logs Insights query ${queryId} failed: the query takes more than 100000 bytes .* or raise runningQueryByteLimit$`,
    ),
  ]);
  const { queryId: complete } = await start('stats count(*)');
  expect(await statusOf(complete)).toBe('Complete');
  const listed = async (of: 'Failed' | 'Complete') =>
    (await client.send(new DescribeQueriesCommand({ status: of }))).queries?.map((query) => query.queryId);
  expect([await listed('Failed'), await listed('Complete')]).toEqual([[queryId], [complete]]);
});

it('fails a query with a field that no text can hold', async () => {
  const warned: string[] = [];
  const options = { runningQueryByteLimit: 2 ** 40, warn: (message: string) => void warned.push(message) };
  const { start, statusOf } = await logsWith(30_000, options);
  const names = [...'abcdefg'];
  const fields = names.map((name, index) => {
    const before = names[index - 1] ?? '@message';
    return `fields concat(${Array(10).fill(before).join(', ')}) as ${name}`;
  });
  const { queryId } = await start(`limit 1 | ${fields.join(' | ')}`);
  expect([await statusOf(queryId), warned]).toEqual(['Failed', [expect.stringContaining('2^29 characters')]]);
});
