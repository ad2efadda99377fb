import { CloudWatchClient, type GetMetricDataInput, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { AlarmInput } from '@voice-campaign/cloudwatch-engine/alarms';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasMoto, motoSuite, startMoto } from '../../../../tools/moto.ts';
import { BacktestError, backtest } from '../../src/backtest.ts';
import { alarm, base, emptyAccount, lateMs, readsOf } from './accounts.ts';

const query = (Expression: string) => ({ Metrics: [{ Id: 'e', Expression, Period: 60 }] });
const math = { EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'LessThanThreshold' } as const;

const alarms: readonly AlarmInput[] = [
  { ...alarm, AlarmName: 'tested' },
  { ...base, AlarmName: 'p90', ExtendedStatistic: 'p90', Period: 300, ComparisonOperator: 'GreaterThanThreshold' },
  { ...alarm, AlarmName: 'quick', Period: 10 },
  { ...math, AlarmName: 'asked', ...query('SELECT SUM(Calls) FROM voice') },
  { ...math, AlarmName: 'ruled', ...query("INSIGHT_RULE_METRIC('rule', 'Sum')") },
  { AlarmName: 'above', AlarmRule: 'ALARM(inner) OR ALARM(tested)' },
  { AlarmName: 'inner', AlarmRule: 'ALARM(quick)' },
  { AlarmName: 'alone', AlarmRule: 'ALARM(elsewhere)' },
  { AlarmName: 'whole', AlarmRule: 'ALARM(tested)' },
  { ...alarm, AlarmName: 'wrong', Period: 61 },
  { AlarmName: 'promql', EvaluationCriteria: { PromQLCriteria: { Query: 'up == 0' } } },
  {
    ...{ ...math, AlarmName: 'far' },
    Metrics: [
      {
        ...{ Id: 'm', AccountId: '210987654321' },
        MetricStat: { Metric: { Namespace: 'voice', MetricName: 'Calls' }, Period: 60, Stat: 'Sum' },
      },
    ],
  },
  { AlarmName: 'wronger', AlarmRule: 'ALARM(wrong)' },
];

it('says which alarms it does not test, and where it is only near', async () => {
  const { client, asked } = emptyAccount();
  const now = Date.UTC(2026, 10, 23, 12, 3, 30);
  const tested = await backtest({ client, alarms, days: 1, now: () => now });
  expect(tested.alarms.map(({ name, approximations }) => [name, approximations.length])).toEqual([
    ['tested', 0],
    ['p90', 1],
    ['whole', 0],
  ]);
  const reasons = Object.fromEntries(tested.skipped.map(({ name, reason }) => [name, reason]));
  expect(reasons).toEqual({
    quick: expect.stringContaining('periods of 10 s'),
    asked: expect.stringContaining('Metrics Insights'),
    ruled: expect.stringContaining('Contributor Insights'),
    inner: 'is made of quick, which is not tested',
    above: 'is made of inner, which is not tested',
    alone: 'is made of elsewhere, which is not tested',
    wrong: expect.stringContaining('is not taken: Period '),
    promql: expect.stringContaining('PromQL alarms are not evaluated here'),
    far: 'reads metrics of account 210987654321 by its number, which is not done here',
    wronger: 'is made of wrong, which is not tested',
  });
  expect(tested.metricsAsked).toBe(2);
  // A day, and what the first evaluations look back over: seven periods of five minutes.
  const range = { StartTime: new Date('2026-11-22T11:25:00Z'), EndTime: new Date('2026-11-23T12:00:00Z') };
  expect(asked).toMatchObject([range, range]);
  const [first] = tested.alarms;
  expect(first?.secondsIn).toEqual({ OK: 0, ALARM: 0, INSUFFICIENT_DATA: 86_400 });
});

it('refuses days that CloudWatch does not keep', async () => {
  const { client } = emptyAccount();
  await expect(backtest({ client, alarms, days: 16 })).rejects.toThrow('CloudWatch keeps minutes for 15 days');
  await expect(backtest({ client, alarms, days: 0 })).rejects.toThrow(BacktestError);
});

