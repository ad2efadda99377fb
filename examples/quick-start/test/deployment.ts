import { fileURLToPath } from 'node:url';
import type { CloudOptions } from '@voice-campaign/emulator/vitest';
import type { SQSEvent } from 'aws-lambda';

/** The function as it is deployed. */
export const deployment: CloudOptions = {
  functions: [{ name: 'reminder-worker', entry: fileURLToPath(new URL('../src/reminder-worker.ts', import.meta.url)) }],
  environment: { POWERTOOLS_METRICS_NAMESPACE: 'reminders/production' },
  // Only in this repository, whose packages are used before they are built.
  conditions: ['@voice-campaign/source'],
};

/** A batch of the event source, with a reminder for each number. */
export const batch = (...phones: readonly string[]): SQSEvent => ({
  Records: phones.map((phone, index) => ({
    messageId: `message-${index}`,
    receiptHandle: '',
    body: JSON.stringify({ clinic: 'north', phone }),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:reminders',
    awsRegion: 'us-east-1',
  })),
});
