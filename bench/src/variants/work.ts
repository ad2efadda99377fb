import type { SQSEvent } from 'aws-lambda';

/** What a batch of dialled calls came to: the same for every variant, and all that a bare handler does. */
export type Outcome = { readonly calls: number; readonly answered: number; readonly campaignId: string };

/** Reads ten records, seven of which were answered. */
export function dialBatch(event: SQSEvent): Outcome {
  let answered = 0;
  let campaignId = '';
  for (const { body } of event.Records) {
    const task = JSON.parse(body) as { readonly campaignId: string; readonly outcome: string };
    campaignId = task.campaignId;
    if (task.outcome === 'answered') answered += 1;
  }
  return { calls: event.Records.length, answered, campaignId };
}

/** Stands for the network: gives the event loop back once. */
export const answer = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
