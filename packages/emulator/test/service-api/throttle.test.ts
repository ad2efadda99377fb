import { DescribeAlarmsCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { GetTraceSummariesCommand, ThrottledException, XRayClient } from '@aws-sdk/client-xray';
import { expect, it, onTestFinished } from 'vitest';
import { createThrottle } from '../../src/service-api/throttle.ts';
import { cloudwatchClientOf, emulatorWith, errorOf } from '../running-emulator.ts';

it('lets a second of requests through at once, and then as many as a second has', () => {
  let now = 0;
  const throttle = createThrottle({ PutMetricData: 2 }, () => now);
  const passes = (): boolean => {
    try {
      throttle('PutMetricData', 'monitoring');
      return true;
    } catch {
      return false;
    }
  };
  expect([passes(), passes(), passes()]).toEqual([true, true, false]);
  now = 500;
  expect([passes(), passes()]).toEqual([true, false]);
  now = 60_000;
  expect([passes(), passes(), passes()]).toEqual([true, true, false]);
  for (let count = 0; count < 1000; count += 1) throttle('ListMetrics', 'monitoring');
});

it('is seen by clients as AWS throttles them, and only where it was asked for', async () => {
  const client = cloudwatchClientOf(await emulatorWith({ throttling: { DescribeAlarms: 1 } }));
  await client.send(new DescribeAlarmsCommand({}));
  const error = await errorOf(client.send(new DescribeAlarmsCommand({})));
  expect(error).toMatchObject({ name: 'Throttling', message: 'Rate exceeded', $metadata: { httpStatusCode: 400 } });
  await client.send(new ListMetricsCommand({}));
  const free = cloudwatchClientOf(await emulatorWith({}));
  for (let count = 0; count < 30; count += 1) await free.send(new DescribeAlarmsCommand({}));
});

it('is seen by clients of X-Ray as the error that its model has', async () => {
  const { url } = await emulatorWith({ throttling: { GetTraceSummaries: 1 } });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new XRayClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  const ask = () => client.send(new GetTraceSummariesCommand({ StartTime: new Date(0), EndTime: new Date(60_000) }));
  await ask();
  const error = await errorOf(ask());
  expect(error).toBeInstanceOf(ThrottledException);
  expect(error).toMatchObject({ message: 'Rate exceeded', $metadata: { httpStatusCode: 429 } });
});
