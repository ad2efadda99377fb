import { createSocket } from 'node:dgram';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, SQSBatchResponse, SQSEvent } from 'aws-lambda';

const traceHeader = (): string => process.env._X_AMZN_TRACE_ID ?? '';
const traceMember = (name: string): string => new RegExp(`${name}=([^;]+)`).exec(traceHeader())?.[1] ?? '';

/** Writes one subsegment to the daemon, as an X-Ray SDK would. */
const sendSubsegment = async (id: string, annotations: Record<string, string>): Promise<void> => {
  const [host, port] = (process.env.AWS_XRAY_DAEMON_ADDRESS ?? '').split(':');
  const seconds = Date.now() / 1000;
  const document = {
    id,
    type: 'subsegment',
    name: '## handler',
    trace_id: traceMember('Root'),
    parent_id: traceMember('Parent'),
    start_time: seconds,
    end_time: seconds,
    annotations,
  };
  const socket = createSocket('udp4');
  const datagram = `{"format": "json", "version": 1}\n${JSON.stringify(document)}`;
  await new Promise((resolve) => socket.send(datagram, Number(port), host, resolve));
  socket.close();
};

const writeEmf = (metric: string, value: number, properties: object): void => {
  const directive = { Namespace: 'voice/test', Dimensions: [[]], Metrics: [{ Name: metric, Unit: 'Count' }] };
  const _aws = { Timestamp: Date.now(), CloudWatchMetrics: [directive] };
  process.stdout.write(`${JSON.stringify({ _aws, [metric]: value, ...properties })}\n`);
};

/** Sends the bodies it is given to the queue, in its own trace. */
export const dispatcher = async (event: { readonly bodies: readonly string[] }): Promise<void> => {
  const id = 'd'.repeat(16);
  const StringValue = `Root=${traceMember('Root')};Parent=${id};Sampled=${traceMember('Sampled')}`;
  const MessageSystemAttributes = { AWSTraceHeader: { DataType: 'String', StringValue } };
  const Entries = event.bodies.map((MessageBody, index) => ({ Id: `m${index}`, MessageBody, MessageSystemAttributes }));
  await new SQSClient({}).send(new SendMessageBatchCommand({ QueueUrl: process.env.QUEUE_URL ?? '', Entries }));
  await sendSubsegment(id, { campaignId: 'c-1' });
};

/** Counts its records; `poison` fails, `flaky` fails and `hang` never ends at their first delivery. */
export const worker = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  if (event.Records.some(({ body, attributes }) => body === 'hang' && attributes.ApproximateReceiveCount === '1')) {
    process.stdout.write('hanging\n');
    await new Promise((resolve) => setTimeout(resolve, 600_000));
  }
  const failed = event.Records.filter(
    ({ body, attributes }) => body === 'poison' || (body === 'flaky' && attributes.ApproximateReceiveCount === '1'),
  );
  for (const record of event.Records) {
    if (!failed.includes(record)) writeEmf('TotalCalls', 1, { callId: record.messageId });
  }
  await sendSubsegment('e'.repeat(16), { batchSize: String(event.Records.length) });
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

/** Answers with what it was asked, and puts one metric by the API. */
export const api = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  if (event.path === '/fault') throw new TypeError('no such call');
  const MetricData = [{ MetricName: 'OptOuts', Value: 1, Unit: 'Count' as const }];
  await new CloudWatchClient({}).send(new PutMetricDataCommand({ Namespace: 'voice/test', MetricData }));
  return { statusCode: 200, body: JSON.stringify({ callId: event.pathParameters?.callId, keys: event.body }) };
};
