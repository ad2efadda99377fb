import type { MetricDatum } from '@voice-campaign/cloudwatch-engine';
import type { QueueCounts } from '../queue/queue.ts';
import type { QueueActivity } from '../queue/queue-activity.ts';
import { serviceData } from './service-datum.ts';

export type QueueMinute = QueueCounts & {
  readonly name: string;
  readonly activity: QueueActivity;
  /** 0 for an empty queue. */
  readonly ageOfOldestSeconds: number;
};

/**
 * What SQS publishes of a queue each minute (SQS developer guide, Available CloudWatch metrics). Messages that a redrive
 * policy moved into a dead-letter queue are visible there, but were never sent to it.
 */
export const queueMetrics = (queue: QueueMinute, timestamp: number): MetricDatum[] => {
  const { name, activity, visible, inFlight, delayed, ageOfOldestSeconds } = queue;
  const count = (metric: string, value: number) => ({ name: metric, unit: 'Count', values: [value] }) as const;
  return serviceData(
    'AWS/SQS',
    timestamp,
    [{ QueueName: name }],
    [
      count('ApproximateNumberOfMessagesVisible', visible),
      count('ApproximateNumberOfMessagesNotVisible', inFlight),
      count('ApproximateNumberOfMessagesDelayed', delayed),
      { name: 'ApproximateAgeOfOldestMessage', unit: 'Seconds', values: [ageOfOldestSeconds] },
      count('NumberOfMessagesSent', activity.sent),
      count('NumberOfMessagesReceived', activity.received),
      count('NumberOfMessagesDeleted', activity.deleted),
      count('NumberOfEmptyReceives', activity.emptyReceives),
      { name: 'SentMessageSize', unit: 'Bytes', values: activity.sentBytes },
    ],
  );
};