it('reads no minute that CloudWatch may keep no longer, and says where that is too little', async () => {
  const { client, asked } = emptyAccount();
  const now = Date.UTC(2026, 10, 23, 12, 3, 30);
  const slow = { ...alarm, AlarmName: 'slow', Period: 86_400, EvaluationPeriods: 3 };
  const wholes = [...readsOf(['quick']), slow];
  for (const days of [14, 15]) {
    const { from, alarms: tested } = await backtest({ client, alarms: wholes, days, now: () => now });
    expect((now / 1000 - from) / 86_400).toBeCloseTo(days, days === 14 ? 2 : 1);
    expect(tested.map(({ approximations }) => approximations)).toEqual([
      [],
      [expect.stringMatching(/^in its first \d\d h it looks back beyond what CloudWatch keeps/)],
    ]);
  }
  const starts = asked.map((input) => (input as GetMetricDataInput).StartTime?.getTime() ?? 0);
  expect(Math.min(...starts)).toBeGreaterThan(now - 15 * 86_400_000 + 200_000);
});

it('reads what bands are made of, as far as CloudWatch keeps it', async () => {
  const { client, asked } = emptyAccount();
  const now = Date.UTC(2026, 10, 23, 12, 3, 30);
  const band = {
    ...{
      AlarmName: 'band',
      EvaluationPeriods: 3,
      ComparisonOperator: 'LessThanLowerThreshold',
      ThresholdMetricId: 'b',
    },
    Metrics: [
      { Id: 'm', MetricStat: { Metric: { Namespace: 'voice', MetricName: 'Calls' }, Period: 300, Stat: 'Sum' } },
      { Id: 'b', Expression: 'ANOMALY_DETECTION_BAND(m, 3)' },
    ],
  };
  const notesOf = async (days: number) =>
    (await backtest({ client, alarms: [band], days, now: () => now })).alarms[0]?.approximations;
  expect(await notesOf(1)).toEqual([expect.stringContaining('plain statistics')]);
  expect((asked[0] as GetMetricDataInput).StartTime?.getTime()).toBeLessThan(now - 14.9 * 86_400_000);
  expect(await notesOf(14)).toContain('at first its band is made of 23 h, not of two weeks: test fewer days');
});

it('ends before the minutes whose data are still coming, and tests a minute at least', async () => {
  const now = Date.UTC(2026, 10, 23, 12, 3, 30);
  const { client } = emptyAccount();
  const { from, to, alarms: tested } = await backtest({ client, alarms: readsOf(['m']), days: 1e-9, now: () => now });
  expect([from, to].map((seconds) => new Date(seconds * 1000).toISOString().slice(11, 16))).toEqual(['11:59', '12:00']);
  expect(tested[0]?.secondsIn.INSUFFICIENT_DATA).toBe(60);
});

it('asks for more than 500 series in several calls', async () => {
  const { client, asked } = emptyAccount();
  const many = Array.from({ length: 520 }, (_, index) => ({
    ...alarm,
    AlarmName: `a${index}`,
    MetricName: `m${index}`,
  }));
  expect((await backtest({ client, alarms: many, days: 0.01 })).metricsAsked).toBe(520);
  expect(asked).toHaveLength(2);
});

describe.skipIf(!hasMoto)(motoSuite('what moto keeps'), () => {
  it('makes alarms go off', async () => {
    const moto = await startMoto();
    onTestFinished(() => moto.stop());
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new CloudWatchClient({ endpoint: moto.url, region: 'us-east-1', credentials });
    onTestFinished(() => client.destroy());
    const now = Math.floor(Date.now() / 60_000) * 60_000;
    const MetricData = Array.from({ length: 60 }, (_, minute) => ({
      MetricName: 'Calls',
      Timestamp: new Date(now - (60 - minute) * 60_000),
      Value: minute >= 30 && minute < 40 ? 0 : 5,
    }));
    await client.send(new PutMetricDataCommand({ Namespace: 'voice', MetricData }));
    const one = [{ ...alarm, AlarmName: 'no-calls' }];
    const { alarms: tested } = await backtest({ client, alarms: one, days: 1 / 24, now: () => now + lateMs });
    const [episode, ...more] = tested[0]?.episodes ?? [];
    expect(more).toEqual([]);
    expect([episode?.from, episode?.to].map((at) => ((at ?? 0) * 1000 - now) / 60_000)).toEqual([-28, -19]);
  });
});
