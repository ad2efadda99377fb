import { createSocket } from 'node:dgram';
import type { Context, SQSEvent } from 'aws-lambda';
import { answer, dialBatch } from './work.ts';

/** The floor: the same telemetry with no guard, check, mask or choice. */

const namespace = `${process.env.PROJECT_NAME}/${process.env.ENVIRONMENT}`;
const [host = '', port = ''] = (process.env.AWS_XRAY_DAEMON_ADDRESS ?? '').split(':');
const socket = createSocket({ type: 'udp4', lookup: (name, _options, done) => done(null, name, 4) });
socket.unref();
socket.connect(Number(port), host);

const newId = (): string => {
  const half = () =>
    Math.floor(Math.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return half() + half();
};

let coldStart = true;

export const handler = async (event: SQSEvent, { awsRequestId, functionName }: Context): Promise<object> => {
  const fields = Object.fromEntries((process.env._X_AMZN_TRACE_ID ?? '').split(';').map((pair) => pair.split('=')));
  const start_time = Date.now() / 1000;
  const subsegments: object[] = [];
  const call = async (name: string, annotations: object) => {
    const start_time = Date.now() / 1000;
    await answer();
    subsegments.push({ id: newId(), name, start_time, end_time: Date.now() / 1000, annotations });
  };

  const { calls, answered, campaignId } = dialBatch(event);
  await call('dial', { provider: 'sip' });
  await call('store', { table: 'calls' });
  process.stdout.write(
    `${JSON.stringify({
      level: 'INFO',
      message: 'dialled',
      timestamp: new Date().toISOString(),
      service: 'dialer-worker',
      cold_start: coldStart,
      function_name: functionName,
      function_request_id: awsRequestId,
      xray_trace_id: fields.Root,
      calls,
      answered,
      campaignId,
    })}\n`,
  );
  const Metrics = [
    { Name: 'TotalCalls', Unit: 'Count' },
    { Name: 'AnsweredCalls', Unit: 'Count' },
  ];
  process.stdout.write(
    `${JSON.stringify({
      _aws: {
        Timestamp: Date.now(),
        CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [[]], Metrics }],
      },
      function_request_id: awsRequestId,
      xray_trace_id: fields.Root,
      TotalCalls: calls,
      AnsweredCalls: answered,
    })}\n`,
  );
  if (fields.Sampled === '1') {
    const document = {
      id: newId(),
      name: `## ${process.env._HANDLER}`,
      type: 'subsegment',
      trace_id: fields.Root,
      parent_id: fields.Parent,
      start_time,
      end_time: Date.now() / 1000,
      annotations: { ColdStart: coldStart, Service: 'dialer-worker', campaignId, records: calls },
      subsegments,
    };
    socket.send(`{"format": "json", "version": 1}\n${JSON.stringify(document)}`, () => {});
  }
  coldStart = false;
  return { batchItemFailures: [] };
};
