import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message, ReceivedMessage } from '../../src/queue/message/message.ts';
import {
  acceptDeadLetter,
  advance,
  ageOfOldest,
  createQueueState,
  nextVisibleAt,
  purgeQueue,
  type Queue,
  receiveMessages,
  sendMessage,
} from '../../src/queue/queue.ts';
import { type QueueDefinition, settingsOf } from '../../src/queue/queue-settings.ts';
import { changeVisibility, deleteMessage } from '../../src/queue/receipts.ts';

const message = (messageId: string, sentAt = 0): Message => ({
  messageId,
  body: `body of ${messageId}`,
  md5OfBody: '',
  attributes: {},
  senderId: 'sender',
  sentAt,
});

const queueWith = (ids: readonly string[], definition: Partial<QueueDefinition> = {}): Queue => {
  const queue = createQueueState(settingsOf({ name: 'tasks', ...definition }), 0);
  for (const id of ids) sendMessage(queue, message(id), 0, 0);
  return queue;
};

const idsOf = (received: readonly ReceivedMessage[]): string[] => received.map((each) => each.message.messageId);
const receiveIds = (queue: Queue, max: number, visibilityMs: number, now: number): string[] =>
  idsOf(receiveMessages(queue, max, visibilityMs, now).received);

describe('a queue', () => {
  it('delivers in the order of sending, and no message twice while it is in flight', () => {
    const queue = queueWith(['a', 'b', 'c']);
    expect(receiveIds(queue, 2, 1000, 0)).toEqual(['a', 'b']);
    expect(receiveIds(queue, 10, 1000, 0)).toEqual(['c']);
    expect(receiveIds(queue, 10, 1000, 999)).toEqual([]);
    expect(receiveIds(queue, 10, 1000, 1000)).toEqual(['a', 'b', 'c']);
  });

  it('counts deliveries and keeps the instant of the first', () => {
    const queue = queueWith(['a']);
    receiveMessages(queue, 1, 10, 5);
    const [again] = receiveMessages(queue, 1, 10, 20).received;
    expect(again).toMatchObject({ receiveCount: 2, firstReceivedAt: 5 });
  });

  it('delivers a message once for each receive when the visibility timeout is 0', () => {
    const queue = queueWith(['a', 'b']);
    expect(receiveIds(queue, 10, 0, 0)).toEqual(['a', 'b']);
    expect(receiveIds(queue, 10, 0, 0)).toEqual(['a', 'b']);
    expect(queue.counts).toEqual({ visible: 2, inFlight: 0, delayed: 0 });
  });

  it('hides a delayed message until its delay is over', () => {
    const queue = queueWith([]);
    sendMessage(queue, message('late'), 500, 100);
    expect(queue.counts).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    expect(nextVisibleAt(queue)).toBe(600);
    expect(receiveIds(queue, 1, 10, 599)).toEqual([]);
    expect(receiveIds(queue, 1, 10, 600)).toEqual(['late']);
  });

  it('hands out as dead letters what was delivered as often as the redrive policy allows', () => {
    const queue = queueWith(['poison'], { redrivePolicy: { deadLetterQueue: 'dead', maxReceiveCount: 2 } });
    for (const now of [0, 10]) expect(receiveIds(queue, 1, 10, now)).toEqual(['poison']);
    const third = receiveMessages(queue, 1, 10, 20);
    expect(third.received).toEqual([]);
    expect(third.deadLetters.map((letter) => letter.message.messageId)).toEqual(['poison']);
    expect(queue.messages.size).toBe(0);
  });

  it('goes on counting the deliveries of a dead letter, and says where it is from', () => {
    const source = queueWith(['poison'], { redrivePolicy: { deadLetterQueue: 'dead', maxReceiveCount: 1 } });
    const dead = queueWith([], { name: 'dead' });
    receiveMessages(source, 1, 10, 0);
    for (const letter of receiveMessages(source, 1, 10, 10).deadLetters)
      acceptDeadLetter(dead, letter, 'arn:tasks', 10);
    const [received] = receiveMessages(dead, 1, 10, 10).received;
    expect(received?.receiveCount).toBe(2);
    expect(received?.message.deadLetterQueueSourceArn).toBe('arn:tasks');
  });

  it('tells the age of dead letters since they came, and forgets them by when they were sent', () => {
    const dead = queueWith([], { name: 'dead', retentionSeconds: 60 });
    const letters = [message('failed first', 20_000), message('sent first', 0)];
    for (const [index, letter] of letters.entries()) {
      acceptDeadLetter(dead, { message: letter, receiveCount: 1, firstReceivedAt: 0 }, 'arn:tasks', 30_000 + index);
    }
    expect(ageOfOldest(dead, 50_000)).toBe(20);
    advance(dead, 60_000);
    expect([...dead.messages.keys()]).toEqual(['failed first']);
    advance(dead, 80_000);
    expect(ageOfOldest(dead, 80_000)).toBe(0);
  });

  it('hides a message for 12 hours after its delivery at most, however often that is changed', () => {
    const queue = queueWith(['a']);
    const [received] = receiveMessages(queue, 1, 30_000, 1000).received;
    const hide = (seconds: number, now: number) =>
      changeVisibility(queue, received?.receiptHandle ?? '', seconds * 1000, now);
    expect(hide(43_200, 1900)).toBe('done');
    expect(hide(43_200, 3_601_000)).toBe('too-long');
    expect(nextVisibleAt(queue)).toBe(1900 + 43_200_000);
    expect(hide(39_600, 3_601_000)).toBe('done');
    expect(nextVisibleAt(queue)).toBe(43_201_000);
  });

  it('forgets messages past their retention, wherever they are', () => {
    const queue = queueWith(['a', 'b'], { retentionSeconds: 60 });
    receiveMessages(queue, 1, 120_000, 0);
    advance(queue, 59_999);
    expect(queue.messages.size).toBe(2);
    advance(queue, 60_000);
    expect(queue.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('deletes by receipt, also after the message has become visible again', () => {
    const queue = queueWith(['a']);
    const [first] = receiveMessages(queue, 1, 10, 0).received;
    advance(queue, 10);
    expect(deleteMessage(queue, first?.receiptHandle ?? '')).toBe('done');
    expect(receiveIds(queue, 1, 10, 10)).toEqual([]);
  });

  it('deletes nothing by the receipt of an earlier delivery', () => {
    const queue = queueWith(['a']);
    const [first] = receiveMessages(queue, 1, 10, 0).received;
    receiveMessages(queue, 1, 10, 10);
    expect(deleteMessage(queue, first?.receiptHandle ?? '')).toBe('stale');
    expect(queue.counts.inFlight).toBe(1);
  });

  it('knows a text that is no receipt of its own', () => {
    const queue = queueWith(['a']);
    const other = queueWith(['a'], { name: 'other' });
    const [received] = receiveMessages(other, 1, 10, 0).received;
    for (const handle of ['', 'nonsense', '!', btoa('tasks\na'), received?.receiptHandle ?? '']) {
      expect(deleteMessage(queue, handle)).toBe('invalid');
    }
  });

  it('changes the visibility of what is in flight, and of nothing else', () => {
    const queue = queueWith(['a']);
    const handle = receiveMessages(queue, 1, 1000, 0).received[0]?.receiptHandle ?? '';
    expect(changeVisibility(queue, handle, 5000, 500)).toBe('done');
    expect(receiveIds(queue, 1, 10, 1000)).toEqual([]);
    expect(changeVisibility(queue, handle, 0, 1000)).toBe('done');
    expect(changeVisibility(queue, handle, 10, 1000)).toBe('not-in-flight');
    expect(receiveIds(queue, 1, 10, 1000)).toEqual(['a']);
  });

  it('is empty after a purge, and takes messages again', () => {
    const queue = queueWith(['a', 'b']);
    receiveMessages(queue, 1, 10, 0);
    sendMessage(queue, message('c'), 100, 0);
    purgeQueue(queue, 0);
    expect(queue.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    sendMessage(queue, message('d'), 0, 0);
    expect(receiveIds(queue, 10, 10, 200)).toEqual(['d']);
  });
});

type Step =
  | { readonly kind: 'send'; readonly delayMs: number }
  | { readonly kind: 'receive'; readonly max: number; readonly visibilityMs: number }
  | { readonly kind: 'delete' | 'release'; readonly which: number }
  | { readonly kind: 'wait'; readonly ms: number };

const steps = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.record({ kind: fc.constant('send' as const), delayMs: fc.constantFrom(0, 0, 30) }),
    fc.record({
      kind: fc.constant('receive' as const),
      max: fc.integer({ min: 1, max: 10 }),
      visibilityMs: fc.constantFrom(0, 20, 50),
    }),
    fc.record({ kind: fc.constantFrom('delete' as const, 'release' as const), which: fc.nat(50) }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 60 }) }),
  ),
  { maxLength: 120 },
);

