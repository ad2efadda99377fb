import type { Message } from './message/message.ts';
import { type Held, insert, type Kept, place, type Queue } from './queue.ts';

const keptOf = ({ place: where, visibleAt, receiveCount, firstReceivedAt, lastReceivedAt }: Held): Kept => ({
  visibleAt: where === 'visible' ? 0 : visibleAt,
  receiveCount,
  firstReceivedAt,
  ...(receiveCount > 0 && { lastReceivedAt }),
});

/** Where the message of that id is; `undefined` for one that is not in the queue. */
export const keptMessage = (queue: Queue, messageId: string): Kept | undefined => {
  const held = queue.messages.get(messageId);
  return held && keptOf(held);
};

/** All messages, oldest first. */
export const keptMessages = (queue: Queue): readonly (readonly [Message, Kept])[] =>
  [...queue.messages.values()].map((held) => [held.message, keptOf(held)] as const);

/** Puts a message where it was; one that was hidden until before `now` is visible. */
export const restoreMessage = (queue: Queue, message: Message, { visibleAt, ...received }: Kept, now: number): void => {
  // Journals of before do not say when it was delivered last.
  const held = insert(queue, message, { lastReceivedAt: now, ...received }, visibleAt);
  if (visibleAt <= now) place(queue, held, 'visible');
  else place(queue, held, received.receiveCount === 0 ? 'delayed' : 'in-flight', visibleAt);
};
