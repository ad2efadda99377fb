import { DescribeAlarmsCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import { createThrottle } from '../../src/service-api/throttle.ts';
import { cloudwatchClientOf, emulatorWith, errorOf } from '../running-emulator.ts';

it('lets a second of requests through at once, and then as many as a second has', () => {
  let now = 0;
  const throttle = createThrottle({ PutMetricData: 2 }, () => now);
  const passes = (): boolean => {
    try {
      throttle('PutMetricData');
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
  for (let count = 0; count < 1000; count += 1) throttle('ListMetrics');
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
