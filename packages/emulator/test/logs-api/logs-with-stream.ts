import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand } from '@aws-sdk/client-cloudwatch-logs';
import { onTestFinished } from 'vitest';
import { testClock } from '../../src/core/clock.ts';
import { emulatorWith } from '../running-emulator.ts';

/** Epoch milliseconds. */
export const start = 1_795_000_000_000;
export const group = { logGroupName: '/voice/asterisk' };
export const stream = { ...group, logStreamName: 'i-1' };

export const logsOf = async (options: Parameters<typeof emulatorWith>[0] = {}) => {
  const clock = testClock(start);
  const emulator = await emulatorWith({ clock, ...options });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchLogsClient({ endpoint: emulator.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return { clock, emulator, client };
};

/** With a group and a stream in it. */
export const logsWithStream = async () => {
  const all = await logsOf();
  await all.client.send(new CreateLogGroupCommand({ ...group, tags: { team: 'voice' } }));
  await all.client.send(new CreateLogStreamCommand(stream));
  return all;
};
