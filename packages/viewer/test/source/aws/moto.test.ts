import { PutDashboardCommand, PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasMoto, type Moto, motoSuite, startMoto } from '../../../../../tools/moto.ts';
import { awsSource } from '../../../src/aws.ts';
import { openDashboard } from '../../../src/view/open-dashboard.ts';
import { widgetRequests } from '../../../src/view/widget-data.ts';
import { clientsOf } from '../../tools/account.ts';

describe.skipIf(!hasMoto)(motoSuite('a source that is an account, here moto'), () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto?.stop());

  it('fills the widgets of a dashboard, doing the math that moto leaves out', async () => {
    const { clients } = clientsOf(moto.url);
    const minute = Math.floor(Date.now() / 60_000) * 60_000 - 300_000;
    const Timestamp = new Date(minute);
    const MetricData = [
      { MetricName: 'TotalCalls', Value: 8, Timestamp },
      { MetricName: 'AnsweredCalls', Value: 2, Timestamp },
    ];
    await clients.cloudWatch.send(new PutMetricDataCommand({ Namespace: 'voice', MetricData }));
    const region = 'us-east-1';
    const metrics = [
      ['voice', 'TotalCalls', { id: 't', stat: 'Sum', period: 60 }],
      ['voice', 'AnsweredCalls', { id: 'a', stat: 'Sum', period: 60 }],
      [{ expression: '100 * a / t', id: 'rate', label: 'Answer rate' }],
    ];
    const body = { widgets: [{ type: 'metric', properties: { region, metrics } }] };
    const DashboardBody = JSON.stringify(body);
    await clients.cloudWatch.send(new PutDashboardCommand({ DashboardName: 'calls', DashboardBody }));
    const source = awsSource(clients, { region, endpoint: moto.url });
    expect((await source.dashboards()).map(({ name }) => name)).toEqual(['calls']);
    const view = await openDashboard(source, 'calls', {});
    const now = source.now();
    const requests = widgetRequests(source, view?.dashboard ?? { widgets: [] }, {
      range: { start: now - 3600, end: now },
    });
    const data = await Promise.all(requests.map(({ load }) => load()));
    expect(data).toMatchObject([
      {
        kind: 'metrics',
        series: [
          { label: 'TotalCalls', values: [8], timestamps: [minute / 1000] },
          { label: 'AnsweredCalls', values: [2] },
          { label: 'Answer rate', values: [25] },
        ],
        messages: [],
      },
    ]);
  });

  it('lists alarms and log lines, and says what moto cannot do', async () => {
    const { clients } = clientsOf(moto.url);
    const watched = { Namespace: 'voice', MetricName: 'TotalCalls', Statistic: 'Sum' as const, Period: 60 };
    const limit = { EvaluationPeriods: 2, Threshold: 5, ComparisonOperator: 'LessThanThreshold' as const };
    await clients.cloudWatch.send(new PutMetricAlarmCommand({ AlarmName: 'few', ...watched, ...limit }));
    const group = { logGroupName: '/aws/lambda/dialer', logStreamName: 'one' };
    await clients.logs.send(new CreateLogGroupCommand(group));
    await clients.logs.send(new CreateLogStreamCommand(group));
    const logEvents = [{ timestamp: Date.now(), message: 'hello' }];
    await clients.logs.send(new PutLogEventsCommand({ ...group, logEvents }));
    const source = awsSource(clients, { region: 'us-east-1', endpoint: moto.url });
    expect(await source.alarms()).toMatchObject([
      { name: 'few', state: 'OK', condition: 'TotalCalls Sum < 5 for 2 of 2 datapoints within 2 min' },
    ]);
    expect(await source.logLines({ group: group.logGroupName, limit: 5 })).toMatchObject([{ message: 'hello' }]);
    expect(await source.logGroups()).toMatchObject({ groups: [{ name: group.logGroupName }] });
    const now = source.now();
    await expect(source.alarm('few', { start: now - 60, end: now })).rejects.toThrow(/^DescribeAlarmHistory: /);
    await expect(source.traces('fault', { start: now - 60, end: now })).rejects.toThrow(/^GetTraceSummaries: /);
  });
});
