import type { ServiceMessage } from '../queue/service/send-to-queue.ts';
import type { Signer } from './delivery/notification.ts';
import type { SnsEvent, SnsState } from './topic-state.ts';

/** What SNS works with. */
export type SnsContext = {
  readonly state: SnsState;
  readonly commit: (event: SnsEvent) => void;
  readonly region: string;
  readonly accountId: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Address of the emulator, for links in messages. */
  readonly url: () => string;
  readonly signer: () => Signer;
  readonly warn: (message: string) => void;
  /** Puts a message on a queue of this emulator; says why not, where it cannot. */
  readonly sendToQueue: (queueArn: string, message: ServiceMessage) => string | undefined;
  /** Invokes a function of this emulator as an event; says why not, where it cannot. */
  readonly invoke: (functionArn: string, event: unknown) => string | undefined;
  /** Watches a delivery that goes on after the answer. */
  readonly track: (delivery: Promise<void>) => void;
};
