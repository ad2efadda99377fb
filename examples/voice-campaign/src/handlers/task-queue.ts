import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, type SQSClient } from '@aws-sdk/client-sqs';

/** A message to send: `body` becomes JSON. */
export type OutgoingTask = { readonly body: unknown; readonly delaySeconds?: number };

export type TaskQueue = {
  /**
   * Sends every task, with the trace header that joins the traces of those who work on them to ours.
   *
   * @throws Error when some could not be sent, even after they were sent again; the others were.
   */
  send(tasks: readonly OutgoingTask[], traceHeader: string): Promise<void>;
};

/** SQS takes 10 messages at once (SQS API reference, SendMessageBatch). */
const BATCH_SIZE = 10;
const MAX_ROUNDS = 4;

/** The SQS queue behind `queueUrl`. A batch may fail in part: what SQS did not take for its own reasons is sent again. */
export function sqsQueue(client: Pick<SQSClient, 'send'>, queueUrl: string): TaskQueue {
  const sendBatch = async (batch: readonly SendMessageBatchRequestEntry[]): Promise<void> => {
    let unsent = batch;
    for (let round = 1; unsent.length > 0; round++) {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...unsent] }),
      );
      const refused = Failed.filter((failure) => failure.SenderFault || round === MAX_ROUNDS);
      if (refused.length > 0) {
        throw new Error(
          `SQS refused ${refused.length} of ${batch.length} messages: ${refused[0]?.Message ?? 'no reason given'}`,
        );
      }
      unsent = unsent.filter((entry) => Failed.some((failure) => failure.Id === entry.Id));
    }
  };
  return {
    async send(tasks, traceHeader) {
      const entries = tasks.map((task, index) => entryOf(task, index, traceHeader));
      for (let start = 0; start < entries.length; start += BATCH_SIZE) {
        await sendBatch(entries.slice(start, start + BATCH_SIZE));
      }
    },
  };
}

function entryOf({ body, delaySeconds = 0 }: OutgoingTask, index: number, traceHeader: string) {
  return {
    Id: String(index),
    MessageBody: JSON.stringify(body),
    DelaySeconds: delaySeconds,
    ...(traceHeader && {
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: traceHeader } },
    }),
  };
}
