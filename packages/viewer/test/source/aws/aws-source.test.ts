import { PutCompositeAlarmCommand, PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PutTraceSegmentsCommand } from '@aws-sdk/client-xray';
import type { WidgetQuery } from '@voice-campaign/cloudwatch-engine/dashboards';
import { type Emulator, startEmulator, type TestClock, testClock } from '@voice-campaign/emulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AwsSourceOptions, awsSource } from '../../../src/aws.ts';
import { emulatorSource } from '../../../src/index.ts';
import { type Counted, clientsOf, scheduleBy } from '../../tools/account.ts';

const START = Date.UTC(2026, 10, 24, 12, 30);
const NAMESPACE = 'voice-campaign/test';

const metric = (Id: string, MetricName: string, Period = 60, Stat = 'Sum'): WidgetQuery => ({
  Id,
  ReturnData: true,
  MetricStat: { Metric: { Namespace: NAMESPACE, MetricName, Dimensions: [] }, Period, Stat },
});
const math = (Id: string, Expression: string): WidgetQuery => ({ Id, ReturnData: true, Expression, Period: 60 });

describe('a source that is an account, here the emulator as its endpoint', () => {
  let clock: TestClock;
  let emulator: Emulator;
  let account: Counted;

  beforeEach(async () => {
    clock = testClock(START);
    emulator = await startEmulator({ functions: [], clock, stopOnSignals: false });
    account = clientsOf(emulator.url);
  });
  afterEach(() => emulator.stop());

  const open = (options: Partial<AwsSourceOptions> = {}) =>
    awsSource(account.clients, { region: 'us-east-1', now: clock.now, schedule: scheduleBy(clock), ...options });
  const put = (MetricName: string, Value: number, StorageResolution = 60) => {
    const datum = { MetricName, Value, Timestamp: new Date(clock.now()), StorageResolution };
    return account.clients.cloudWatch.send(new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData: [datum] }));
  };
  const range = (seconds = 3600) => ({ start: clock.now() / 1000 - seconds, end: clock.now() / 1000 });
  const calls = (operation: string) => account.calls.filter((call) => call.operation === operation);
  const queriesOf = (call: { readonly input: object }) =>
    (call.input as { readonly MetricDataQueries: readonly unknown[] }).MetricDataQueries;

  it('draws what the emulator draws by itself, math and searches included', async () => {
    for (let minute = 0; minute < 10; minute += 1) {
      await put('TotalCalls', 10 + minute);
      await put('AnsweredCalls', minute);
      await clock.advance('60s');
    }
    const queries = [
      metric('t', 'TotalCalls'),
      metric('a', 'AnsweredCalls'),
      metric('p', 'TotalCalls', 300, 'p90'),
      math('rate', '100 * a / t'),
      math('s', `SEARCH('{"${NAMESPACE}"} Calls', 'Maximum', 60)`),
    ];
    const question = { queries, range: range(), fromStart: false };
    const [wanted] = await emulatorSource(emulator, { now: clock.now }).metricData([question]);
    const [found] = await open().metricData([question]);
    expect(found?.results.map(({ unit: _, ...result }) => result)).toEqual(
      wanted?.results.map(({ unit: _, ...result }) => result),
    );
    expect(wanted?.results.every(({ values }) => values.length > 0)).toBe(true);
    const whole = { queries: [metric('w', 'TotalCalls', 3600)], range: range(), fromStart: true };
    const [ofAll] = await open().metricData([whole]);
    expect(ofAll?.results[0]?.values).toEqual([145]);
  });

  it('asks once for all widgets and pages, 500 metrics in a call', async () => {
    const source = open();
    const widgets = Array.from({ length: 60 }, (_, widget) => ({
      queries: Array.from({ length: 20 }, (_, row) => metric(`m${row}`, `Metric${(widget * 20 + row) % 600}`)),
      range: range(),
      fromStart: false,
    }));
    await Promise.all([...widgets, ...widgets].map((question) => source.metricData([question])));
    expect(calls('GetMetricData').map((call) => queriesOf(call).length)).toEqual([500, 100]);
    expect(source.describe().polling?.dollarsSoFar).toBeCloseTo(600 * 0.00001, 10);
    await source.metricData(widgets);
    expect(calls('GetMetricData')).toHaveLength(2);
  });

  it('polls a metric of one second each second and others each minute, only what may have changed', async () => {
    const source = open();
    const question = () => ({
      queries: [metric('m', 'TotalCalls'), metric('c', 'ActiveCalls', 1, 'Maximum')],
      range: range(),
      fromStart: false,
    });
    let told = 0;
    source.onChange((part) => {
      if (part === 'metrics') told += 1;
    });
    await source.metricData([question()]);
    account.calls.length = 0;
    for (let second = 0; second < 120; second += 1) {
      await put('ActiveCalls', second, 1);
      await clock.advance('1s');
      if (second % 5 === 0) await source.metricData([question()]);
    }
    const asked = calls('GetMetricData').map(
      ({ input }) => input as { MetricDataQueries: { MetricStat: { Period: number } }[]; StartTime: Date },
    );
    const ofSecond = asked.filter(({ MetricDataQueries: [query] }) => query?.MetricStat.Period === 1);
    const ofMinute = asked.filter(({ MetricDataQueries: [query] }) => query?.MetricStat.Period === 60);
    expect(ofSecond.length).toBeGreaterThanOrEqual(100);
    expect(ofSecond.length).toBeLessThanOrEqual(125);
    expect(ofMinute).toHaveLength(2);
    expect(clock.now() - Number(ofMinute.at(-1)?.StartTime)).toBeLessThan(8 * 60_000);
    expect(told).toBeGreaterThanOrEqual(100);
    const [answer] = await source.metricData([question()]);
    expect(answer?.results[1]?.values.slice(-3)).toEqual([117, 118, 119]);
  });

  it('asks for nothing when no page is open', async () => {
    const source = open();
    await source.metricData([{ queries: [metric('c', 'ActiveCalls', 1)], range: range(), fromStart: false }]);
    await clock.advance('60s');
    account.calls.length = 0;
    await clock.advance('1h');
    expect(account.calls).toEqual([]);
    expect(source.describe().polling?.dollarsPerHour).toBe(0);
  });

  it('keeps to its budget by asking less often, and says so', async () => {
    const source = open({ budgetPerHour: 0.1 });
    const queries = Array.from({ length: 50 }, (_, index) => metric(`m${index}`, `Metric${index}`, 1));
    const question = () => ({ queries, range: range(600), fromStart: false });
    await source.metricData([question()]);
    const before = source.describe().polling?.dollarsSoFar ?? 0;
    for (let seconds = 0; seconds < 600; seconds += 10) {
      await clock.advance('10s');
      await source.metricData([question()]);
    }
    const { polling } = source.describe();
    expect(polling).toMatchObject({ slowedDown: true, budgetPerHour: 0.1, dollarsPerHour: expect.closeTo(0.1, 5) });
    const spent = (polling?.dollarsSoFar ?? 0) - before;
    expect(spent).toBeGreaterThan(0.01);
    expect(spent).toBeLessThan((0.1 / 6) * 1.1);
  });

  it('has a search find the values of a variable, and shows dashboards, alarms and their history', async () => {
    await put('TotalCalls', 4);
    const { cloudWatch } = account.clients;
    const alarm = { Namespace: NAMESPACE, MetricName: 'TotalCalls', Statistic: 'Sum' as const, Period: 60 };
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        ...{ ...alarm, AlarmName: 'few calls', EvaluationPeriods: 1, Threshold: 5 },
        ...{ ComparisonOperator: 'LessThanThreshold' as const, AlarmDescription: '<script>alert(1)</script>' },
      }),
    );
    await cloudWatch.send(new PutCompositeAlarmCommand({ AlarmName: 'all', AlarmRule: 'ALARM("few calls")' }));
    await clock.advance('2m');
    const source = open();
    const direct = emulatorSource(emulator, { now: clock.now });
    expect(await source.searchValues(`{"${NAMESPACE}"} MetricName="TotalCalls"`, 'MetricName')).toEqual(['TotalCalls']);
    expect(await source.alarms()).toEqual(await direct.alarms());
    const detail = await source.alarm('few calls', range());
    const wanted = await direct.alarm('few calls', range());
    expect(detail?.history).toEqual(wanted?.history);
    expect(detail?.series.map(({ values }) => values)).toEqual([[4]]);
    expect(await source.alarm('none', range())).toBeUndefined();
    expect(await source.dashboards()).toEqual([]);
    expect(await source.dashboardBody('none')).toBeUndefined();
    expect(await source.mailbox()).toEqual({ mails: [], unknown: expect.stringContaining('keeps no copy') });
  });

  it('shows traces as the emulator does', async () => {
    const second = START / 1000;
    const id = `1-${Math.floor(second).toString(16)}-0123456789abcdef01234567`;
    const document = {
      ...{ trace_id: id, id: '0123456789abcdef', name: 'dialer-worker', start_time: second - 2, end_time: second - 1 },
      ...{ fault: true, annotations: { campaign: '<b>spring</b>' }, http: { response: { status: 500 } } },
      subsegments: [
        { id: '1123456789abcdef', name: 'SQS', namespace: 'aws', start_time: second - 2, end_time: second - 1.5 },
      ],
    };
    await account.clients.xray.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: [JSON.stringify(document)] }));
    await clock.advance('10s');
    const source = open();
    const direct = emulatorSource(emulator, { now: clock.now });
    const { traces } = await source.traces('annotation.campaign = "<b>spring</b>"', range());
    expect(traces).toMatchObject([{ id, state: 'fault', status: 500, name: 'dialer-worker' }]);
    expect((await source.traces('ok', range())).traces).toEqual([]);
    expect((await source.trace(id))?.spans).toEqual((await direct.trace(id))?.spans);
    const map = await source.serviceMap(range());
    const wanted = await direct.serviceMap(range());
    expect(map.nodes.map(({ name, traffic }) => [name, traffic.count])).toEqual(
      wanted.nodes.map(({ name, traffic }) => [name, name === 'client' ? 0 : traffic.count]),
    );
    await expect(source.traces('service(', range())).rejects.toThrow(/^GetTraceSummaries: /);
  });

  it('follows the log groups that a page watches, each line once, and runs queries', async () => {
    const group = { logGroupName: '/aws/lambda/dialer', logStreamName: 'one' };
    const { logs } = account.clients;
    await logs.send(new CreateLogGroupCommand(group));
    await logs.send(new CreateLogStreamCommand(group));
    const write = (message: string) =>
      logs.send(new PutLogEventsCommand({ ...group, logEvents: [{ timestamp: clock.now(), message }] }));
    await write('first');
    const source = open();
    source.onChange(() => {});
    const asked = { group: group.logGroupName, limit: 10 };
    expect(await source.logLines(asked)).toMatchObject([{ id: 1, message: 'first', group: asked.group }]);
    await write('<img src=x onerror=alert(1)>');
    await clock.advance('15s');
    const after = await source.logLines({ limit: 10, after: 1 });
    expect(after.map(({ message }) => message)).toEqual(['<img src=x onerror=alert(1)>']);
    const answer = await source.logQuery(`SOURCE '${asked.group}' | fields @message | sort @message`, range());
    expect(answer.rows).toEqual([['<img src=x onerror=alert(1)>'], ['first']]);
    await expect(source.logQuery('fields @message', range())).rejects.toThrow('names no log group');
    expect(await source.logGroups()).toMatchObject({ groups: [{ name: asked.group }] });
  });

  it('finds the log events of a trace in the groups of its functions, by its id and its requests', async () => {
    const second = START / 1000;
    const id = `1-${Math.floor(second).toString(16)}-0123456789abcdef01234567`;
    const other = `1-${Math.floor(second).toString(16)}-ffffffffffffffffffffffff`;
    const times = { start_time: second, end_time: second + 1 };
    const lambda = { trace_id: id, id: '0123456789abcdef', name: 'dialer', ...times, origin: 'AWS::Lambda' };
    const aws = { request_id: '8b3c2f1e-0000-4000-8000-000000000001' };
    const links = [
      { trace_id: other, id: '1111111111111111', attributes: { 'aws.xray.reserved.link_type': 'parent' } },
    ];
    const inside = { trace_id: id, id: '1123456789abcdef', parent_id: lambda.id, name: 'dialer', ...times };
    await account.clients.xray.send(
      new PutTraceSegmentsCommand({
        TraceSegmentDocuments: [
          JSON.stringify({ ...lambda, aws, links }),
          JSON.stringify({ ...inside, origin: 'AWS::Lambda::Function' }),
        ],
      }),
    );
    const { logs } = account.clients;
    const group = { logGroupName: '/aws/lambda/dialer', logStreamName: 'one' };
    await logs.send(new CreateLogGroupCommand(group));
    await logs.send(new CreateLogStreamCommand(group));
    const messages = [`{"xray_trace_id":"${id}"}`, `END RequestId: ${aws.request_id}`, 'of another'];
    const logEvents = messages.map((message, index) => ({ timestamp: START + index, message }));
    await logs.send(new PutLogEventsCommand({ ...group, logEvents }));
    await clock.advance('10s');
    const detail = await open().trace(id);
    expect(detail?.logs.map(({ message }) => message)).toEqual(messages.slice(0, 2));
    expect(detail?.links).toEqual([other]);
  });

  it('lists log groups past the first page', async () => {
    const { logs } = account.clients;
    for (let index = 0; index < 60; index += 1) {
      await logs.send(new CreateLogGroupCommand({ logGroupName: `/group/${String(index).padStart(2, '0')}` }));
    }
    expect((await open().logGroups()).groups).toHaveLength(60);
    expect(calls('DescribeLogGroups')).toHaveLength(2);
  });
});
