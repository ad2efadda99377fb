import '../handlers/environment.ts';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { startEmulator } from '@voice-campaign/emulator';
import { observeProcess } from '@voice-campaign/instrumentation/process';
import { fakeContext, memorySink } from '@voice-campaign/instrumentation/testing';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { expect, onTestFinished, test } from 'vitest';
import { dialTask } from '../../src/campaign/campaign.ts';
import { clientOf } from '../../src/demo/deployment.ts';
import { dialerWorker } from '../../src/handlers/dialer-worker.ts';
import { memoryStore } from '../../src/store/memory-store.ts';
import type { Attempt } from '../../src/telephony/telephony.ts';
import { batchOf, keptQueue } from '../handlers/events.ts';

const CALLS = 5000;
const BATCH = 10;
const answered: Attempt = { outcome: 'answered', carrier: 'iberia', seconds: 30, costUsd: 0.01, wantsSms: false };

/** A telephone network in which nobody hangs up before everybody is on the phone. */
function heldCalls() {
  let active = 0;
  let hangUp: () => void = () => {};
  const over = new Promise<void>((resolve) => {
    hangUp = resolve;
  });
  return {
    active: () => active,
    hangUp: () => hangUp(),
    dial: async (): Promise<Attempt> => {
      active += 1;
      await over;
      return answered;
    },
  };
}

test('Requirement 12.1: thousands of calls at once are watched, and not one is missing', {
  timeout: 120_000,
}, async () => {
  const emulator = await startEmulator({ functions: [] });
  onTestFinished(() => emulator.stop());
  const [cloudWatch, logs] = [new CloudWatchClient(clientOf(emulator)), new CloudWatchLogsClient(clientOf(emulator))];
  onTestFinished(() => {
    cloudWatch.destroy();
    logs.destroy();
  });
  const telephony = heldCalls();
  const sink = memorySink();
  const speech = { prompt: async () => ({ provider: 'polly', url: 'prompt' }) as const };
  const connections = { store: memoryStore(Date.now), smsTasks: keptQueue(), speech, telephony };
  const handler = dialerWorker(connections, { sink });
  const message = (index: number) => ({
    id: `message-${index}`,
    body: dialTask('spring', { id: String(index), phone: '+12125550101' }),
  });

  // As many invocations at once as there are batches, each with ten calls at once.
  const invocations = Array.from({ length: CALLS / BATCH }, (_, batch) =>
    handler(
      batchOf(...Array.from({ length: BATCH }, (__, index) => message(batch * BATCH + index))),
      fakeContext({ remainingMs: 100_000 }),
    ),
  );
  await expect.poll(telephony.active, { timeout: 60_000 }).toBe(CALLS);
  const asterisk = observeProcess(voiceCampaign, 'asterisk', { client: cloudWatch, namespace: 'voice-campaign/test' });
  asterisk.metrics.set('ActiveCalls', telephony.active());
  await asterisk.close();
  telephony.hangUp();
  const responses = await Promise.all(invocations);
  expect(responses.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);

  const group = { logGroupName: '/aws/lambda/dialer-worker' };
  const stream = { ...group, logStreamName: 'all' };
  await logs.send(new CreateLogGroupCommand(group));
  await logs.send(new CreateLogStreamCommand(stream));
  const written = [...sink.lines];
  for (let from = 0; from < written.length; from += 500) {
    const logEvents = written.slice(from, from + 500).map((text) => ({ timestamp: Date.now(), message: text }));
    await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
  }

  const sumOf = async (MetricName: string, Statistic: 'Sum' | 'Maximum'): Promise<number> => {
    const range = { StartTime: new Date(Date.now() - 900_000), EndTime: new Date(Date.now() + 60_000), Period: 3600 };
    const asked = { Namespace: 'voice-campaign/test', MetricName, Statistics: [Statistic], ...range };
    const { Datapoints = [] } = await cloudWatch.send(new GetMetricStatisticsCommand(asked));
    return Datapoints.reduce((sum, point) => sum + (point[Statistic] ?? 0), 0);
  };
  expect(await sumOf('ActiveCalls', 'Maximum')).toBe(CALLS);
  for (const metric of ['TotalCalls', 'AnsweredCalls', 'DialAttempts', 'TtsRequests']) {
    expect(await sumOf(metric, 'Sum'), metric).toBe(CALLS);
  }
  expect(await sumOf('FailedCalls', 'Sum')).toBe(0);
});
