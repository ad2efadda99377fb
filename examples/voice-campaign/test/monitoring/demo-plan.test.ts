import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutCompositeAlarmCommand,
  type PutCompositeAlarmCommandInput,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { startEmulator, testClock } from '@voice-campaign/emulator';
import { expect, onTestFinished, test } from 'vitest';
import { clientOf, deploymentOf } from '../../src/demo/deployment.ts';
import type { DemoOptions } from '../../src/demo/options.ts';
import { withCampaign } from '../../src/demo/run-campaign.ts';
import { demoPlan } from '../../src/monitoring/demo-plan.ts';
import { defaultRates } from '../../src/simulator/fate.ts';
import { reportMachines } from '../../src/simulator/machines.ts';
import { keyOf, readByAlarms, readByDashboards, searchesIn } from './series-of.ts';

// On Node 20 the SDK says that it will ask for 22 from 2027 on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const small: DemoOptions = {
  contacts: 100,
  seed: 11,
  rates: defaultRates,
  pace: 60,
  speed: 600,
  failingRecord: false,
  deadLetter: false,
  killWorker: false,
  sampling: 'all',
  json: false,
};

const nowhere = { networkUrl: 'http://127.0.0.1:1', storeUrl: 'http://127.0.0.1:1/store', speed: 600 };

/** The deployment of the demo without anybody who dials, on a clock of the test's own. */
const quietCloud = async () => {
  const clock = testClock(Date.UTC(2026, 10, 23, 12));
  const emulator = await startEmulator({ ...deploymentOf(nowhere, 'all'), clock });
  onTestFinished(() => emulator.stop());
  const client = new CloudWatchClient(clientOf(emulator));
  onTestFinished(() => client.destroy());
  return { clock, emulator, client };
};

test('alarms and dashboards read only what the campaign, its simulator or the services publish', async () => {
  const { clock, emulator: quiet } = await quietCloud();
  await reportMachines({ url: quiet.url, load: () => ({ activeCalls: 3, calls: 9 }), everyMs: 60_000 }).stop();
  // Queues tell of themselves each minute.
  await clock.advance('1m');
  const published = await withCampaign(
    small,
    () => {},
    ({ emulator, stuck }) => {
      expect(stuck).toBeUndefined();
      return emulator.metrics.series().map(keyOf);
    },
  );
  const all = new Set([...published, ...quiet.metrics.series().map(keyOf)]);
  const read = [...readByAlarms(demoPlan), ...readByDashboards(demoPlan)];
  expect(read.length).toBeGreaterThan(150);
  expect(read.filter((series) => !all.has(series))).toEqual([]);
  const names = [...all];
  const searched = searchesIn(demoPlan);
  expect(searched.length).toBeGreaterThan(2);
  expect(searched.filter(([metric, by]) => !names.some((name) => name.includes(` ${metric} [["${by}"`)))).toEqual([]);
});

test('the plan is taken by the real client, and watches', async () => {
  const { clock, emulator, client } = await quietCloud();
  for (const alarm of demoPlan.metricAlarms)
    await client.send(new PutMetricAlarmCommand(alarm as PutMetricAlarmCommandInput));
  for (const alarm of demoPlan.compositeAlarms) {
    await client.send(new PutCompositeAlarmCommand(alarm as PutCompositeAlarmCommandInput));
  }
  let activeCalls = 0;
  for (let minute = 0; minute < 20; minute += 1) {
    await reportMachines({ url: emulator.url, load: () => ({ activeCalls, calls: 0 }), everyMs: 60_000 }).stop();
    await clock.advance('1m');
    activeCalls = minute < 5 ? 0 : 400;
  }
  const inAlarm = new DescribeAlarmsCommand({ StateValue: 'ALARM', AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] });
  const { MetricAlarms = [] } = await client.send(inAlarm);
  expect(MetricAlarms.map(({ AlarmName }) => AlarmName)).toEqual([
    'voice-campaign-demo-critical-asterisk-cpu-high-i-0123456789abcdef0',
    'voice-campaign-demo-warning-asterisk-cpu-elevated-i-0123456789abcdef0',
  ]);
});
