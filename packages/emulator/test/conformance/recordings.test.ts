import {
  type CloudWatchClient,
  DeleteAnomalyDetectorCommand,
  DeleteDashboardsCommand,
  DeleteInsightRulesCommand,
  DescribeAnomalyDetectorsCommand,
  DescribeInsightRulesCommand,
  DisableInsightRulesCommand,
  EnableInsightRulesCommand,
  GetDashboardCommand,
  GetInsightRuleReportCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListDashboardsCommand,
  ListMetricsCommand,
  type MetricDatum,
  PutAnomalyDetectorCommand,
  PutDashboardCommand,
  PutInsightRuleCommand,
  PutMetricDataCommand,
  type Statistic,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../src/core/clock.ts';
import type { Emulator } from '../../src/emulator.ts';
import { cloudwatchClientOf, type cloudwatchProtocols, emulatorWith } from '../running-emulator.ts';
import { answered, expected, failed, failure, recordings } from './recorded.ts';

const start = Date.UTC(2026, 10, 23, 12);
const account = '111111111111';
const minutes = { StartTime: new Date(start - 60_000), EndTime: new Date(start + 60_000) };

type World = {
  readonly client: CloudWatchClient;
  readonly emulator: Emulator;
};

const put = (client: CloudWatchClient, ...MetricData: MetricDatum[]) =>
  client.send(new PutMetricDataCommand({ Namespace: 'namespace', MetricData }));

type Asked = {
  readonly Id: string;
  readonly MetricName: string;
  readonly Stat?: string;
  readonly Unit?: MetricDatum['Unit'];
  readonly Dimensions?: MetricDatum['Dimensions'];
};

const data = async (client: CloudWatchClient, ...asked: Asked[]) => {
  const MetricDataQueries = asked.map(({ Id, MetricName, Dimensions, Stat = 'Sum', Unit }) => ({
    Id,
    MetricStat: { Metric: { Namespace: 'namespace', MetricName, Dimensions }, Period: 60, Stat, Unit },
  }));
  return client.send(new GetMetricDataCommand({ ...minutes, MetricDataQueries }));
};

const statistics = (client: CloudWatchClient, MetricName: string, Statistics: Statistic[], more = {}) =>
  client.send(
    new GetMetricStatisticsCommand({ Namespace: 'namespace', MetricName, ...minutes, Period: 60, Statistics, ...more }),
  );

const body = {
  widgets: [
    {
      ...{ type: 'metric', x: 0, y: 0, width: 6, height: 6 },
      properties: {
        metrics: [['AWS/EC2', 'CPUUtilization', 'InstanceId', 'i-12345678']],
        ...{ region: 'us-east-1', view: 'timeSeries', stacked: false },
      },
    },
  ],
};

const rule = {
  ...{ Schema: { Name: 'CloudWatchLogRule', Version: 1 }, LogGroupNames: ['API-Gateway-Access-Logs*'] },
  ...{ LogFormat: 'CLF', Fields: { 4: 'IpAddress', 7: 'StatusCode' }, AggregateOn: 'Count' },
  Contribution: { Keys: ['IpAddress'], Filters: [{ Match: 'StatusCode', EqualTo: 200 }] },
};

/** What was done to AWS, done here: responses by the names that the recordings give them. */
const stories: Readonly<Record<string, (world: World) => Promise<Readonly<Record<string, unknown>>>>> = {
  dashboard_lifecycle: async ({ client }) => {
    const DashboardName = 'dashboard';
    await client.send(new PutDashboardCommand({ DashboardName, DashboardBody: JSON.stringify(body) }));
    const list = (DashboardNamePrefix?: string) => client.send(new ListDashboardsCommand({ DashboardNamePrefix }));
    const responses = {
      get_dashboard: await client.send(new GetDashboardCommand({ DashboardName })),
      list_dashboards: await list(),
      list_dashboards_prefix_empty: await list('no-'),
      list_dashboards_prefix: await list('dash'),
    };
    await client.send(new DeleteDashboardsCommand({ DashboardNames: [DashboardName] }));
    return { ...responses, list_dashboards_empty: await list() };
  },
  insight_rule: async ({ client }) => {
    const RuleNames = ['rule'];
    const Period = 300;
    const times = { StartTime: new Date(start - 3_600_000), EndTime: new Date(start + 300_000), Period };
    const put = new PutInsightRuleCommand({
      RuleName: 'rule',
      RuleState: 'ENABLED',
      RuleDefinition: JSON.stringify(rule),
    });
    return {
      create_insight_rule: await client.send(put),
      describe_insight_rule: await client.send(new DescribeInsightRulesCommand({})),
      disable_insight_rule: await client.send(new DisableInsightRulesCommand({ RuleNames })),
      enable_insight_rule: await client.send(new EnableInsightRulesCommand({ RuleNames })),
      get_insight_rule_report: await client.send(
        new GetInsightRuleReportCommand({ RuleName: 'rule', ...times, Metrics: ['UniqueContributors'] }),
      ),
      delete_insight_rule: await client.send(new DeleteInsightRulesCommand({ RuleNames })),
    };
  },
  anomaly_detector_lifecycle: async ({ client }) => {
    const SingleMetricAnomalyDetector = {
      ...{ Namespace: 'MyNamespace', MetricName: 'MyMetric', Stat: 'Sum' },
      Dimensions: [{ Name: 'DimensionName', Value: 'DimensionValue' }],
    };
    return {
      create_anomaly_detector: await client.send(new PutAnomalyDetectorCommand({ SingleMetricAnomalyDetector })),
      describe_anomaly_detector: await client.send(new DescribeAnomalyDetectorsCommand({})),
      delete_anomaly_detector: await client.send(new DeleteAnomalyDetectorCommand({ SingleMetricAnomalyDetector })),
    };
  },
  get_metric_data_for_multiple_metrics: async ({ client }) => {
    await put(
      client,
      ...[50, 25, 55].map((Value, index) => ({ MetricName: `metric${index + 1}`, Value, Unit: 'Seconds' as const })),
    );
    const asked = ['1', '2', '3'].map((each) => ({ Id: `result${each}`, MetricName: `metric${each}` }));
    return { get_metric_data: await data(client, ...asked) };
  },
  ...Object.fromEntries(
    ['Average', 'Minimum', 'Sum', 'Maximum', 'SampleCount'].map((Stat) => [
      `get_metric_data_stats ${Stat}`,
      async ({ client }: World) => {
        await put(client, ...Array.from({ length: 11 }, (_, index) => ({ MetricName: 'metric1', Value: index + 1 })));
        return { get_metric_data: await data(client, { Id: 'result1', MetricName: 'metric1', Stat }) };
      },
    ]),
  ),
  get_metric_data_with_different_units: async ({ client }) => {
    await put(
      client,
      { MetricName: 'm-test', Value: 1, Unit: 'Seconds' },
      { MetricName: 'm-test', Value: 1, Unit: 'Milliseconds' },
    );
    const asked = { Id: 'm1', MetricName: 'm-test', Stat: 'Average', Unit: 'Seconds' as const };
    return { get_metric_data_with_different_units: await data(client, asked) };
  },
  get_metric_data_with_dimensions: async ({ client }) => {
    const of = (Value: string) => [{ Name: 'InstanceId', Value }];
    await put(
      client,
      { MetricName: 'metric1', Value: 11, Dimensions: of('one') },
      { MetricName: 'metric1', Value: 88, Dimensions: of('two') },
    );
    return { get_metric_data: await data(client, { Id: 'result1', MetricName: 'metric1', Dimensions: of('one') }) };
  },
  get_metric_data_with_zero_and_labels: async ({ client }) => {
    await put(client, ...[0, 2, 4, 3.5, 7, 100].map((Value) => ({ MetricName: 'metric1', Value })));
    const asked = ['Average', 'Sum', 'Minimum', 'Maximum'].map((Stat) => ({
      ...{ Id: `result_${Stat}`, MetricName: 'metric1', Stat },
    }));
    // An Id begins with a small letter, as these do.
    return { get_metric_data_with_zero_and_labels: await data(client, ...asked) };
  },
  get_metric_with_no_results: async ({ client }) => ({
    result: await data(client, { Id: 'result', MetricName: 'nothing' }),
  }),
  get_metric_with_null_dimensions: async ({ client }) => {
    const Dimensions = [{ Name: 'foo', Value: 'bar' }];
    await put(client, { MetricName: 'metric1', Value: 1 });
    return { get_metric_with_null_dimensions: await data(client, { Id: 'm', MetricName: 'metric1', Dimensions }) };
  },
  get_metric_statistics: async ({ client }) => {
    await put(client, ...Array.from({ length: 10 }, (_, Value) => ({ MetricName: 'metric', Value })));
    const all: Statistic[] = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];
    return { get_metric_statistics: await statistics(client, 'metric', all) };
  },
  put_metric_data_values_list: async ({ client }) => {
    await put(client, { MetricName: 'test-metric', Values: [1, 10], Counts: [2, 4], Unit: 'Count' });
    return { get_metric_statistics: await statistics(client, 'test-metric', ['SampleCount', 'Sum', 'Maximum']) };
  },
  multiple_dimensions_statistics: async ({ client }) => {
    const Dimensions = Object.entries({
      ...{ error: 'none', exception: 'none', method: 'GET', outcome: 'SUCCESS', status: '200', uri: '/greetings' },
    }).map(([Name, Value]) => ({ Name, Value }));
    const MetricName = 'http.server.requests.count';
    await put(client, { MetricName, Value: 5, Dimensions, Unit: 'Count' });
    return {
      'get-metric-stats-max': await data(client, { Id: 'result1', MetricName, Dimensions, Stat: 'Maximum' }),
      'list-metrics': await client.send(new ListMetricsCommand({ Namespace: 'namespace', MetricName })),
    };
  },
  handle_different_units: async ({ client }) => {
    await put(
      client,
      { MetricName: 'm-test', Value: 10 },
      { MetricName: 'm-test', Value: 5, Unit: 'Count' },
      { MetricName: 'm-test', Value: 1, Unit: 'Seconds' },
    );
    const { Datapoints = [], Label } = await statistics(client, 'm-test', ['Average']);
    // In the order of the recording: AWS promises none.
    Datapoints.sort((one, other) => (other.Average ?? 0) - (one.Average ?? 0));
    return { get_metric_statistics_with_different_units: { Datapoints, Label } };
  },
};

