import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudWatchClient,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  paginateDescribeAlarmHistory,
} from '@aws-sdk/client-cloudwatch';
import type { CompositeAlarmInput, MetricAlarmInput } from '@voice-campaign/cloudwatch-engine/alarms';
import { startEmulator, testClock } from '@voice-campaign/emulator';
import { backtest } from '@voice-campaign/provisioning/backtest';
import { expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../src/run-command.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const minutes = 600;

const metric = {
  Namespace: 'voice',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  Threshold: 10,
  ComparisonOperator: 'GreaterThanThreshold',
} as const;
const stat = (Id: string, MetricName: string, Stat = 'Sum') => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { Namespace: 'voice', MetricName }, Period: 300, Stat },
});
const actions = { AlarmActions: ['arn:aws:sns:us-east-1:123456789012:none'] };

const metricAlarms: readonly MetricAlarmInput[] = [
  { ...metric, AlarmName: 'sum', MetricName: 'Calls', TreatMissingData: 'notBreaching', ...actions },
  {
    ...metric,
    AlarmName: 'slow',
    MetricName: 'Calls',
    Statistic: 'Average',
    Period: 300,
    Threshold: 5,
    TreatMissingData: 'ignore',
  },
  {
    ...metric,
    AlarmName: 'low',
    MetricName: 'Calls',
    Statistic: 'Minimum',
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 2,
  },
  {
    ...metric,
    AlarmName: 'high',
    MetricName: 'Calls',
    Statistic: 'Maximum',
    Period: 120,
    TreatMissingData: 'breaching',
  },
  { ...metric, AlarmName: 'p90', MetricName: 'Calls', Statistic: undefined, ExtendedStatistic: 'p90' },
  {
    ...metric,
    AlarmName: 'few',
    MetricName: 'Calls',
    Statistic: undefined,
    ExtendedStatistic: 'p50',
    EvaluateLowSampleCountPercentile: 'ignore',
  },
  {
    ...{ AlarmName: 'rate', EvaluationPeriods: 2, Threshold: 40, ComparisonOperator: 'LessThanThreshold' },
    Metrics: [
      stat('whole', 'Calls'),
      stat('part', 'Answered'),
      { Id: 'e', Expression: 'IF(whole > 20, 100 * part / whole)', ReturnData: true },
    ],
  },
  {
    ...{ AlarmName: 'trend', EvaluationPeriods: 1, Threshold: 0.02, ComparisonOperator: 'GreaterThanThreshold' },
    Metrics: [stat('calls', 'Calls', 'Average'), { Id: 'e', Expression: 'RATE(calls)', ReturnData: true }],
  },
];
const composite: CompositeAlarmInput = { AlarmName: 'both', AlarmRule: 'ALARM(sum) OR ALARM(rate)', ...actions };

/** The same numbers in each run. */
const randomFrom = (seed: number) => (): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

const start = async () => {
  const clock = testClock(noon);
  const emulator = await startEmulator({ functions: [], clock, warn: () => {} });
  onTestFinished(() => emulator.stop());
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchClient({ endpoint: emulator.url, region: 'us-east-1', credentials });
  onTestFinished(() => client.destroy());
  return { clock, emulator, client };
};

