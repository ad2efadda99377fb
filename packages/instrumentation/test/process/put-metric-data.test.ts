import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { startEmulator } from '@voice-campaign/emulator';
import { observeProcess, type ProcessIssue } from '@voice-campaign/instrumentation/process';
import { expect, it } from 'vitest';
import { contract } from './test-process.ts';

it('the real client brings every sample to an endpoint that holds CloudWatch to its limits', async () => {
  const emulator = await startEmulator({ functions: [], stopOnSignals: false });
  const client = new CloudWatchClient({
    region: 'us-east-1',
    endpoint: emulator.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  try {
    const issues: ProcessIssue[] = [];
    const start = Date.now() - 3_600_000;
    let now = start;
    const { metrics, close } = observeProcess(contract, 'asterisk', {
      client,
      environment: { PROJECT_NAME: 'voice-campaign', ENVIRONMENT: 'test' },
      now: () => now,
      onError: (issue) => issues.push(issue),
    });
    for (let second = 0; second < 1_500; second++) {
      now = start + second * 1_000;
      metrics.set('ActiveCalls', second);
      metrics.record('SetupTime', second + 0.5);
      metrics.add('Hangups', 1, { Trunk: 'east', Cause: '16' });
    }
    await close();
    expect(issues).toEqual([]);
    const namespace = 'voice-campaign/test';
    expect(emulator.metrics.total(namespace, 'ActiveCalls')).toEqual({
      sum: (1_499 * 1_500) / 2,
      count: 1_500,
      minimum: 0,
      maximum: 1_499,
    });
    expect(emulator.metrics.total(namespace, 'SetupTime')).toMatchObject({ count: 1_500, minimum: 0.5 });
    expect(emulator.metrics.total(namespace, 'Hangups', { Trunk: 'east', Cause: '16' }).sum).toBe(1_500);
    const [first] = emulator.metrics.samples({ namespace, name: 'ActiveCalls' });
    expect(first).toMatchObject({ unit: 'Count', resolution: 1, timestamp: start - (start % 1_000) });
  } finally {
    client.destroy();
    await emulator.stop();
  }
});