const refusals: Readonly<Record<string, Readonly<Record<string, (client: CloudWatchClient) => Promise<unknown>>>>> = {
  invalid_dashboard_name: {
    'error-invalid-dashboardname': (client) =>
      client.send(new PutDashboardCommand({ DashboardName: 'test dashboard!', DashboardBody: JSON.stringify(body) })),
  },
  invalid_amount_of_datapoints: {
    'error-invalid-amount-datapoints': (client) =>
      statistics(client, 'metric_name', ['SampleCount'], {
        StartTime: new Date(start - 86_400_000),
        EndTime: new Date(start),
        Period: 1,
      }),
    'error-invalid-time-frame': (client) =>
      statistics(client, 'metric_name', ['SampleCount'], { EndTime: minutes.StartTime }),
  },
  put_metric_data_validation: {
    'invalid-param-combination': (client) =>
      put(client, { MetricName: 'm', Value: 1, Values: [1, 10], Counts: [2, 4] }),
    'invalid-param-value': (client) => put(client, { MetricName: 'm', Values: [1, 10], Counts: [2, 4, 5] }),
    'invalid-param-combination-2': (client) =>
      put(client, {
        ...{ MetricName: 'm', Value: 1 },
        StatisticValues: { SampleCount: 1, Sum: 1, Minimum: 1, Maximum: 1 },
      }),
  },
};

