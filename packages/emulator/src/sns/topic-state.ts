import type { Persistent } from '../state/journal.ts';

export type Topic = {
  readonly arn: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
};

export type Protocol = 'http' | 'https' | 'email' | 'email-json' | 'sms' | 'sqs' | 'lambda';

export type Subscription = {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly confirmed: boolean;
  /** Absent where the one who confirmed, or subscribed, has signed that. */
  readonly confirmedBy?: 'anybody';
  /** Confirms it, where its endpoint has to. */
  readonly token: string;
  /** FilterPolicy, FilterPolicyScope, RawMessageDelivery, RedrivePolicy, DeliveryPolicy. */
  readonly attributes: Readonly<Record<string, string>>;
};

/** A message that left for a person: what a mailbox or a telephone would show. */
export type Mail = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly protocol: Protocol;
  readonly to: string;
  readonly topicArn: string;
  readonly messageId: string;
  readonly subject: string | undefined;
  readonly message: string;
  /** Why it did not reach its endpoint; absent where it did. */
  readonly failure?: string;
};

export type SnsEvent =
  | { readonly kind: 'topic'; readonly topic: Topic }
  | { readonly kind: 'topic-deleted'; readonly arn: string }
  | { readonly kind: 'subscription'; readonly subscription: Subscription }
  | { readonly kind: 'subscription-deleted'; readonly arn: string }
  | { readonly kind: 'mail'; readonly mail: Mail };

export type SnsState = Persistent<SnsEvent> & {
  readonly topics: ReadonlyMap<string, Topic>;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  /** The newest 1,000, oldest first. */
  readonly mailbox: readonly Mail[];
};

const mostMail = 1000;

/** Topics, their subscriptions, and the mail that they sent to people. */
export const createSnsState = (): SnsState => {
  const topics = new Map<string, Topic>();
  const subscriptions = new Map<string, Subscription>();
  const mailbox: Mail[] = [];
  return {
    name: 'sns',
    topics,
    subscriptions,
    mailbox,
    apply: (event) => {
      switch (event.kind) {
        case 'topic':
          topics.set(event.topic.arn, event.topic);
          return;
        case 'topic-deleted':
          topics.delete(event.arn);
          for (const { arn, topicArn } of [...subscriptions.values()]) {
            if (topicArn === event.arn) subscriptions.delete(arn);
          }
          return;
        case 'subscription':
          subscriptions.set(event.subscription.arn, event.subscription);
          return;
        case 'subscription-deleted':
          subscriptions.delete(event.arn);
          return;
        case 'mail':
          mailbox.push(event.mail);
          if (mailbox.length > mostMail) mailbox.splice(0, mailbox.length - mostMail);
      }
    },
    reset: () => {
      topics.clear();
      subscriptions.clear();
      mailbox.length = 0;
    },
    *events() {
      for (const topic of topics.values()) yield { kind: 'topic', topic };
      for (const subscription of subscriptions.values()) yield { kind: 'subscription', subscription };
      for (const mail of mailbox) yield { kind: 'mail', mail };
    },
  };
};
