import type { GetMetricDataInput } from '@aws-sdk/client-cloudwatch';
import type { AlarmInput } from '@voice-campaign/cloudwatch-engine/alarms';
import { expect, it } from 'vitest';
import { backtest } from '../../src/backtest.ts';
import { accountThat, alarm, base, emptyAccount, lateMs, readsOf } from './accounts.ts';

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
  const percentiles: readonly AlarmInput[] = [
    { ...alarm, AlarmName: 'tested' },
    { ...base, AlarmName: 'p90', ExtendedStatistic: 'p90', Period: 300, ComparisonOperator: 'GreaterThanThreshold' },
  ];
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

it('says which alarms read nothing that has data, whatever state that leaves them in', async () => {
  const { client } = accountThat((queries) => ({
    MetricDataResults: queries.map(({ Id, MetricStat }) =>
      MetricStat?.Metric?.MetricName === 'known'
        ? { Id, Timestamps: [new Date(Date.now() - 600_000)], Values: [5] }
        : { Id },
    ),
  }));
  const quiet = readsOf(['known', 'misspelled']).map((each) => ({ ...each, TreatMissingData: 'notBreaching' }));
  const wholes = ['known', 'misspelled', 'one'].map((name) => ({
    AlarmName: `of ${name}`,
    AlarmRule: `ALARM("${name}")`,
  }));
  const one = { AlarmName: 'one', AlarmRule: 'ALARM(misspelled) OR ALARM(known)' };
  const { alarms: tested } = await backtest({ client, alarms: [...wholes, ...quiet, one], days: 1 / 24 });
  expect(tested.flatMap(({ name, hasData }) => (hasData ? [name] : []))).toEqual([
    'of known',
    'of one',
    'known',
    'one',
  ]);
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
