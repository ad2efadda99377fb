import { PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { CreateGroupCommand, XRayClient } from '@aws-sdk/client-xray';
import { expect, it, onTestFinished } from 'vitest';
import { testClock } from '../../src/core/clock.ts';
import { logsWithStream, stream } from '../logs-api/logs-with-stream.ts';
import { emulatorWith, handlerFile, sqsClientOf } from '../running-emulator.ts';

it('counts invocations, errors, durations and concurrency as Lambda does', async () => {
  const functions = [
    { name: 'echo', entry: handlerFile('log-event.ts') },
    { name: 'closed', entry: handlerFile('log-event.ts'), reservedConcurrency: 0 },
  ];
  const { invoke, metrics } = await emulatorWith({ functions });
  await invoke('echo', {});
  await invoke('echo', { fail: true });
  await invoke('closed', {});
  const sum = (name: string, dimensions = {}) => metrics.total('AWS/Lambda', name, dimensions).sum;
  const echo = { FunctionName: 'echo' };
  expect([sum('Invocations', echo), sum('Errors', echo), sum('Throttles', echo)]).toEqual([2, 1, 0]);
  expect(metrics.total('AWS/Lambda', 'Duration', echo).count).toBe(2);
  expect(metrics.total('AWS/Lambda', 'ConcurrentExecutions', echo).maximum).toBe(1);
  const closed = { FunctionName: 'closed' };
  expect([sum('Invocations', closed), sum('Errors', closed), sum('Throttles', closed)]).toEqual([0, 0, 1]);
  expect([sum('Invocations'), sum('Throttles')]).toEqual([2, 1]);
});

it('counts no execution on whose process could not be started', async () => {
  const environment = { TOO_LONG: 'x'.repeat(300_000) };
  const { invoke, metrics } = await emulatorWith({
    functions: [{ name: 'long', entry: handlerFile('log-event.ts'), environment }],
  });
  for (let time = 0; time < 3; time += 1) await invoke('long', {});
  const long = { FunctionName: 'long' };
  expect(metrics.total('AWS/Lambda', 'Errors', long).sum).toBe(3);
  expect(metrics.total('AWS/Lambda', 'ConcurrentExecutions', long).maximum).toBe(1);
});

it('reports queues at each minute of its clock', async () => {
  const clock = testClock(Date.UTC(2026, 10, 23, 12, 0, 30));
  const emulator = await emulatorWith({
    clock,
    queues: [
      { name: 'tasks', redrivePolicy: { deadLetterQueue: 'dead', maxReceiveCount: 1 }, visibilityTimeoutSeconds: 0 },
      { name: 'dead' },
    ],
  });
  const sqs = sqsClientOf(emulator);
  const QueueUrl = emulator.queueUrl('tasks');
  const receive = () => sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 0 }));
  await receive();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'häh' }));
  await clock.advance('30s');
  await receive();
  await receive();
  await clock.advance('1m');
  const at = (name: string, QueueName: string) =>
    emulator.metrics
      .samples({ namespace: 'AWS/SQS', name, dimensions: { QueueName } })
      .map(({ timestamp, value }) => [new Date(timestamp).toISOString().slice(11, 16), value]);
  expect(at('NumberOfMessagesSent', 'tasks')).toEqual([
    ['12:00', 1],
    ['12:01', 0],
  ]);
  expect(at('NumberOfEmptyReceives', 'tasks')).toEqual([
    ['12:00', 1],
    ['12:01', 1],
  ]);
  expect(at('NumberOfMessagesReceived', 'tasks')).toEqual([
    ['12:00', 0],
    ['12:01', 1],
  ]);
  expect(at('ApproximateNumberOfMessagesVisible', 'tasks')).toEqual([
    ['12:00', 1],
    ['12:01', 0],
  ]);
  expect(at('SentMessageSize', 'tasks')).toEqual([['12:00', 4]]);
  // A redrive moved it there: visible, and never sent.
  expect(at('ApproximateNumberOfMessagesVisible', 'dead')).toEqual([
    ['12:00', 0],
    ['12:01', 1],
  ]);
  expect(at('NumberOfMessagesSent', 'dead')).toEqual([
    ['12:00', 0],
    ['12:01', 0],
  ]);
});

