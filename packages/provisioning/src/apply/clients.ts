import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { XRayClient } from '@aws-sdk/client-xray';
import { ClientMissing } from './outcome.ts';
import type { RateLimit } from './rate-limit.ts';

/** Clients of the AWS SDK v3. What a plan has of a service without one is reported as lacking. */
export type ApplyClients = {
  readonly cloudWatch: CloudWatchClient;
  readonly sns: SNSClient;
  readonly logs?: CloudWatchLogsClient;
  readonly xray?: XRayClient;
  /** For a key of the plan's own. */
  readonly kms?: KMSClient;
  /** For an event target. */
  readonly events?: EventBridgeClient;
};

export type ApplyOptions = {
  /** `aws` (default) keeps within the requests a second that an account has at first; `none` is for local endpoints. */
  readonly quotas?: 'aws' | 'none';
  /** Only looks: what would be created or updated is in the result, and nothing is changed. */
  readonly dryRun?: boolean;
  /** Told of each resource when it is done. */
  readonly onResource?: (resource: { readonly type: string; readonly name: string; readonly outcome: string }) => void;
  /** Milliseconds, for the quotas; default the real time. */
  readonly now?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
};

/** The clients, each request waiting for its turn. */
export type Clients = { readonly [Name in keyof ApplyClients]-?: NonNullable<ApplyClients[Name]>['send'] };

type Sends = (command: { readonly constructor: { readonly name: string } }) => Promise<unknown>;

const reading = /^(Get|List|Describe)/;

/** `send` of each client, which waits until the operation may be sent; a dry run sends only those that read. */
export const limited = (clients: ApplyClients, limit: RateLimit, dryRun = false): Clients => {
  const sendOf = (name: keyof ApplyClients): Sends => {
    const client = clients[name] as { readonly send: Sends } | undefined;
    return async (command) => {
      if (client === undefined) throw new ClientMissing(`no client was given as clients.${name}`);
      const operation = command.constructor.name.replace(/Command$/, '');
      if (dryRun && !reading.test(operation)) return {};
      await limit(operation);
      return client.send(command);
    };
  };
  const names = ['cloudWatch', 'sns', 'logs', 'xray', 'kms', 'events'] as const;
  // The types of `send` are those of each client: only its waiting was added.
  return Object.fromEntries(names.map((name) => [name, sendOf(name)])) as unknown as Clients;
};