/** A plain answer beside refusals. */
const elsewhere = new Set(['get-metric-statitics']);

const worldOf = async (protocol: keyof typeof cloudwatchProtocols): Promise<World> => {
  const emulator = await emulatorWith({ clock: testClock(start), accountId: account });
  return { emulator, client: cloudwatchClientOf(emulator, protocol) };
};

describe.each(['JSON', 'CBOR', 'Query'] as const)('over %s, CloudWatch answers as AWS was recorded to', (protocol) => {
  it.each(Object.keys(stories))('%s', async (name) => {
    const responses = (await stories[name]?.(await worldOf(protocol))) ?? {};
    for (const [response, recorded] of Object.entries(recordings[name] ?? {})) {
      expect({ [response]: answered(responses[response]) }).toEqual({ [response]: expected(recorded) });
    }
  });

  it.each(Object.keys(refusals))('%s', async (name) => {
    const { client } = await worldOf(protocol);
    for (const [response, recorded] of Object.entries(recordings[name] ?? {})) {
      const call = refusals[name]?.[response];
      if (call === undefined && elsewhere.has(response)) continue;
      expect(await failed(call?.(client) ?? Promise.resolve())).toEqual(failure(recorded));
    }
  });
});

/** The elements of a document that have text, by name. */
const textsIn = (xml: string) =>
  Object.fromEntries([...xml.matchAll(/<(\w+)>([^<]+)<\/\1>/g)].map(([, name, text]) => [name, text]));

