import { byteLength } from './message/byte-length.ts';

/** What happened to a queue since the counts were last taken. Messages moved by a redrive policy were not sent. */
export type QueueActivity = {
  sent: number;
  /** Bytes of the bodies sent; of the first 1,000. */
  sentBytes: number[];
  received: number;
  deleted: number;
  emptyReceives: number;
};

const mostSizes = 1000;

export const noActivity = (): QueueActivity => ({ sent: 0, sentBytes: [], received: 0, deleted: 0, emptyReceives: 0 });

export const countSent = (activity: QueueActivity, body: string): void => {
  activity.sent += 1;
  if (activity.sentBytes.length < mostSizes) activity.sentBytes.push(byteLength(body));
};

export const countReceived = (activity: QueueActivity, messages: number): void => {
  if (messages === 0) activity.emptyReceives += 1;
  else activity.received += messages;
};
