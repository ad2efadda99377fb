import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchClient, PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { startEmulator } from '@voice-campaign/emulator';
import { expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../src/run-command.ts';

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
  const nothing = await run(...base.slice(0, -1), fileOf({ ...alarm, MetricName: 'Cals' }));
  expect(nothing.out).toMatch(/no-calls +│ +– │ +– │ +– │ +no data │ +nobody/);
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
