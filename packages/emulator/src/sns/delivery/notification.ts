/** A value of a message attribute, as SNS delivers it. */
export type SnsAttribute = { readonly Type: string; readonly Value: string };

/** One published message on its way to one subscription. */
export type Notification = {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
  /** What endpoints of some protocols get in place of the message. */
  readonly texts: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly attributes: Readonly<Record<string, SnsAttribute>>;
  /** What queues get beside the message. */
  readonly messageGroupId?: string;
  readonly traceHeader?: string;
};

/** Signs the texts that AWS signs (developer guide, Verifying the signatures of Amazon SNS messages). */
export type Signer = {
  readonly certificateUrl: string;
  readonly sign: (text: string, version: SignatureVersion) => string;
};

type SignatureVersion = '1' | '2';

export type Signing = { readonly signer: Signer; readonly version: SignatureVersion };

const signedText = (members: readonly (readonly [name: string, value: string | undefined])[]): string =>
  members.map(([name, value]) => (value === undefined ? '' : `${name}\n${value}\n`)).join('');

/** The body that an HTTP endpoint or a queue gets (developer guide, HTTP/HTTPS notification JSON format). */
export const notificationBody = (
  notification: Notification,
  { signer, version, unsubscribeUrl }: Signing & { readonly unsubscribeUrl: string },
): Readonly<Record<string, unknown>> => {
  const { messageId, topicArn, subject, message, attributes } = notification;
  const timestamp = new Date(notification.at).toISOString();
  const signature = signer.sign(
    signedText([
      ['Message', message],
      ['MessageId', messageId],
      ['Subject', subject],
      ['Timestamp', timestamp],
      ['TopicArn', topicArn],
      ['Type', 'Notification'],
    ]),
    version,
  );
  return {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: message,
    Timestamp: timestamp,
    SignatureVersion: version,
    Signature: signature,
    SigningCertURL: signer.certificateUrl,
    UnsubscribeURL: unsubscribeUrl,
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  };
};

export type ConfirmationType = 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';

/**
 * What an HTTP endpoint gets first, and answers by visiting `SubscribeURL`, and what it gets last (HTTP/HTTPS
 * subscription and unsubscribe confirmation JSON format).
 */
export const confirmationBody = (
  request: {
    readonly type: ConfirmationType;
    readonly messageId: string;
    readonly topicArn: string;
    readonly token: string;
    readonly message: string;
    readonly at: number;
  },
  { signer, version, subscribeUrl }: Signing & { readonly subscribeUrl: string },
): Readonly<Record<string, unknown>> => {
  const { type, messageId, topicArn, token, message } = request;
  const timestamp = new Date(request.at).toISOString();
  const signature = signer.sign(
    signedText([
      ['Message', message],
      ['MessageId', messageId],
      ['SubscribeURL', subscribeUrl],
      ['Timestamp', timestamp],
      ['Token', token],
      ['TopicArn', topicArn],
      ['Type', type],
    ]),
    version,
  );
  return {
    Type: type,
    MessageId: messageId,
    Token: token,
    TopicArn: topicArn,
    Message: message,
    SubscribeURL: subscribeUrl,
    Timestamp: timestamp,
    SignatureVersion: version,
    Signature: signature,
    SigningCertURL: signer.certificateUrl,
  };
};

/** The event that a subscribed function gets (Lambda developer guide, Using AWS Lambda with Amazon SNS). */
export const lambdaEvent = (
  body: Readonly<Record<string, unknown>>,
  subscriptionArn: string,
): Readonly<Record<string, unknown>> => {
  const { SigningCertURL, UnsubscribeURL, ...members } = body;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          ...members,
          Subject: members.Subject ?? null,
          SigningCertUrl: SigningCertURL,
          UnsubscribeUrl: UnsubscribeURL,
          MessageAttributes: members.MessageAttributes ?? {},
        },
      },
    ],
  };
};
