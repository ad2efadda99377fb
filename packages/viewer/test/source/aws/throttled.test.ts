import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { WidgetQuery } from '@voice-campaign/cloudwatch-engine/dashboards';
import { startEmulator, testClock } from '@voice-campaign/emulator';
import { expect, it } from 'vitest';
import { awsSource } from '../../../src/aws.ts';
import { clientsOf, scheduleBy } from '../../tools/account.ts';

it('waits when it is throttled, says so beside what it has, and goes on afterwards', async () => {
  const clock = testClock(Date.UTC(2026, 10, 24, 12, 30));
  const throttling = { GetMetricData: 1 };
  const emulator = await startEmulator({ functions: [], clock, now: clock.now, stopOnSignals: false, throttling });
  try {
    const { clients, calls } = clientsOf(emulator.url);
    const source = awsSource(clients, { region: 'us-east-1', now: clock.now, schedule: scheduleBy(clock) });
    const ask = async (MetricName: string) => {
      const Metric = { Namespace: 'n', MetricName, Dimensions: [] };
      const queries: WidgetQuery[] = [{ Id: 'm', ReturnData: true, MetricStat: { Metric, Period: 60, Stat: 'Sum' } }];
      const now = clock.now() / 1000;
      const [answer] = await source.metricData([{ queries, range: { start: now - 600, end: now }, fromStart: false }]);
      return answer;
    };
    const MetricData = ['a', 'b'].map((MetricName) => ({
      MetricName,
      Value: 7,
      Timestamp: new Date(clock.now() - 120_000),
    }));
    await clients.cloudWatch.send(new PutMetricDataCommand({ Namespace: 'n', MetricData }));
    expect((await ask('a'))?.messages).toEqual([]);
    let faulty = await ask('b');
    for (let more = 0; more < 20 && faulty?.messages.length === 0; more += 1) faulty = await ask(`c${more}`);
    expect(faulty?.messages.join()).toMatch(/^GetMetricData: .*Throttling/);
    expect((await ask('a'))?.results[0]?.values).toEqual([7]);
    expect(source.describe().polling?.slowedDown).toBe(true);
    const before = calls.length;
    expect((await ask('d'))?.messages.join()).toContain('it is asked again in 2 s');
    expect(calls).toHaveLength(before);
    await clock.advance('5s');
    expect((await ask('b'))?.results[0]?.values).toEqual([7]);
    expect(source.describe().polling?.slowedDown).toBe(false);
  } finally {
    await emulator.stop();
  }
});