/** Plays the steps against a queue; `seen` is told of each delivery and its instant. */
const play = (script: readonly Step[], queue: Queue, seen: (received: ReceivedMessage, now: number) => void) => {
  const tally = { sent: 0, deleted: 0, dead: 0, now: 0 };
  const handles: string[] = [];
  for (const step of script) {
    if (step.kind === 'wait') tally.now += step.ms;
    else if (step.kind === 'send') {
      sendMessage(queue, message(`m${tally.sent}`, tally.now), step.delayMs, tally.now);
      tally.sent += 1;
    } else if (step.kind === 'receive') {
      const { received, deadLetters } = receiveMessages(queue, step.max, step.visibilityMs, tally.now);
      for (const each of received) seen(each, tally.now);
      handles.push(...received.map((each) => each.receiptHandle));
      tally.dead += deadLetters.length;
    } else {
      const handle = handles[step.which % Math.max(handles.length, 1)] ?? '';
      if (step.kind === 'release') changeVisibility(queue, handle, 0, tally.now);
      else if (deleteMessage(queue, handle) === 'done') tally.deleted += 1;
    }
  }
  return tally;
};

describe('whatever is done to a queue', () => {
  it('loses no message: each is held in one place, deleted or a dead letter', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const queue = queueWith([], { redrivePolicy: { deadLetterQueue: 'dead', maxReceiveCount: 3 } });
        const { sent, deleted, dead } = play(script, queue, () => {});
        const { visible, inFlight, delayed } = queue.counts;
        expect(visible + inFlight + delayed).toBe(queue.messages.size);
        expect(queue.messages.size + deleted + dead).toBe(sent);
      }),
    );
  });

  it('delivers everything that is left once enough time has passed', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const queue = queueWith([]);
        const { now } = play(script, queue, () => {});
        const left = new Set(queue.messages.keys());
        expect(new Set(receiveIds(queue, 1000, 10, now + 100))).toEqual(left);
      }),
    );
  });

  it('delivers no message more often than maxReceiveCount', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const queue = queueWith([], { redrivePolicy: { deadLetterQueue: 'dead', maxReceiveCount: 2 } });
        play(script, queue, (received) => expect(received.receiveCount).toBeLessThanOrEqual(2));
      }),
    );
  });
});
