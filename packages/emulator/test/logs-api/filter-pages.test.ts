import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, it, onTestFinished } from 'vitest';
import { testClock } from '../../src/core/clock.ts';
import { emulatorWith, errorOf } from '../running-emulator.ts';

const now = 1_795_000_000_000;
const group = { logGroupName: '/voice/asterisk' };

const logsWith = async (options: Parameters<typeof emulatorWith>[0] = {}) => {
  const emulator = await emulatorWith({ clock: testClock(now), ...options });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchLogsClient({ endpoint: emulator.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  await client.send(new CreateLogGroupCommand(group));
  await client.send(new CreateLogStreamCommand({ ...group, logStreamName: 's' }));
  const put = (...events: readonly (readonly [seconds: number, message: string])[]) =>
    client.send(
      new PutLogEventsCommand({
        ...group,
        logStreamName: 's',
        logEvents: events.map(([seconds, message]) => ({ timestamp: now + seconds * 1000, message })),
      }),
    );
  const page = async (nextToken?: string) => {
    const read = await client.send(new FilterLogEventsCommand({ ...group, limit: 2, nextToken }));
    return { messages: read.events?.map(({ message }) => message), nextToken: read.nextToken };
  };
  return { put, page };
};

const fiveEvents = [0, 1, 2, 3, 4].map((index) => [index, `e${index}`] as const);

it('goes on after the last event of a page, whatever came before it meanwhile', async () => {
  const { put, page } = await logsWith();
  await put(...fiveEvents);
  const first = await page();
  expect(first.messages).toEqual(['e0', 'e1']);
  await put([-1, 'earlier']);
  const second = await page(first.nextToken);
  expect(second.messages).toEqual(['e2', 'e3']);
  const third = await page(second.nextToken);
  expect(third).toEqual({ messages: ['e4'], nextToken: undefined });
});

it('skips none when events of earlier pages are forgotten meanwhile', async () => {
  const { put, page } = await logsWith({ logByteLimit: 1500 });
  await put(...fiveEvents);
  const first = await page();
  await put([5, 'e5']);
  expect((await page(first.nextToken)).messages).toEqual(['e2', 'e3']);
});

it('takes no token of its own making', async () => {
  const { page } = await logsWith();
  expect(await errorOf(page('2'))).toMatchObject({
    name: 'InvalidParameterException',
    message: 'The specified nextToken is invalid.',
  });
});