describe('a Query request without an SDK', () => {
  const story = recordings.exception_serializing_with_no_shape_in_spec ?? {};

  it.each([
    ['invalid-value-response', 'INVALID', {}],
    ['not-found-response', 'OK', {}],
    ['not-found-response-query-mode-true', 'OK', { 'x-amzn-query-mode': 'true' }],
  ])('%s', async (name, StateValue, headers) => {
    const { emulator } = await worldOf('Query');
    const Action = 'SetAlarmState';
    const body = new URLSearchParams({
      Action,
      Version: '2010-08-01',
      AlarmName: 'none',
      StateReason: 'x',
      StateValue,
    });
    const response = await fetch(emulator.url, { method: 'POST', body, headers });
    const { ErrorResponse } = story[name] as { readonly ErrorResponse: Readonly<Record<string, object>> };
    const { '@xmlns': namespace, Error: error, RequestId } = ErrorResponse;
    const xml = await response.text();
    expect(xml).toContain(`<ErrorResponse xmlns="${namespace}">`);
    expect(textsIn(xml.replaceAll('&apos;', "'"))).toEqual({ ...error, RequestId: expected(RequestId) });
  });
});

describe('a JSON request without an SDK', () => {
  it.each([
    [400, {}],
    [404, { 'x-amzn-query-mode': 'true' }],
  ])(
    'for an alarm that there is not has status %i and a type alone, as recorded in the same file',
    async (status, mode) => {
      const { emulator } = await worldOf('JSON');
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'GraniteServiceVersion20100801.SetAlarmState',
        ...mode,
      };
      const body = JSON.stringify({ AlarmName: 'none', StateReason: 'x', StateValue: 'OK' });
      const response = await fetch(emulator.url, { method: 'POST', body, headers });
      expect([response.status, await response.json()]).toEqual([
        status,
        { __type: 'com.amazonaws.cloudwatch.v2010_08_01#ResourceNotFound' },
      ]);
    },
  );
});

it('every recording is compared', () => {
  const here = 'exception_serializing_with_no_shape_in_spec';
  const named = [here, ...Object.keys(stories), ...Object.keys(refusals)];
  expect(Object.keys(recordings).filter((name) => !named.includes(name))).toEqual([]);
});
