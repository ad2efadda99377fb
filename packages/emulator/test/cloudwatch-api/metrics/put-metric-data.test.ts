import {
  type CloudWatchClient,
  ListMetricStreamsCommand,
  type MetricDatum,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { cloudwatchClientOf, emulatorWith, errorOf } from '../../running-emulator.ts';

const put = (client: CloudWatchClient, MetricData: MetricDatum[], Namespace = 'voice/test') =>
  client.send(new PutMetricDataCommand({ Namespace, MetricData }));

describe('the real CloudWatch client', () => {
  it('puts single values, counted values and statistic sets', async () => {
    const emulator = await emulatorWith({});
    await put(cloudwatchClientOf(emulator), [
      { MetricName: 'ActiveCalls', Value: 7, Unit: 'Count', StorageResolution: 1, Timestamp: new Date() },
      { MetricName: 'Latency', Values: [1, 2.5, 40], Counts: [1, 1, 8], Unit: 'Milliseconds' },
      { MetricName: 'Latency', StatisticValues: { SampleCount: 2, Sum: 10, Minimum: 4, Maximum: 6 } },
      { MetricName: 'Latency', Value: 9, Dimensions: [{ Name: 'Provider', Value: 'polly' }] },
    ]);
    const { metrics } = emulator;
    expect(metrics.total('voice/test', 'ActiveCalls')).toEqual({ sum: 7, count: 1, minimum: 7, maximum: 7 });
    expect(metrics.total('voice/test', 'Latency')).toEqual({ sum: 333.5, count: 12, minimum: 1, maximum: 40 });
    expect(metrics.total('voice/test', 'Latency', { Provider: 'polly' }).sum).toBe(9);
    expect(metrics.samples({ name: 'ActiveCalls' })).toMatchObject([
      { value: 7, count: 1, unit: 'Count', resolution: 1, source: 'PutMetricData', properties: {} },
    ]);
  });

  it('puts values beside a statistic set, as AWS was recorded to take them: the values count', async () => {
    const emulator = await emulatorWith({});
    const StatisticValues = { SampleCount: 10, Sum: 55, Minimum: 1, Maximum: 10 };
    await put(cloudwatchClientOf(emulator), [{ MetricName: 'm', Values: [1, 10], StatisticValues, Unit: 'Count' }]);
    expect(emulator.metrics.total('voice/test', 'm')).toEqual({ sum: 11, count: 2, minimum: 1, maximum: 10 });
  });

  it('puts 1,000 metrics in one request that it compresses', async () => {
    const emulator = await emulatorWith({});
    const data = Array.from({ length: 1000 }, (_, index) => ({
      MetricName: `Metric${index % 10}`,
      Value: 1,
      Timestamp: new Date(),
      Dimensions: [{ Name: 'Campaign', Value: `campaign-${index % 20}` }],
    }));
    await put(cloudwatchClientOf(emulator), data);
    expect(emulator.metrics.series().reduce((sum, series) => sum + series.count, 0)).toBe(1000);
  });

  it('is told which operations there are', async () => {
    const warnings: string[] = [];
    const client = cloudwatchClientOf(await emulatorWith({ warn: (message) => warnings.push(message) }));
    const error = await errorOf(client.send(new ListMetricStreamsCommand({})));
    expect(error.name).toBe('UnknownOperationException');
    expect(error.message).toMatch(
      /^monitoring:ListMetricStreams is not emulated: monitoring has .*PutMetricData.* here$/,
    );
    expect(warnings).toEqual([error.message]);
  });
});

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('what CloudWatch refuses', () => {
  // The first three messages are recorded replies of AWS.
  it.each<[string, MetricDatum, string, string]>([
    [
      'Value beside Values',
      { MetricName: 'm', Value: 1, Values: [1] },
      'InvalidParameterCombination',
      'The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both.',
    ],
    [
      'Values and Counts of different sizes',
      { MetricName: 'm', Values: [1, 2], Counts: [1] },
      'InvalidParameterValue',
      'The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.',
    ],
    [
      'Value beside StatisticValues',
      { MetricName: 'm', Value: 1, StatisticValues: { SampleCount: 1, Sum: 1, Minimum: 1, Maximum: 1 } },
      'InvalidParameterCombination',
      'The parameters MetricData.member.1.Value and MetricData.member.1.StatisticValues are mutually exclusive and you have specified both.',
    ],
    ['no value at all', { MetricName: 'm' }, 'InvalidParameterCombination', 'must be specified'],
    [
      'NaN',
      { MetricName: 'm', Value: Number.NaN },
      'InvalidParameterValue',
      'The value NaN for parameter MetricData.member.1.Value is invalid.',
    ],
    ['Infinity', { MetricName: 'm', Value: Number.POSITIVE_INFINITY }, 'InvalidParameterValue', 'The value Infinity'],
    ['2^361', { MetricName: 'm', Value: 2 ** 361 }, 'InvalidParameterValue', '2^360'],
    ['151 values', { MetricName: 'm', Values: many(151, () => 1) }, 'InvalidParameterValue', 'greater than 150'],
    [
      '31 dimensions',
      { MetricName: 'm', Value: 1, Dimensions: many(31, (index) => ({ Name: `d${index}`, Value: 'v' })) },
      'InvalidParameterValue',
      'MetricData.member.1.Dimensions must not have a size greater than 30',
    ],
    [
      'an empty name',
      { MetricName: '', Value: 1 },
      'MissingParameter',
      'The parameter MetricData.member.1.MetricName is required.',
    ],
    [
      'an empty dimension value',
      { MetricName: 'm', Value: 1, Dimensions: [{ Name: 'd', Value: '' }] },
      'MissingParameter',
      'MetricData.member.1.Dimensions.member.1.Value',
    ],
    [
      'a dimension value that is not ASCII',
      { MetricName: 'm', Value: 1, Dimensions: [{ Name: 'd', Value: 'é' }] },
      'InvalidParameterValue',
      'MetricData.member.1.Dimensions.member.1.Value is invalid',
    ],
    [
      'a dimension twice',
      { MetricName: 'm', Value: 1, Dimensions: ['a', 'b'].map((Value) => ({ Name: 'd', Value })) },
      'InvalidParameterValue',
      'No metric may specify the same dimension name twice.',
    ],
    [
      'an unknown unit',
      { MetricName: 'm', Value: 1, Unit: 'Calls' as 'Count' },
      'InvalidParameterValue',
      'must be a value in the set [ Seconds',
    ],
    [
      'a resolution of 30',
      { MetricName: 'm', Value: 1, StorageResolution: 30 },
      'InvalidParameterValue',
      'StorageResolution',
    ],
    [
      'a time 15 days ago',
      { MetricName: 'm', Value: 1, Timestamp: new Date(Date.now() - 15 * 86_400_000) },
      'InvalidParameterValue',
      'no more than two weeks in the past',
    ],
    [
      'a time 3 hours ahead',
      { MetricName: 'm', Value: 1, Timestamp: new Date(Date.now() + 3 * 3_600_000) },
      'InvalidParameterValue',
      'no more than two hours in the future',
    ],
  ])('%s', async (_, datum, Code, message) => {
    const emulator = await emulatorWith({});
    const error = await errorOf(put(cloudwatchClientOf(emulator), [datum]));
    expect(error.Code).toBe(Code);
    expect(error.message).toContain(message);
  });

  it('all of a request when one metric of it is bad', async () => {
    const emulator = await emulatorWith({});
    const data = [
      { MetricName: 'good', Value: 1 },
      { MetricName: 'bad', Value: Number.NaN },
    ];
    const error = await errorOf(put(cloudwatchClientOf(emulator), data));
    expect(error.message).toContain('MetricData.member.2.Value');
    expect(emulator.metrics.series()).toEqual([]);
  });

  it('1,001 metrics, and namespaces of AWS', async () => {
    const client = cloudwatchClientOf(await emulatorWith({}));
    const tooMany = await errorOf(
      put(
        client,
        many(1001, () => ({ MetricName: 'm', Value: 1 })),
      ),
    );
    expect(tooMany.message).toBe('The collection MetricData must not have a size greater than 1000.');
    const reserved = await errorOf(put(client, [{ MetricName: 'm', Value: 1 }], 'AWS/Lambda'));
    expect(reserved).toMatchObject({
      Code: 'InvalidParameterValue',
      message: 'The value AWS/Lambda for parameter Namespace is invalid.',
    });
  });
});
