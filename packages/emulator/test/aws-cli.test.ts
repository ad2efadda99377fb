import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { emulatorWith } from './running-emulator.ts';

const hasCli = spawnSync('aws', ['--version']).status === 0;
const suite = hasCli ? 'the AWS CLI' : 'the AWS CLI (skipped: there is no `aws` on this machine)';

/** Runs the CLI without blocking the emulator, which lives in this process; gives back its JSON. */
const aws = (endpoint: string, ...args: string[]): Promise<Record<string, unknown>> =>
  new Promise((resolve, reject) => {
    const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'us-east-1' };
    const env = { ...process.env, ...credentials, AWS_PAGER: '', AWS_CONFIG_FILE: '', AWS_MAX_ATTEMPTS: '1' };
    const child = spawn('aws', ['--endpoint-url', endpoint, '--region', 'us-east-1', '--output', 'json', ...args], {
      env,
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      errors += String(chunk);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output.trim() === '' ? {} : JSON.parse(output));
      else reject(new Error(errors.trim()));
    });
  });

describe.skipIf(!hasCli)(suite, () => {
  it('sends, receives and counts messages', { timeout: 60_000 }, async () => {
    const { url } = await emulatorWith({ queues: [{ name: 'tasks' }] });
    const { QueueUrl } = await aws(url, 'sqs', 'get-queue-url', '--queue-name', 'tasks');
    const queue = ['--queue-url', String(QueueUrl)];
    await aws(url, 'sqs', 'send-message', ...queue, '--message-body', 'héllo');
    const received = await aws(url, 'sqs', 'receive-message', ...queue, '--wait-time-seconds', '5');
    expect(received.Messages).toMatchObject([{ Body: 'héllo' }]);
    const attributes = await aws(url, 'sqs', 'get-queue-attributes', ...queue, '--attribute-names', 'All');
    expect(attributes.Attributes).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '1' });
    const missing = aws(url, 'sqs', 'get-queue-url', '--queue-name', 'nothing');
    await expect(missing).rejects.toThrow('AWS.SimpleQueueService.NonExistentQueue');
  });

  it('puts metric data, and shows why some is refused', { timeout: 60_000 }, async () => {
    const emulator = await emulatorWith({});
    const put = (...args: string[]) =>
      aws(emulator.url, 'cloudwatch', 'put-metric-data', '--metric-name', 'ActiveCalls', ...args);
    await put('--namespace', 'voice/test', '--value', '7', '--unit', 'Count');
    expect(emulator.metrics.total('voice/test', 'ActiveCalls')).toMatchObject({ sum: 7, count: 1 });
    await expect(put('--namespace', 'AWS/X', '--value', '1')).rejects.toThrow('InvalidParameterValue');
  });

  it('puts alarms, sets their states, and describes what became of them', { timeout: 60_000 }, async () => {
    const { url } = await emulatorWith({});
    const cloudwatch = (...args: string[]) => aws(url, 'cloudwatch', ...args);
    const rule = ['--threshold', '50', '--comparison-operator', 'GreaterThanThreshold', '--evaluation-periods', '1'];
    const metric = ['--namespace', 'voice/test', '--metric-name', 'ActiveCalls', '--statistic', 'Maximum'];
    const name = ['--alarm-name', 'high-load'];
    await cloudwatch(
      'put-metric-alarm',
      ...name,
      ...metric,
      ...rule,
      '--period',
      '60',
      '--treat-missing-data',
      'ignore',
    );
    const wrong = cloudwatch('put-metric-alarm', ...name, ...metric, ...rule, '--period', '61');
    await expect(wrong).rejects.toThrow('Period must be 10, 20, 30 or a multiple of 60');
    await cloudwatch('put-composite-alarm', '--alarm-name', 'campaign', '--alarm-rule', 'ALARM("high-load")');
    await cloudwatch('set-alarm-state', ...name, '--state-value', 'ALARM', '--state-reason', 'drill');
    const types = ['--alarm-types', 'MetricAlarm', 'CompositeAlarm'];
    expect(await cloudwatch('describe-alarms', '--state-value', 'ALARM', ...types)).toMatchObject({
      MetricAlarms: [{ AlarmName: 'high-load', StateReason: 'drill', TreatMissingData: 'ignore' }],
      CompositeAlarms: [{ AlarmName: 'campaign', AlarmRule: 'ALARM("high-load")', StateValue: 'ALARM' }],
    });
    const { AlarmHistoryItems } = await cloudwatch('describe-alarm-history', ...name);
    expect(AlarmHistoryItems).toMatchObject([
      { HistoryItemType: 'StateUpdate', HistorySummary: 'Alarm updated from INSUFFICIENT_DATA to ALARM' },
      { HistoryItemType: 'ConfigurationUpdate', HistorySummary: 'Alarm "high-load" created' },
    ]);
    await cloudwatch('delete-alarms', '--alarm-names', 'campaign', 'high-load');
    expect(await cloudwatch('describe-alarms', ...types)).toEqual({ MetricAlarms: [], CompositeAlarms: [] });
  });

  it('lists metrics, and reads their statistics', { timeout: 60_000 }, async () => {
    const { url } = await emulatorWith({});
    const metric = ['--namespace', 'voice/test', '--metric-name', 'ActiveCalls'];
    await aws(url, 'cloudwatch', 'put-metric-data', ...metric, '--value', '7', '--dimensions', 'Campaign=spring');
    expect(await aws(url, 'cloudwatch', 'list-metrics', '--namespace', 'voice/test')).toEqual({
      Metrics: [
        {
          ...{ Namespace: 'voice/test', MetricName: 'ActiveCalls' },
          Dimensions: [{ Name: 'Campaign', Value: 'spring' }],
        },
      ],
    });
    const span = [-60_000, 60_000].map((offset) => new Date(Date.now() + offset).toISOString());
    const { Datapoints } = await aws(
      url,
      ...['cloudwatch', 'get-metric-statistics', ...metric, '--dimensions', 'Name=Campaign,Value=spring'],
      ...['--start-time', span[0] ?? '', '--end-time', span[1] ?? '', '--period', '60', '--statistics', 'Sum'],
    );
    expect(Datapoints).toMatchObject([{ Sum: 7, Unit: 'None' }]);
    const queries = [
      { Id: 'm1', Expression: `SEARCH('{voice/test,Campaign}', 'Sum', 60)`, ReturnData: false },
      { Id: 'doubled', Expression: 'SUM(m1) * 2' },
    ];
    const { MetricDataResults } = await aws(
      url,
      ...['cloudwatch', 'get-metric-data', '--metric-data-queries', JSON.stringify(queries)],
      ...['--start-time', span[0] ?? '', '--end-time', span[1] ?? ''],
    );
    expect(MetricDataResults).toMatchObject([{ Id: 'doubled', Values: [14], StatusCode: 'Complete' }]);
  });

  it('keeps dashboards, and says where a body is wrong', { timeout: 60_000 }, async () => {
    const { url } = await emulatorWith({});
    const cloudwatch = (...args: string[]) => aws(url, 'cloudwatch', ...args);
    const text = { type: 'text', x: 0, y: 0, width: 6, height: 3, properties: { markdown: '# Calls' } };
    const put = (body: object) =>
      cloudwatch('put-dashboard', '--dashboard-name', 'calls', '--dashboard-body', JSON.stringify(body));
    expect(await put({ widgets: [text] })).toEqual({ DashboardValidationMessages: [] });
    await expect(put({ widgets: [{ ...text, width: 30 }] })).rejects.toThrow('/widgets/0/width');
    const { DashboardBody } = await cloudwatch('get-dashboard', '--dashboard-name', 'calls');
    expect(JSON.parse(String(DashboardBody))).toEqual({ widgets: [text] });
    expect(await cloudwatch('list-dashboards')).toMatchObject({ DashboardEntries: [{ DashboardName: 'calls' }] });
    await cloudwatch('delete-dashboards', '--dashboard-names', 'calls');
    expect(await cloudwatch('list-dashboards')).toEqual({ DashboardEntries: [] });
  });

  it('logs events, and finds them by a filter pattern and a query', { timeout: 60_000 }, async () => {
    const { url } = await emulatorWith({});
    const logs = (...args: string[]) => aws(url, 'logs', ...args);
    const group = ['--log-group-name', '/voice/calls'];
    await logs('create-log-group', ...group);
    await logs('create-log-stream', ...group, '--log-stream-name', 's');
    const timestamp = Date.now() - 1000;
    const logEvents = [12, 3].map((latency) => ({ timestamp, message: JSON.stringify({ latency }) }));
    await logs('put-log-events', ...group, '--log-stream-name', 's', '--log-events', JSON.stringify(logEvents));
    const filtered = await logs('filter-log-events', ...group, '--filter-pattern', '{ $.latency > 5 }');
    expect(filtered.events).toMatchObject([{ message: '{"latency":12}' }]);
    const times = ['--start-time', String(timestamp / 1000 - 60), '--end-time', String(timestamp / 1000 + 60)];
    const seconds = times.map((each) => each.replace(/\..*/, ''));
    const { queryId } = await logs(
      'start-query',
      ...group,
      ...seconds,
      '--query-string',
      'stats sum(latency) as total',
    );
    expect(await logs('get-query-results', '--query-id', String(queryId))).toMatchObject({
      ...{ status: 'Complete', results: [[{ field: 'total', value: '15' }]] },
    });
  });

  it('puts traces, finds them by a filter, and draws their services', { timeout: 60_000 }, async () => {
    const { url } = await emulatorWith({});
    const xray = (...args: string[]) => aws(url, 'xray', ...args);
    const seconds = Math.floor(Date.now() / 1000) - 10;
    const traceId = `1-${seconds.toString(16)}-${'a'.repeat(24)}`;
    const segment = { id: 'b'.repeat(16), trace_id: traceId, start_time: seconds, end_time: seconds + 2, fault: true };
    const document = JSON.stringify({ ...segment, name: 'dialer-worker', annotations: { campaignId: 'spring' } });
    const put = await xray('put-trace-segments', '--trace-segment-documents', document);
    expect(put).toEqual({ UnprocessedTraceSegments: [] });
    const times = ['--start-time', String(seconds - 60), '--end-time', String(seconds + 60)];
    const filter = ['--filter-expression', 'fault AND annotation.campaignId = "spring"'];
    const found = await xray('get-trace-summaries', ...times, ...filter);
    expect(found.TraceSummaries).toMatchObject([{ Id: traceId, Duration: 2, HasFault: true }]);
    const { Traces } = await xray('batch-get-traces', '--trace-ids', traceId);
    expect(Traces).toMatchObject([{ Id: traceId, Segments: [{ Id: 'b'.repeat(16), Document: document }] }]);
    const { Services } = await xray('get-service-graph', ...times);
    const FaultStatistics = expect.objectContaining({ TotalCount: 1 });
    const SummaryStatistics = expect.objectContaining({ FaultStatistics });
    expect(Services).toContainEqual(expect.objectContaining({ Name: 'dialer-worker', SummaryStatistics }));
    const wrong = xray('get-trace-summaries', ...times, '--filter-expression', 'speed > 3');
    await expect(wrong).rejects.toThrow('InvalidRequestException');
  });

  it('makes a topic, subscribes a queue to it by a filter policy, and publishes', { timeout: 60_000 }, async () => {
    const { url } = await emulatorWith({ queues: [{ name: 'answered' }] });
    const sns = (...args: string[]) => aws(url, 'sns', ...args);
    const topic = ['--topic-arn', String((await sns('create-topic', '--name', 'outcomes')).TopicArn)];
    const endpoint = ['--protocol', 'sqs', '--notification-endpoint', 'arn:aws:sqs:us-east-1:123456789012:answered'];
    const attributes = JSON.stringify({ FilterPolicy: '{"outcome":["answered"]}', RawMessageDelivery: 'true' });
    await sns('subscribe', ...topic, ...endpoint, '--attributes', attributes);
    for (const StringValue of ['busy', 'answered']) {
      const outcome = JSON.stringify({ outcome: { DataType: 'String', StringValue } });
      await sns('publish', ...topic, '--message', `was ${StringValue}`, '--message-attributes', outcome);
    }
    const { QueueUrl } = await aws(url, 'sqs', 'get-queue-url', '--queue-name', 'answered');
    const receive = ['receive-message', '--queue-url', String(QueueUrl), '--wait-time-seconds', '5'];
    expect((await aws(url, 'sqs', ...receive)).Messages).toMatchObject([{ Body: 'was answered' }]);
    await expect(sns('publish', '--topic-arn', `${topic[1]}-none`, '--message', 'x')).rejects.toThrow('NotFound');
  });
});
