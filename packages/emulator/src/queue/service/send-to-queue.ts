import { randomUUID } from 'node:crypto';
import { messageBytes } from '../message/message-bytes.ts';
import { md5OfAttributes, md5OfBody } from '../message/message-digest.ts';
import type { QueueService } from './queue-service.ts';

/** What another service puts on a queue. Attributes are as SNS writes them. */
export type ServiceMessage = {
  readonly body: string;
  readonly attributes: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
  readonly messageGroupId?: string;
  readonly traceHeader?: string;
};

export type QueueSender = {
  readonly queues: QueueService;
  readonly accountId: string;
  /** Real time, epoch milliseconds. */
  readonly now: () => number;
};

/** Says why not, where it cannot. */
export const sendToQueue = (
  { queues, now, accountId }: QueueSender,
  arn: string,
  { attributes: given, ...content }: ServiceMessage,
): string | undefined => {
  const queue = queues.list().find(({ settings }) => queues.arnOf(settings.name) === arn);
  if (queue === undefined) return `no queue ${arn} is defined here`;
  const attributes = Object.fromEntries(
    Object.entries(given).map(([name, { Type, Value }]) => [
      name,
      { dataType: Type, ...(Type.startsWith('Binary') ? { binaryValue: Value } : { stringValue: Value }) },
    ]),
  );
  const { maximumMessageBytes, delaySeconds } = queue.settings;
  const bytes = messageBytes({ body: content.body, attributes });
  if (bytes > maximumMessageBytes) return `the message has ${bytes} bytes, the queue takes ${maximumMessageBytes}`;
  const md5 = md5OfAttributes(attributes);
  const message = {
    ...content,
    messageId: randomUUID(),
    md5OfBody: md5OfBody(content.body),
    attributes,
    ...(md5 !== undefined && { md5OfAttributes: md5 }),
    senderId: accountId,
    sentAt: now(),
  };
  queues.send(queue, (put) => put(message, delaySeconds * 1000));
  return undefined;
};
