import {
  type CloudWatchClient,
  GetMetricStatisticsCommand,
  type GetMetricStatisticsCommandInput,
  ListMetricsCommand,
  type ListMetricsCommandInput,
  type MetricDatum,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../../src/core/clock.ts';
import { cloudwatchClientOf, emulatorWith, errorOf } from '../../running-emulator.ts';

const now = Date.parse('2026-11-23T20:00:30Z');
const minute = 60_000;
const at = (offsetMs: number) => new Date(now + offsetMs);

const started = async () => {
  const clock = testClock(now);
  const emulator = await emulatorWith({ clock });
  return { clock, emulator, client: cloudwatchClientOf(emulator) };
};

const put = (client: CloudWatchClient, MetricData: MetricDatum[], Namespace = 'voice/test') =>
  client.send(new PutMetricDataCommand({ Namespace, MetricData }));

const statistics = (client: CloudWatchClient, input: Partial<GetMetricStatisticsCommandInput>) =>
  client.send(
    new GetMetricStatisticsCommand({
      Namespace: 'voice/test',
      MetricName: 'Calls',
      StartTime: at(-minute),
      EndTime: at(minute),
      Period: 60,
      ...input,
    }),
  );

const calls = (Value: number, more: Partial<MetricDatum> = {}): MetricDatum => ({
  MetricName: 'Calls',
  Value,
  ...more,
});

describe('GetMetricStatistics', () => {
  it('gives the statistics that are asked for, with the unit of the data', async () => {
    const { client } = await started();
    await put(client, [calls(0), ...Array.from({ length: 9 }, (_, index) => calls(index + 1))]);
    const Statistics = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;
    const { Label, Datapoints } = await statistics(client, { Statistics: [...Statistics] });
    // But for the time the same as was recorded of AWS for these ten values.
    expect({ Label, Datapoints }).toEqual({
      Label: 'Calls',
      Datapoints: [
        {
          ...{ Average: 4.5, Maximum: 9, Minimum: 0, SampleCount: 10, Sum: 45 },
          ...{ Timestamp: new Date('2026-11-23T20:00:00Z'), Unit: 'None' },
        },
      ],
    });
  });

  it('gives counted values as so many samples', async () => {
    const { client } = await started();
    await put(client, [{ MetricName: 'Calls', Values: [1, 10], Counts: [2, 4], Unit: 'Count' }]);
    const { Datapoints } = await statistics(client, { Statistics: ['SampleCount', 'Sum', 'Maximum'] });
    // Recorded of AWS.
    expect(Datapoints).toMatchObject([{ Maximum: 10, SampleCount: 6, Sum: 42, Unit: 'Count' }]);
  });

  it('gives the units apart, or the one that is asked for', async () => {
    const { client } = await started();
    await put(client, [calls(1, { Unit: 'Seconds' }), calls(5, { Unit: 'Count' }), calls(10)]);
    const { Datapoints = [] } = await statistics(client, { Statistics: ['Average'] });
    const found = Datapoints.map(({ Average, Unit }) => `${Average} ${Unit}`).toSorted();
    // Recorded of AWS.
    expect(found).toEqual(['1 Seconds', '10 None', '5 Count']);
    const counted = await statistics(client, { Statistics: ['Average'], Unit: 'Count' });
    expect(counted.Datapoints).toMatchObject([{ Average: 5, Unit: 'Count' }]);
    expect((await statistics(client, { Statistics: ['Average'], Unit: 'Bytes' })).Datapoints).toEqual([]);
  });

  it('gives percentiles and trimmed means, of no negative samples', async () => {
    const { client } = await started();
    await put(client, [
      { MetricName: 'Calls', Values: [1, 2, 3, 4], Timestamp: at(0) },
      calls(-1, { Timestamp: at(-minute) }),
    ]);
    const { Datapoints } = await statistics(client, { ExtendedStatistics: ['p50', 'TM(25%:75%)'] });
    expect(Datapoints).toMatchObject([
      { Timestamp: new Date('2026-11-23T20:00:00Z'), ExtendedStatistics: { p50: 2, 'TM(25%:75%)': 2.5 } },
    ]);
  });

  it('begins its periods at the start that is asked for, rounded down to the minute', async () => {
    const { client } = await started();
    const data = Array.from({ length: 10 }, (_, index) => calls(1, { Timestamp: at((index - 9) * minute) }));
    await put(client, data);
    const { Datapoints } = await statistics(client, {
      Statistics: ['Sum'],
      Period: 300,
      StartTime: new Date('2026-11-23T19:52:45Z'),
    });
    expect(Datapoints?.map(({ Timestamp, Sum }) => [Timestamp?.toISOString(), Sum])).toEqual([
      ['2026-11-23T19:52:00.000Z', 5],
      ['2026-11-23T19:57:00.000Z', 4],
    ]);
  });

  it.each<[string, Partial<GetMetricStatisticsCommandInput>, string, string]>([
    // Recorded of AWS, as is the last that is said of an end.
    [
      'more than 1,440 datapoints',
      { Period: 1, StartTime: at(-86_400_000), EndTime: at(0) },
      'InvalidParameterCombination',
      'You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
    ],
    [
      'an end before the start',
      { EndTime: at(-2 * minute) },
      'InvalidParameterValue',
      'The parameter StartTime must be less than the parameter EndTime.',
    ],
    [
      'an end at the start',
      { EndTime: at(-minute) },
      'InvalidParameterValue',
      'The parameter StartTime must be less than the parameter EndTime.',
    ],
    [
      'no statistic',
      { Statistics: [] },
      'InvalidParameterCombination',
      'Must specify either Statistics or ExtendedStatistics',
    ],
    [
      'both kinds of statistics',
      { ExtendedStatistics: ['p50'] },
      'InvalidParameterCombination',
      'The parameters Statistics and ExtendedStatistics are mutually exclusive and you have specified both.',
    ],
    [
      'another period',
      { Period: 90 },
      'InvalidParameterValue',
      'The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.',
    ],
    ['no name', { MetricName: '' }, 'MissingParameter', 'The parameter MetricName is required.'],
    [
      'two things at once',
      { Statistics: ['p50' as 'Sum'], Unit: 'Calls' as 'Count' },
      'InvalidParameterValue',
      'The parameter Statistics.member.1 must be a value in the set [ SampleCount, Average, Sum, Minimum, Maximum ].\nThe parameter Unit must be a value in the set',
    ],
  ])('refuses %s', async (_, input, code, message) => {
    const { client } = await started();
    const error = await errorOf(statistics(client, { Statistics: ['Sum'], ...input }));
    expect(error.Code).toBe(code);
    expect(error.message).toContain(message);
  });
});

describe('ListMetrics', () => {
  const names = async (client: CloudWatchClient, input: ListMetricsCommandInput = {}) =>
    ((await client.send(new ListMetricsCommand(input))).Metrics ?? []).map(
      ({ Namespace, MetricName, Dimensions = [] }) =>
        [Namespace, MetricName, ...Dimensions.map(({ Name, Value }) => `${Name}=${Value}`)].join(' '),
    );
  const dimensions = (pairs: Record<string, string>) => Object.entries(pairs).map(([Name, Value]) => ({ Name, Value }));

  it('filters by namespace, name and dimensions', async () => {
    const { client } = await started();
    await put(client, [calls(1), calls(1, { Dimensions: dimensions({ service: 'dialer', region: 'eu' }) })]);
    await put(client, [calls(1, { MetricName: 'Latency', Dimensions: dimensions({ service: 'api' }) })], 'other');
    const [plain, dialer, api] = [
      'voice/test Calls',
      'voice/test Calls service=dialer region=eu',
      'other Latency service=api',
    ];
    expect(await names(client)).toEqual([plain, dialer, api]);
    expect(await names(client, { Namespace: 'voice/test' })).toEqual([plain, dialer]);
    expect(await names(client, { MetricName: 'Latency' })).toEqual([api]);
    expect(await names(client, { Dimensions: [{ Name: 'service' }] })).toEqual([dialer, api]);
    expect(await names(client, { Dimensions: [{ Name: 'service', Value: 'api' }] })).toEqual([api]);
    expect(await names(client, { Dimensions: [{ Name: 'service' }, { Name: 'region', Value: 'us' }] })).toEqual([]);
  });

  it('forgets a metric after two weeks without data, and after three hours where that is asked for', async () => {
    const { client, clock } = await started();
    await put(client, [calls(1)]);
    await clock.advance('2h');
    expect(await names(client, { RecentlyActive: 'PT3H' })).toHaveLength(1);
    await clock.advance('2h');
    expect(await names(client, { RecentlyActive: 'PT3H' })).toEqual([]);
    await clock.advance('13d');
    expect(await names(client)).toHaveLength(1);
    await clock.advance('1d');
    expect(await names(client)).toEqual([]);
  });

  it('gives 500 metrics at a time', async () => {
    const { client } = await started();
    await put(
      client,
      Array.from({ length: 1000 }, (_, index) => calls(1, { MetricName: `metric-${index}` })),
    );
    const first = await client.send(new ListMetricsCommand({}));
    const second = await client.send(new ListMetricsCommand({ NextToken: first.NextToken }));
    const listed = [...(first.Metrics ?? []), ...(second.Metrics ?? [])].map(({ MetricName }) => MetricName);
    expect(first.Metrics).toHaveLength(500);
    expect(second.NextToken).toBeUndefined();
    expect(listed).toEqual(Array.from({ length: 1000 }, (_, index) => `metric-${index}`));
    const error = await errorOf(client.send(new ListMetricsCommand({ NextToken: 'nonsense' })));
    expect([error.Code, error.message]).toEqual(['InvalidParameterValue', 'Request parameter NextToken is invalid']);
  });

  it('names the owners of metrics for a monitoring account', async () => {
    const { client } = await started();
    await put(client, [calls(1)]);
    const { OwningAccounts } = await client.send(new ListMetricsCommand({ IncludeLinkedAccounts: true }));
    expect(OwningAccounts).toEqual(['123456789012']);
    expect(await names(client, { IncludeLinkedAccounts: true, OwningAccount: '999999999999' })).toEqual([]);
  });
});