const stateChanges = async (client: CloudWatchClient) => {
  const found = [];
  for await (const { AlarmHistoryItems = [] } of paginateDescribeAlarmHistory(
    { client },
    { HistoryItemType: 'StateUpdate', AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
  )) {
    for (const { AlarmName = '', Timestamp, HistorySummary = '' } of AlarmHistoryItems) {
      found.push(`${AlarmName} ${(Timestamp?.getTime() ?? 0) / 1000} ${HistorySummary.replace('Alarm updated ', '')}`);
    }
  }
  return found.sort();
};

it('says of the past what the alarms did when it was the present', async () => {
  const { clock, client } = await start();
  for (const alarm of metricAlarms) await client.send(new PutMetricAlarmCommand(alarm as never));
  await client.send(new PutCompositeAlarmCommand(composite as never));
  const random = randomFrom(7);
  for (let minute = 0; minute < minutes; minute += 1) {
    const Timestamp = new Date(clock.now());
    const level = minute % 200 < 60 ? 30 : 4;
    const values = (most: number) =>
      Array.from({ length: 1 + Math.floor(40 * random()) }, () => Math.floor(most * random()));
    const datum = (MetricName: string, Values: number[]) => ({ MetricName, Timestamp, Values });
    const MetricData = [datum('Calls', values(level)), datum('Answered', values(level * random()))].filter(
      () => random() > 0.1,
    );
    if (MetricData.length > 0) await client.send(new PutMetricDataCommand({ Namespace: 'voice', MetricData }));
    await clock.advance('1m');
  }
  // Data of the last three minutes are not asked for.
  const now = () => clock.now() + 180_000;
  const tested = await backtest({ client, alarms: [...metricAlarms, composite], days: minutes / 1440, now });
  const replayed = tested.alarms.flatMap(({ name, replayed: { changes } }) =>
    changes.map(({ at, from, to }) => `${name} ${tested.from + at} from ${from} to ${to}`),
  );
  expect(tested.from * 1000).toBe(noon);
  const happened = await stateChanges(client);
  expect(happened.length).toBeGreaterThan(50);
  expect(new Set(happened.map((line) => line.split(' ')[0])).size).toBe(metricAlarms.length + 1);
  expect(replayed.sort()).toEqual(happened);
  for (const { secondsIn } of tested.alarms) {
    expect(secondsIn.OK + secondsIn.ALARM + secondsIn.INSUFFICIENT_DATA).toBe(minutes * 60);
  }
});

/** An account in which nobody called in five of the last sixty minutes. */
const accountWithGap = async () => {
  const emulator = await startEmulator({ functions: [], warn: () => {} });
  onTestFinished(() => emulator.stop());
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchClient({ endpoint: emulator.url, region: 'us-east-1', credentials });
  onTestFinished(() => client.destroy());
  const now = Math.floor(Date.now() / 60_000) * 60_000;
  const MetricData = Array.from({ length: 60 }, (_, minute) => ({
    MetricName: 'Calls',
    Timestamp: new Date(now - (60 - minute) * 60_000),
    Value: minute >= 30 && minute < 35 ? 0 : 20,
  }));
  await client.send(new PutMetricDataCommand({ Namespace: 'voice', MetricData }));
  return { emulator, client };
};

const alarm = {
  ...{ AlarmName: 'no-calls', MetricName: 'Calls', Namespace: 'voice', Statistic: 'Sum', Period: 60 },
  ...{ EvaluationPeriods: 2, Threshold: 1, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'notBreaching' },
} as const;
const waits = { ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 60 };
const insights = {
  ...{ AlarmName: 'any', EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'LessThanThreshold' },
  Metrics: [{ Id: 'q', Expression: 'SELECT SUM(Calls) FROM voice', Period: 60 }],
} as const;

const run = async (...args: readonly string[]) => {
  const out: string[] = [];
  const err: string[] = [];
  const streams = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
  const code = await runCommand(args, streams, () => new AbortController().signal);
  return { code, out: out.join(''), err: err.join('') };
};

const fileOf = (content: unknown): string => {
  const folder = mkdtempSync(join(tmpdir(), 'backtest-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'alarms.json'), JSON.stringify(content));
  return join(folder, 'alarms.json');
};

it('prints how often alarms of a file would have gone off, when, and a picture', async () => {
  const { emulator } = await accountWithGap();
  const base = ['backtest', '--endpoint', emulator.url, '--days', '0.05', '--alarms', fileOf([alarm, insights])];
  const { code, out } = await run(...base, '--alarm', 'no-calls');
  expect(code).toBe(0);
  expect(out).toMatch(/no-calls +│ +1 × │ +4 min │ +4 min │ +1 % │ +nobody/);
  expect(out).toContain('1 metric was asked for: $0.0000');
  expect(out).toMatch(/ {2}\d{4}-\d\d-\d\d \d\d:\d\d – \d{4}-\d\d-\d\d \d\d:\d\d {2}Threshold Crossed: 2 datapoints/);
  expect(out).toContain('no-calls: Sum of Calls < 1 in 2 of 2 periods of 60 s');
  expect(out).toMatch(/state .*OOAAAAO/);
  const pair = fileOf(['a', 'b'].map((last) => ({ ...alarm, AlarmName: `voice-test-no-calls-${last}` })));
  const two = await run(...base.slice(0, -1), pair);
  expect(two.out).toMatch(/│ voice-test-no-calls-… │ Went off[\s\S]*│ a +│ +1 ×[\s\S]*│ b +│ +1 ×/);
  const all = await run(...base);
  expect(all.out).toContain('not tested: any is a Metrics Insights query');
  const quiet = await run(...base, '--threshold', 'no-calls=0', '--format', 'json');
  expect(JSON.parse(quiet.out)).toMatchObject({
    alarms: [{ name: 'no-calls', episodes: [], notifications: 0 }],
    skipped: [{ name: 'any' }],
  });
});

it('tests the alarms that the account has', async () => {
  const { emulator, client } = await accountWithGap();
  const nobody = await run('backtest', '--endpoint', emulator.url, '--deployed');
  expect([nobody.code, nobody.err]).toEqual([2, expect.stringContaining('the account has no alarms there')]);
  await client.send(new PutMetricAlarmCommand(alarm as never));
  const { out } = await run('backtest', '--endpoint', emulator.url, '--deployed', '--days', '0.05', '--format', 'json');
  expect(JSON.parse(out).alarms[0].episodes).toHaveLength(1);
});

it('asks for what a composite alarm is made of, and for nothing else', async () => {
  const { emulator } = await accountWithGap();
  const others = ['x', 'y', 'z'].map((AlarmName) => ({ ...alarm, AlarmName, MetricName: AlarmName }));
  const whole = { AlarmName: 'whole', AlarmRule: 'ALARM(inner)', ActionsSuppressor: 'x', ...waits };
  const file = fileOf([whole, { AlarmName: 'inner', AlarmRule: 'NOT OK(no-calls)' }, alarm, ...others]);
  const args = ['--endpoint', emulator.url, '--alarms', file, '--alarm', 'whole', '--format', 'json'];
  const { alarms, skipped, metricsAsked } = JSON.parse((await run('backtest', ...args)).out);
  expect(alarms).toMatchObject([{ name: 'whole' }]);
  expect([skipped, metricsAsked]).toEqual([[], 2]);
});

it('refuses thresholds of alarms that have none', async () => {
  const band = { ...insights, AlarmName: 'band', ThresholdMetricId: 'b', Threshold: undefined };
  const file = fileOf([alarm, { AlarmName: 'whole', AlarmRule: 'ALARM(no-calls)' }, band]);
  const config = ['--config', 'examples/voice-campaign/voice-campaign.config.ts'];
  for (const [name, ...from] of [
    ['whole', '--alarms', file],
    ['band', '--alarms', file],
    ['functions', ...config],
    ['dialing-rate', ...config],
    ['no-such', ...config],
  ]) {
    const { code, err } = await run(
      'backtest',
      '--endpoint',
      'http://127.0.0.1:9',
      ...from,
      '--threshold',
      `${name}=1`,
    );
    expect([code, err]).toEqual([2, expect.stringMatching(`--threshold names ${name}, which (is none of|has none)`)]);
  }
});

it('says what it cannot do', async () => {
  const endpoint = ['--endpoint', 'http://127.0.0.1:9'];
  const refused = async (...args: readonly string[]) => {
    const { code, err } = await run('backtest', ...endpoint, ...args);
    expect(code).toBe(2);
    return err;
  };
  expect(await refused('--days', '16')).toContain('CloudWatch keeps minutes for 15 days');
  expect(await refused('--threshold', 'no-calls')).toContain('Write <alarm>=<number>');
  const file = fileOf(alarm);
  expect(await refused('--alarms', file, '--deployed')).toContain('not of both');
  expect(await refused('--alarms', file, '--alarm', 'x')).toContain('there is no such alarm: no-calls');
  expect(await refused('--alarms', file, '--threshold', 'x=1')).toContain(
    '--threshold names x, which is none of: no-calls',
  );
  expect(await refused('--alarms', fileOf({}))).toContain('has no alarms');
  expect(await refused('--alarms', file)).toMatch(/CloudWatch cannot be asked: .*ECONNREFUSED/);
  const wrong = await run('backtest', ...endpoint, '--alarms', fileOf({ ...alarm, Period: 61 }));
  expect(wrong.out).toMatch(/evaluates it\nnot tested: no-calls is not taken: Period /);
});
