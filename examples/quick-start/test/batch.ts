import type { SQSEvent } from 'aws-lambda';

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
