import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
  type MetricDatum,
  PutMetricDataCommand,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../../src/core/clock.ts';
import { cloudwatchClientOf, emulatorWith, errorOf } from '../../running-emulator.ts';

const now = Date.parse('2026-11-23T20:00:30Z');
const minute = 60_000;
const at = (offsetMs: number) => new Date(now + offsetMs);
const Namespace = 'voice/test';

const client = async () => cloudwatchClientOf(await emulatorWith({ clock: testClock(now) }));

const put = (cloudwatch: CloudWatchClient, MetricData: MetricDatum[]) =>
  cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData }));

const get = (
  cloudwatch: CloudWatchClient,
  MetricDataQueries: MetricDataQuery[],
  more: Partial<GetMetricDataCommandInput> = {},
) =>
  cloudwatch.send(
    new GetMetricDataCommand({ MetricDataQueries, StartTime: at(-minute), EndTime: at(minute), ...more }),
  );

type Stat = { MetricName?: string; Stat?: string; Period?: number; Unit?: 'Seconds' | 'Milliseconds' };

const stat = (Id: string, { MetricName = 'metric1', Stat = 'Sum', Period = 60, Unit }: Stat = {}): MetricDataQuery => ({
  Id,
  MetricStat: { Metric: { Namespace, MetricName }, Stat, Period, ...(Unit && { Unit }) },
});

/** One value a minute, the last of the present one. */
const putMinutes = (cloudwatch: CloudWatchClient, MetricName: string, count: number) =>
  put(
    cloudwatch,
    Array.from({ length: count }, (_, index) => ({
      ...{ MetricName, Value: index, Timestamp: at((index + 1 - count) * minute) },
    })),
  );

describe('GetMetricData', () => {
  // Recorded of AWS: four values in Seconds, asked for as [statistic, period, unit].
  it.each<[readonly [string, number, 'Seconds' | 'Milliseconds'][], string[]]>([
    [
      [
        ['Sum', 60, 'Seconds'],
        ['Minimum', 30, 'Seconds'],
      ],
      ['metric1 Sum 60: 109', 'metric1 Minimum 30: 0'],
    ],
    [
      [
        ['Sum', 60, 'Seconds'],
        ['Minimum', 60, 'Seconds'],
      ],
      ['metric1 Sum: 109', 'metric1 Minimum: 0'],
    ],
    [
      [
        ['Sum', 60, 'Seconds'],
        ['Sum', 30, 'Seconds'],
      ],
      ['metric1 60: 109', 'metric1 30: 109'],
    ],
    [
      [
        ['Sum', 60, 'Seconds'],
        ['Minimum', 30, 'Milliseconds'],
      ],
      ['metric1 Sum 60: 109', 'metric1 Minimum 30: '],
    ],
    [
      [
        ['Sum', 60, 'Seconds'],
        ['Minimum', 60, 'Milliseconds'],
      ],
      ['metric1 Sum: 109', 'metric1 Minimum: '],
    ],
    [
      [
        ['Sum', 60, 'Seconds'],
        ['Sum', 30, 'Milliseconds'],
      ],
      ['metric1 60: 109', 'metric1 30: '],
    ],
    [
      [
        ['Sum', 60, 'Seconds'],
        ['Sum', 60, 'Milliseconds'],
      ],
      ['metric1: 109', 'metric1: '],
    ],
  ])('labels %j by what they differ in', async (asked, expected) => {
    const cloudwatch = await client();
    await put(
      cloudwatch,
      [0, 2, 7, 100].map((Value) => ({ MetricName: 'metric1', Value, Unit: 'Seconds' })),
    );
    const queries = asked.map(([Stat, Period, Unit], index) => stat(`result${index}`, { Stat, Period, Unit }));
    const { MetricDataResults = [], Messages } = await get(cloudwatch, queries);
    expect(MetricDataResults.map(({ Label, Values }) => `${Label}: ${Values}`)).toEqual(expected);
    expect(MetricDataResults.map(({ StatusCode }) => StatusCode)).toEqual(['Complete', 'Complete']);
    expect(Messages).toEqual([]);
  });

  // Recorded of AWS.
  it('answers with one of several units, and says so', async () => {
    const cloudwatch = await client();
    await put(cloudwatch, [
      { MetricName: 'metric1', Value: 60_000, Unit: 'Milliseconds' },
      { MetricName: 'metric1', Value: 60, Unit: 'Seconds' },
    ]);
    const { MetricDataResults } = await get(cloudwatch, [stat('m1')]);
    expect(MetricDataResults).toMatchObject([
      {
        ...{ Id: 'm1', Label: 'metric1', StatusCode: 'Complete', Values: [60_000] },
        Messages: [{ Code: 'MultipleUnits', Value: "Multiple units returned: '[Milliseconds, Seconds]'" }],
      },
    ]);
    const seconds = await get(cloudwatch, [stat('m1', { Unit: 'Seconds' })]);
    expect(seconds.MetricDataResults).toMatchObject([{ Values: [60] }]);
    expect(seconds.MetricDataResults?.[0]).not.toHaveProperty('Messages');
  });

  it('calculates over metrics, and returns what is asked for', async () => {
    const cloudwatch = await client();
    await put(cloudwatch, [
      { MetricName: 'Calls', Value: 8 },
      { MetricName: 'Answered', Value: 2 },
      { MetricName: 'Busy', Value: 1, Dimensions: [{ Name: 'Trunk', Value: 'a' }] },
    ]);
    const hidden = (query: MetricDataQuery) => ({ ...query, ReturnData: false });
    const { MetricDataResults } = await get(cloudwatch, [
      hidden(stat('calls', { MetricName: 'Calls' })),
      hidden(stat('answered', { MetricName: 'Answered' })),
      { Id: 'rate', Expression: '100 * answered / calls', Label: 'answer rate: ${LAST} of ${MAX}' },
      { Id: 'busy', Expression: `SEARCH('{${Namespace},Trunk} MetricName="Busy"', 'Sum', 60)` },
      { Id: 'all', Expression: `SELECT SUM(Calls) FROM "${Namespace}"`, Period: 60 },
    ]);
    expect(MetricDataResults).toMatchObject([
      { Id: 'rate', Label: 'answer rate: 25 of 25', Values: [25], Timestamps: [new Date('2026-11-23T20:00:00Z')] },
      { Id: 'busy', Values: [1] },
      { Id: 'all', Values: [8] },
    ]);
  });

  it('writes times in labels in the zone that is asked for', async () => {
    const cloudwatch = await client();
    await put(cloudwatch, [{ MetricName: 'metric1', Value: 1 }]);
    const { MetricDataResults } = await get(cloudwatch, [{ ...stat('m1'), Label: '${LAST_TIME}' }], {
      LabelOptions: { Timezone: '+0130' },
    });
    expect(MetricDataResults?.[0]?.Label).toContain('21:30');
  });

  it('begins its periods at the start that is asked for, rounded down to the minute', async () => {
    const cloudwatch = await client();
    await putMinutes(cloudwatch, 'metric1', 10);
    const { MetricDataResults } = await get(cloudwatch, [stat('m1', { Stat: 'SampleCount', Period: 300 })], {
      StartTime: new Date('2026-11-23T19:52:45Z'),
      ScanBy: 'TimestampAscending',
    });
    expect(MetricDataResults).toMatchObject([
      { Timestamps: [new Date('2026-11-23T19:52:00Z'), new Date('2026-11-23T19:57:00Z')], Values: [5, 4] },
    ]);
  });
});

