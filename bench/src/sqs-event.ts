/** What every invocation is given: ten records, as SQS has them. */
export const event = JSON.stringify({
  Records: Array.from({ length: 10 }, (_, index) => ({
    messageId: `2e1424d4-f796-459a-8184-9c92662be6d${index}`,
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
    body: JSON.stringify({
      campaignId: 'spring-2026',
      contactId: `contact-${index}`,
      phoneNumber: `+1555123456${index}`,
      outcome: index < 7 ? 'answered' : 'busy',
    }),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1545082649183',
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: '1545082649185',
    },
    messageAttributes: {},
    md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:dial-tasks',
    awsRegion: 'us-east-1',
  })),
});
