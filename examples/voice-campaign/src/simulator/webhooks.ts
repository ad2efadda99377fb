/** What the telephony side tells the api-handler. `eventId` is the same each time it is told. */
export type Webhook =
  | {
      readonly kind: 'keypress';
      readonly campaignId: string;
      readonly callId: string;
      readonly digit: string;
      readonly eventId: string;
    }
  | {
      readonly kind: 'sms-status';
      readonly campaignId: string;
      readonly callId: string;
      readonly messageId: string;
      readonly delivered: boolean;
      readonly eventId: string;
    };

/** Posts webhooks, at least once each: again, later, until one is answered 2xx. */
export type Webhooks = {
  post(webhook: Webhook): void;
  /** Sent and not answered yet. */
  pending(): number;
  /** Given up after `maxAttempts`. */
  lost(): readonly Webhook[];
};

export type WebhookOptions = {
  /** The API's URL; webhooks wait for it. */
  readonly apiUrl: Promise<string>;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly maxAttempts?: number;
};

export function createWebhooks({ apiUrl, wait, maxAttempts = 30 }: WebhookOptions): Webhooks {
  let pending = 0;
  const lost: Webhook[] = [];

  const deliver = async (webhook: Webhook) => {
    const url = (await apiUrl) + pathOf(webhook);
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      if (await accepted(url, { ...webhook, attempt })) return;
      await wait(Math.min(1000, 50 * 2 ** attempt));
    }
    lost.push(webhook);
  };

  return {
    post(webhook) {
      pending++;
      void deliver(webhook).finally(() => pending--);
    },
    pending: () => pending,
    lost: () => lost,
  };
}

function pathOf(webhook: Webhook): string {
  return webhook.kind === 'keypress'
    ? `/calls/${encodeURIComponent(webhook.callId)}/keypress`
    : `/sms/${encodeURIComponent(webhook.messageId)}/status`;
}

async function accepted(url: string, body: unknown): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
