import { assertAlarmTest, startCloud } from '@voice-campaign/emulator/vitest';
import { fakeContext, memorySink } from '@voice-campaign/instrumentation/testing';
import '@voice-campaign/instrumentation/vitest';
import { plan } from '@voice-campaign/provisioning';
import { expect, it } from 'vitest';
import { inputs, monitoring } from '../src/monitoring.ts';
import { reminderWorker } from '../src/reminder-worker.ts';
import { batch, deployment } from './deployment.ts';

const { metricAlarms } = plan(monitoring, inputs);
const alarm = 'reminders-production-warning-confirmations';

it('counts who was reminded, and who will come', async () => {
  const sink = memorySink();
  const handler = reminderWorker({ sink, namespace: 'reminders/test' });
  await handler(batch('+34600000002', '+34600000003'), fakeContext());
  expect(sink).toHaveEmitted('Reminders', 2);
  expect(sink).toHaveEmitted('Confirmations', 1);
  expect(sink).toHaveTraced('call');
  expect(sink).toHaveLogged('reminded', { phone: '+34*******02', confirmed: true });
});

it('is told of when few people confirm, and not of a night without calls', () => {
  assertAlarmTest({
    alarms: metricAlarms,
    series: {
      Reminders: '30x20 _x20', // a sample a minute
      Confirmations: '20x10 2x10 _x20',
    },
    expect: { [alarm]: { '10m': 'OK', '19m..21m': 'ALARM', '40m': 'OK' } },
  });
});

it('goes off in a cloud of this process, from what the handler itself emits', async () => {
  const cloud = await startCloud(deployment); // the function's file and its environment
  await cloud.putAlarms(metricAlarms);
  for (let minute = 0; minute < 10; minute++) {
    await cloud.invoke('reminder-worker', batch(...Array(10).fill('+34600000003')));
    await cloud.idle();
    await cloud.clock.advance('1m');
  }
  expect(cloud).toHaveMetric('reminders/production Reminders', 100);
  expect(cloud.alarm(alarm)).toBeInAlarm();
});