it('counts requests, their errors and latencies as API Gateway does', async () => {
  const { fetch, metrics } = await emulatorWith({
    functions: [{ name: 'echo', entry: handlerFile('log-event.ts') }],
    routes: [{ method: 'POST', path: '/calls', functionName: 'echo' }],
    apiName: 'voice',
  });
  await fetch(new Request('http://emulator/local/calls', { method: 'POST', body: '{}' }));
  await fetch(new Request('http://emulator/local/nowhere'));
  const stage = { ApiName: 'voice', Stage: 'local' };
  const sum = (name: string) => metrics.total('AWS/ApiGateway', name, stage).sum;
  // The function answers with what is no proxy response, so 502.
  expect([sum('Count'), sum('4XXError'), sum('5XXError')]).toEqual([2, 1, 1]);
  expect(metrics.total('AWS/ApiGateway', 'IntegrationLatency', { ApiName: 'voice' }).count).toBe(1);
  expect(metrics.total('AWS/ApiGateway', 'Latency', { ApiName: 'voice' }).count).toBe(2);
});

it('takes samples in the namespaces of AWS by a door of its own', async () => {
  const { fetch, metrics } = await emulatorWith({});
  const post = (body: unknown) =>
    fetch(new Request('http://emulator/_emulator/metrics', { method: 'POST', body: JSON.stringify(body) }));
  const Dimensions = [{ Name: 'InstanceId', Value: 'i-1' }];
  const reply = await post({
    Namespace: 'AWS/EC2',
    MetricData: [{ MetricName: 'CPUUtilization', Value: 42, Dimensions }],
  });
  expect(await reply.json()).toEqual({ accepted: 1 });
  expect(metrics.total('AWS/EC2', 'CPUUtilization', { InstanceId: 'i-1' }).sum).toBe(42);
  const refused = await post([{ Namespace: 'AWS/EC2', MetricData: [{ MetricName: '', Value: 1 }] }]);
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ message: 'The parameter MetricData.member.1.MetricName is required.' });
});

it('counts the traces of each group, each minute', async () => {
  const clock = testClock(Date.UTC(2026, 10, 23, 12, 0, 30));
  const { traces, metrics, url } = await emulatorWith({ clock });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new XRayClient({ endpoint: url, region: 'us-east-1', credentials });
  onTestFinished(() => client.destroy());
  await client.send(new CreateGroupCommand({ GroupName: 'faults', FilterExpression: 'fault' }));
  const start_time = clock.now() / 1000;
  const record = (digit: string, fault: boolean) =>
    traces.record({
      id: digit.repeat(16),
      trace_id: `1-${start_time.toString(16)}-${digit.repeat(24)}`,
      name: 'dialer-worker',
      start_time,
      end_time: start_time,
      fault,
    });
  record('1', true);
  record('2', false);
  await clock.advance('90s');
  const counts = metrics.samples({ namespace: 'AWS/X-Ray', dimensions: { GroupName: 'faults' } });
  expect(counts.map(({ name, value }) => [name, value])).toEqual([
    ['ApproximateTraceCount', 1],
    ['ApproximateTraceCount', 0],
  ]);
});

it('tells of log events each minute, but of none from before a reset', async () => {
  const { client, clock, emulator } = await logsWithStream();
  const put = () =>
    client.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: clock.now(), message: 'call' }] }));
  await put();
  await clock.advance('1m');
  const total = () => emulator.metrics.total('AWS/Logs', 'IncomingLogEvents').sum;
  expect(total()).toBe(1);
  await put();
  emulator.reset();
  await clock.advance('1m');
  expect(total()).toBe(0);
  expect(emulator.metrics.samples({ namespace: 'AWS/Logs' })).toEqual([]);
});