describe('a page of GetMetricData', () => {
  it('has the newest points first unless the oldest are asked for', async () => {
    const cloudwatch = await client();
    await putMinutes(cloudwatch, 'metric1', 10);
    const values = async (more: Partial<GetMetricDataCommandInput>) =>
      (await get(cloudwatch, [stat('m1')], { StartTime: at(-10 * minute), ...more })).MetricDataResults?.[0]?.Values;
    const ascending = Array.from({ length: 10 }, (_, index) => index);
    expect(await values({})).toEqual(ascending.toReversed());
    expect(await values({ ScanBy: 'TimestampDescending' })).toEqual(ascending.toReversed());
    expect(await values({ ScanBy: 'TimestampAscending' })).toEqual(ascending);
  });

  it.each(['TimestampAscending', 'TimestampDescending'] as const)(
    'goes on where the one before ended, %s',
    async (ScanBy) => {
      const cloudwatch = await client();
      await putMinutes(cloudwatch, 'metric1', 25);
      await putMinutes(cloudwatch, 'metric2', 3);
      const MetricDataQueries = [stat('m1'), stat('m2', { MetricName: 'metric2' }), stat('m3', { MetricName: 'none' })];
      const input = { MetricDataQueries, StartTime: at(-60 * minute), EndTime: at(minute), ScanBy, MaxDatapoints: 10 };
      const pages: string[] = [];
      const found: Record<string, number[]> = { m1: [], m2: [] };
      for await (const page of paginateGetMetricData({ client: cloudwatch }, input)) {
        const results = page.MetricDataResults ?? [];
        for (const { Id = '', Values = [] } of results) found[Id] = [...(found[Id] ?? []), ...Values];
        pages.push(results.map(({ Id, Values, StatusCode }) => `${Id} ${Values?.length} ${StatusCode}`).join(', '));
      }
      expect(pages).toEqual(['m1 10 PartialData', 'm1 10 PartialData', 'm1 5 Complete, m2 3 Complete, m3 0 Complete']);
      const all = Array.from({ length: 25 }, (_, index) => index);
      expect(found.m1).toEqual(ScanBy === 'TimestampAscending' ? all : all.toReversed());
    },
  );

  it('goes on at the same place when points came in between', async () => {
    const cloudwatch = await client();
    await putMinutes(cloudwatch, 'metric1', 4);
    const span = { StartTime: at(-60 * minute), EndTime: at(10 * minute), MaxDatapoints: 2 };
    const first = await get(cloudwatch, [stat('m1')], span);
    await put(cloudwatch, [{ MetricName: 'metric1', Value: 99, Timestamp: at(5 * minute) }]);
    const second = await get(cloudwatch, [stat('m1')], { ...span, NextToken: first.NextToken });
    expect([first, second].map(({ MetricDataResults }) => MetricDataResults?.[0]?.Values)).toEqual([
      [3, 2],
      [1, 0],
    ]);
  });

  it('is the only one of math, which says that it has not all', async () => {
    const cloudwatch = await client();
    await putMinutes(cloudwatch, 'metric1', 4);
    const hidden = { ...stat('m1'), ReturnData: false };
    const span = { StartTime: at(-60 * minute), MaxDatapoints: 3 };
    const { NextToken, MetricDataResults } = await get(cloudwatch, [hidden, { Id: 'e1', Expression: 'm1 * 2' }], span);
    expect(MetricDataResults).toMatchObject([{ Id: 'e1', Values: [6, 4, 2], StatusCode: 'PartialData' }]);
    expect(NextToken).toBeUndefined();
  });

  it.each(['nonsense', 'WzBd', 'WzAsOV0', 'WyJhIiwwXQ', 'bnVsbA'])(
    'is refused for the token %s of no page',
    async (NextToken) => {
      const cloudwatch = await client();
      const error = await errorOf(get(cloudwatch, [], { MetricDataQueries: [stat('m1')], NextToken: `${NextToken}` }));
      expect(error.Code).toBe('InvalidNextToken');
    },
  );
});

