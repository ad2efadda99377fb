import type { APIGatewayProxyEvent, SQSEvent, SQSRecord } from 'aws-lambda';
import type { OutgoingTask, TaskQueue } from '../../src/handlers/task-queue.ts';

export type Message = { readonly id: string; readonly body: unknown; readonly receiveCount?: number };

/** A batch as SQS delivers it; a body that is no string becomes JSON. */
export function batchOf(...messages: readonly Message[]): SQSEvent {
  return { Records: messages.map(recordOf) };
}

function recordOf({ id, body, receiveCount = 1 }: Message): SQSRecord {
  return {
    messageId: id,
    receiptHandle: `receipt-${id}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: '1',
      SenderId: 'dispatcher',
      ApproximateFirstReceiveTimestamp: '1',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:dial-tasks',
    awsRegion: 'us-east-1',
  };
}

/** A request as API Gateway hands it over. */
export function requestOf(
  httpMethod: string,
  resource: string,
  pathParameters: Readonly<Record<string, string>>,
  body?: unknown,
): APIGatewayProxyEvent {
  const event: Partial<APIGatewayProxyEvent> = {
    httpMethod,
    resource,
    path: resource,
    pathParameters,
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    headers: {},
    multiValueHeaders: {},
    queryStringParameters: null,
    isBase64Encoded: false,
  };
  // The handler reads nothing of the request's context.
  return event as APIGatewayProxyEvent;
}

/** A queue that keeps what it is sent. */
export function keptQueue(): TaskQueue & { readonly sent: OutgoingTask[] } {
  const sent: OutgoingTask[] = [];
  return {
    sent,
    async send(tasks) {
      sent.push(...tasks);
    },
  };
}
