import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type MetricDataQuery,
  PutMetricDataCommand,
  type ScanBy,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasMoto, type Moto, motoSuite, startMoto } from '../../../../tools/moto.ts';
import { emulatorWith } from '../running-emulator.ts';

const Namespace = 'voice/test';
const minute = 60_000;

/**
 * The same calls for either; gives back what a client sees. Left out is what moto is known to do otherwise: it adds up
 * the dimension sets of one name, and begins periods at the first sample.
 */
const story = async (url: string) => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  const start = Math.floor(Date.now() / minute) * minute - 10 * minute;
  const span = { StartTime: new Date(start), EndTime: new Date(start + 5 * minute) };
  const at = (minutes: number) => new Date(start + minutes * minute);
  await client.send(
    new PutMetricDataCommand({
      Namespace,
      MetricData: [
        { MetricName: 'Calls', Values: [1, 2, 3], Counts: [1, 1, 8], Unit: 'Count', Timestamp: at(0) },
        { MetricName: 'Calls', Value: 7, Unit: 'Count', Timestamp: at(2) },
        {
          ...{ MetricName: 'Latency', Unit: 'Milliseconds', Timestamp: at(0) },
          StatisticValues: { SampleCount: 4, Sum: 100, Minimum: 10, Maximum: 60 },
        },
      ],
    }),
  );
  const trunk = { MetricName: 'Trunks', Value: 5, Timestamp: at(0), Dimensions: [{ Name: 'Trunk', Value: 'a' }] };
  await client.send(new PutMetricDataCommand({ Namespace, MetricData: [trunk] }));
  const statistics = async (MetricName: string, Period = 60) => {
    const Statistics = ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'] as const;
    const input = { Namespace, MetricName, Period, Statistics: [...Statistics], ...span };
    const { Datapoints = [] } = await client.send(new GetMetricStatisticsCommand(input));
    return Datapoints.map(({ Timestamp, SampleCount, Sum, Average, Minimum, Maximum, Unit }) => [
      ((Timestamp?.getTime() ?? 0) - start) / minute,
      ...[SampleCount, Sum, Average, Minimum, Maximum, Unit],
    ]).sort();
  };
  const read = async (query: Partial<MetricDataQuery>, order: ScanBy = 'TimestampAscending') => {
    const MetricDataQueries = [{ Id: 'm1', ...query }];
    const input = { MetricDataQueries, ScanBy: order, ...span };
    const [result] = (await client.send(new GetMetricDataCommand(input))).MetricDataResults ?? [];
    return [result?.Label, result?.StatusCode, ...(result?.Values ?? [])];
  };
  const stat = (Stat: string, Period = 60) => ({
    MetricStat: { Metric: { Namespace, MetricName: 'Calls' }, Stat, Period },
  });
  const listed = (await client.send(new ListMetricsCommand({ Namespace }))).Metrics ?? [];
  return {
    listed: listed
      .map(({ MetricName, Dimensions = [] }) => [MetricName, ...Dimensions.map(({ Value }) => Value)])
      .sort(),
    trunk: (await client.send(new ListMetricsCommand({ Namespace, Dimensions: [{ Name: 'Trunk' }] }))).Metrics?.length,
    calls: await statistics('Calls'),
    callsOfFiveMinutes: await statistics('Calls', 300),
    latency: await statistics('Latency'),
    sum: await read(stat('Sum')),
    newestFirst: await read(stat('Sum'), 'TimestampDescending'),
    average: await read(stat('Average', 300)),
  };
};

const expected = {
  listed: [['Calls'], ['Latency'], ['Trunks', 'a']],
  trunk: 1,
  calls: [
    [0, 10, 27, 2.7, 1, 3, 'Count'],
    [2, 1, 7, 7, 7, 7, 'Count'],
  ],
  callsOfFiveMinutes: [[0, 11, 34, 34 / 11, 1, 7, 'Count']],
  latency: [[0, 4, 100, 25, 10, 60, 'Milliseconds']],
  sum: ['Calls', 'Complete', 27, 7],
  newestFirst: ['Calls', 'Complete', 7, 27],
  average: ['Calls', 'Complete', 34 / 11],
};

it('the emulator tells the story of metrics', async () => {
  expect(await story((await emulatorWith({})).url)).toEqual(expected);
});

describe.skipIf(!hasMoto)(motoSuite('moto'), () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());

  it('tells the same story, but for the names that it gives', async () => {
    expect(await story(moto.url)).toEqual({
      ...expected,
      // It lists a metric once for each of its values.
      listed: [...Array.from({ length: 11 }, () => ['Calls']), ['Latency'], ['Trunks', 'a']],
      // AWS was recorded to add the statistic only where metrics differ in it.
      sum: ['Calls Sum', ...expected.sum.slice(1)],
      newestFirst: ['Calls Sum', ...expected.newestFirst.slice(1)],
      average: ['Calls Average', ...expected.average.slice(1)],
    });
  });
});