describe('what GetMetricData refuses', () => {
  // Most in the words that users quote of AWS.
  it.each<[string, MetricDataQuery[], Partial<GetMetricDataCommandInput>, string]>([
    [
      'an Id that is none',
      [stat('5xx')],
      {},
      'The value 5xx for parameter MetricDataQueries.member.1.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.\n',
    ],
    ['an Id twice', [stat('m1'), stat('m1')], {}, 'The values for parameter id in MetricDataQueries are not unique.\n'],
    [
      'statistics that are none, all at once',
      [stat('m1', { Stat: 'Min' }), stat('m2'), stat('m3', { Stat: 'None' })],
      {},
      'The value Min for parameter MetricDataQueries.member.1.MetricStat.Stat is not a valid statistic.\nThe value None for parameter MetricDataQueries.member.3.MetricStat.Stat is not a valid statistic.\n',
    ],
    [
      'neither metric nor expression',
      [{ Id: 'm1' }],
      {},
      'The parameter MetricDataQueries.member.1.MetricStat is required.\n',
    ],
    [
      'both',
      [{ ...stat('m1'), Expression: 'm2' }],
      {},
      'The parameters MetricDataQueries.member.1.Expression and MetricDataQueries.member.1.MetricStat are mutually exclusive and you have specified both.\n',
    ],
    [
      'a metric without a namespace',
      [{ Id: 'm1', MetricStat: { Metric: { MetricName: 'Calls' }, Stat: 'Sum', Period: 60 } }],
      {},
      'The parameter MetricDataQueries.member.1.MetricStat.Metric.Namespace is required.\n',
    ],
    ['no time', [stat('m1')], { EndTime: at(-minute) }, 'The parameter StartTime must not equal parameter EndTime.\n'],
    [
      'another account',
      [{ ...stat('m1'), AccountId: '999999999999' }],
      {},
      'The value 999999999999 for parameter MetricDataQueries.member.1.AccountId is invalid: only 123456789012 is emulated.\n',
    ],
    ['too many points', [stat('m1')], { MaxDatapoints: 100_801 }, 'The parameter MaxDatapoints must be'],
    ['another time zone', [stat('m1')], { LabelOptions: { Timezone: 'UTC' } }, 'parameter LabelOptions.Timezone'],
    ['an expression that cannot be read', [{ Id: 'e1', Expression: 'SUM(' }], {}, "Error in expression 'e1': "],
    ['an expression of what is not there', [{ Id: 'e1', Expression: 'm1 + 1' }], {}, "Error in expression 'e1': "],
  ])('is %s', async (_, queries, more, message) => {
    const error = await errorOf(get(await client(), queries, more));
    expect(error.Code).toBe('ValidationError');
    expect(error.message).toContain(message);
  });
});
