import { readReceiptHandle } from './message/message.ts';
import { advance, type Held, type Note, place, type Queue } from './queue.ts';

/** What a receipt handle could do. `stale`: the message is gone, or was delivered again since. */
export type ReceiptOutcome = 'done' | 'stale' | 'not-in-flight' | 'invalid' | 'too-long';

/** From a delivery on, however often it is changed (API reference, ChangeMessageVisibility): 12 hours. */
const longestVisibilitySeconds = 43_200;

/** The message whose last delivery a receipt handle stands for. */
export const findByReceipt = (queue: Queue, receiptHandle: string): Held | 'stale' | 'invalid' => {
  const receipt = readReceiptHandle(queue.settings.name, receiptHandle);
  if (receipt === undefined) return 'invalid';
  const held = queue.messages.get(receipt.messageId);
  return held === undefined || held.receiveCount !== receipt.receiveCount ? 'stale' : held;
};

/** Deletes the delivered message, even when it is visible again; a stale receipt deletes nothing. */
export const deleteMessage = (queue: Queue, receiptHandle: string): ReceiptOutcome => {
  const held = findByReceipt(queue, receiptHandle);
  if (typeof held === 'string') return held;
  place(queue, held, 'gone');
  queue.activity.deleted += 1;
  return 'done';
};

/** Hides an in-flight message for `visibilityMs` from now on; 0 makes it visible at once. */
export const changeVisibility = (
  queue: Queue,
  receiptHandle: string,
  visibilityMs: number,
  now: number,
  note?: Note,
): ReceiptOutcome => {
  advance(queue, now);
  const held = findByReceipt(queue, receiptHandle);
  if (typeof held === 'string') return held;
  if (held.place !== 'in-flight') return 'not-in-flight';
  const { message, receiveCount, firstReceivedAt, lastReceivedAt } = held;
  const passedSeconds = Math.floor((now - lastReceivedAt) / 1000);
  if (visibilityMs > 0 && passedSeconds + visibilityMs / 1000 > longestVisibilitySeconds) return 'too-long';
  note?.(message, {
    receiveCount,
    firstReceivedAt,
    lastReceivedAt,
    visibleAt: visibilityMs > 0 ? now + visibilityMs : 0,
  });
  if (visibilityMs > 0) place(queue, held, 'in-flight', now + visibilityMs);
  else place(queue, held, 'visible');
  return 'done';
};
