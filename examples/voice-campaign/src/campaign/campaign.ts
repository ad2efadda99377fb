import type { TimeWindow } from './time-window.ts';

/** Someone to call. `phone` is E.164 (`+351912345678`). */
export type Contact = { readonly id: string; readonly phone: string; readonly name?: string };

/** One call to each contact, made inside `window`, begun at no more than `pace` calls per second. */
export type Campaign = {
  readonly id: string;
  readonly contacts: readonly Contact[];
  readonly window: TimeWindow;
  /** Calls begun per second. */
  readonly pace: number;
};

/** The body of a message in the dial-tasks queue: one call to make. */
export type DialTask = { readonly campaignId: string; readonly callId: string; readonly contact: Contact };

/** The body of a message in the sms-tasks queue: one SMS that its receiver asked for during a call. */
export type SmsTask = { readonly campaignId: string; readonly callId: string; readonly phone: string };

/** The call's id: the same whenever the same campaign is dispatched again, so that a second task is seen to be one. */
export function dialTask(campaignId: string, contact: Contact): DialTask {
  return { campaignId, callId: `${campaignId}-${contact.id}`, contact };
}

/**
 * @throws Error when the body is no dial task: the message fails each time it is received, and ends in the dead-letter
 * queue.
 */
export function parseDialTask(body: string): DialTask {
  const task: Partial<DialTask> = JSON.parse(body);
  if (!task.campaignId || !task.callId || !task.contact?.phone) {
    throw new Error('a dial task needs campaignId, callId and contact.phone');
  }
  return { campaignId: task.campaignId, callId: task.callId, contact: task.contact };
}

/** @throws Error when the body is no SMS task. */
export function parseSmsTask(body: string): SmsTask {
  const task: Partial<SmsTask> = JSON.parse(body);
  if (!task.campaignId || !task.callId || !task.phone) {
    throw new Error('an SMS task needs campaignId, callId and phone');
  }
  return { campaignId: task.campaignId, callId: task.callId, phone: task.phone };
}
