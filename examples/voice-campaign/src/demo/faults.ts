import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Emulator } from '@voice-campaign/emulator';
import type { CampaignStore } from '../store/campaign-store.ts';
import { clientOf } from './deployment.ts';

/** A message that is no dial task: it fails each time it is received. */
export const POISON_MESSAGE = 'this is no dial task';

/**
 * The store, failing once: the first completion of `callId` is refused, after the call was dialled and before anything
 * is stored. `onFault` is told.
 */
export function failingOnce(store: CampaignStore, callId: string, onFault: () => void): CampaignStore {
  let failed = false;
  return {
    ...store,
    async completeCall(call) {
      if (failed || call.callId !== callId) return store.completeCall(call);
      failed = true;
      onFault();
      throw new Error('the database is not available');
    },
  };
}

/** Sends a message as anybody with access to the queue could. */
export async function sendRaw(emulator: Emulator, queue: string, body: string): Promise<void> {
  const client = new SQSClient(clientOf(emulator));
  await client.send(new SendMessageCommand({ QueueUrl: emulator.queueUrl(queue), MessageBody: body }));
  client.destroy();
}
