import {
  CloudWatchClient,
  type GetMetricDataInput,
  type GetMetricDataOutput,
  type MetricDataQuery,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmInput } from '@voice-campaign/cloudwatch-engine/alarms';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasMoto, motoSuite, startMoto } from '../../../../tools/moto.ts';
import { BacktestError, backtest } from '../../src/backtest.ts';

const base = { Namespace: 'voice', MetricName: 'Calls', EvaluationPeriods: 2, Threshold: 1 } as const;
const alarm = { ...base, Statistic: 'Sum', Period: 60, ComparisonOperator: 'LessThanThreshold' } as const;
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

const readsOf = (names: readonly string[]): readonly AlarmInput[] =>
  names.map((name) => ({ ...alarm, AlarmName: name, MetricName: name }));

/** Data of the last minutes are not asked for. */
const lateMs = 180_000;

/** A client that answers nothing, and counts what it is asked for. */
const emptyAccount = () => {
  const asked: unknown[] = [];
  const client = {
    send: async ({ input }: { readonly input: unknown }) => {
      asked.push(input);
      return { MetricDataResults: [] };
    },
  } as unknown as CloudWatchClient;
  return { client, asked };
};

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

/** A client that answers each call with what `answer` makes of its queries. */
const accountThat = (answer: (queries: readonly MetricDataQuery[], call: number) => GetMetricDataOutput) => {
  let calls = 0;
  const send = async ({ input }: { readonly input: GetMetricDataInput }) => {
    calls += 1;
    return answer(input.MetricDataQueries ?? [], calls);
  };
  return { client: { send } as unknown as CloudWatchClient, calls: () => calls };
};

it('asks for no more at once than one page has, since each page asks for all of it again', async () => {
  const { client, asked } = emptyAccount();
  const names = Array.from({ length: 10 }, (_, index) => `m${index}`);
  const { metricsAsked } = await backtest({ client, alarms: readsOf(names), days: 14 });
  const sizes = asked.map((input) => (input as GetMetricDataInput).MetricDataQueries?.length ?? 0);
  expect(Math.max(...sizes) * 14 * 1440).toBeLessThanOrEqual(100_800);
  expect(Math.min(...sizes.slice(0, -1))).toBe(4);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(metricsAsked);
});

it('asks for percentiles where their periods begin, since those of an answer begin where it is asked from', async () => {
  const { client, asked } = emptyAccount();
  const percentiles = alarms.filter(({ AlarmName }) => AlarmName === 'p90' || AlarmName === 'tested');
  await backtest({ client, alarms: percentiles, days: 1, now: () => Date.UTC(2026, 10, 23, 12, 6) });
  const starts = asked.map((input) => {
    const { StartTime, MetricDataQueries: [query] = [] } = input as GetMetricDataInput;
    return [query?.MetricStat?.Period, StartTime?.toISOString()];
  });
  expect(Object.fromEntries(starts)).toEqual({ 60: '2026-11-22T11:28:00.000Z', 300: '2026-11-22T11:30:00.000Z' });
});

it('lists alarms whose metrics were not given whole, and tests the others', async () => {
  const account = accountThat((queries) => ({
    MetricDataResults: queries.map(({ Id, MetricStat }) => {
      const name = MetricStat?.Metric?.MetricName;
      const Messages = [{ Code: 'ArithmeticError', Value: 'try later' }];
      if (name === 'broken') return { Id, StatusCode: 'InternalError', Messages };
      return { Id, StatusCode: name === 'hidden' ? 'Forbidden' : name === 'cut' ? 'PartialData' : 'Complete' };
    }),
  }));
  const above = { AlarmName: 'above', AlarmRule: 'ALARM(broken)' };
  const tested = await backtest({
    ...{ client: account.client, days: 1 / 24 },
    alarms: [...readsOf(['broken', 'hidden', 'cut', 'whole']), above],
  });
  expect(tested.alarms.map(({ name }) => name)).toEqual(['whole']);
  expect(Object.fromEntries(tested.skipped.map(({ name, reason }) => [name, reason]))).toEqual({
    broken: expect.stringMatching(/^reads .* of broken, which was not given whole: InternalError: try later$/),
    hidden: expect.stringContaining('not given whole: Forbidden'),
    cut: expect.stringContaining('not given whole: PartialData'),
    above: 'is made of broken, which is not tested',
  });
  expect(account.calls()).toBe(3);
});

it('asks again for what CloudWatch failed to give, page by page', async () => {
  const now = Date.UTC(2026, 10, 23, 12);
  const account = accountThat((queries, call) => ({
    MetricDataResults: queries.map(({ Id }) => ({
      Id,
      StatusCode: call === 1 ? 'InternalError' : call === 2 ? 'PartialData' : 'Complete',
      Timestamps: [new Date(now - (60 - call) * 60_000)],
      Values: [5],
    })),
    ...(call === 2 && { NextToken: 'more' }),
  }));
  const { alarms: tested, source } = await backtest({
    ...{ client: account.client, alarms: readsOf(['calls']), days: 1 / 24, now: () => now + lateMs },
  });
  expect(tested).toHaveLength(1);
  expect(account.calls()).toBe(3);
  const metric = { namespace: 'voice', name: 'calls', dimensions: {} };
  const range = { start: now / 1000 - 3600, end: now / 1000 };
  expect(source.points({ metric, stat: 'Sum', periodSeconds: 60, ...range }).values).toEqual([5, 5, 5]);
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
