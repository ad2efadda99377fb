import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SQSClient } from '@aws-sdk/client-sqs';
import { AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { onTestFinished } from 'vitest';
import type { EmulatorOptions } from '../src/core/emulator-options.ts';
import { startEmulator } from '../src/core/start-emulator.ts';
import type { Emulator } from '../src/emulator.ts';

/** The path of a handler beside the tests. */
export const handlerFile = (name: string): string => new URL(`./handlers/${name}`, import.meta.url).pathname;

/** Starts an emulator that is stopped when the test is over. */
export const emulatorWith = async (options: Partial<EmulatorOptions>): Promise<Emulator> => {
  const emulator = await startEmulator({ functions: [], ...options });
  onTestFinished(() => emulator.stop());
  return emulator;
};

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

export const sqsClientOf = ({ url }: { readonly url: string }): SQSClient => {
  const client = new SQSClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
};

/** The protocols that AWS SDKs speak with CloudWatch: JSON is what those of JavaScript choose. */
export const cloudwatchProtocols = {
  JSON: {},
  CBOR: { protocol: AwsSmithyRpcV2CborProtocol },
  Query: { protocol: AwsQueryProtocol },
};

export const cloudwatchClientOf = (
  { url }: { readonly url: string },
  protocol: keyof typeof cloudwatchProtocols = 'JSON',
): CloudWatchClient => {
  const client = new CloudWatchClient({
    endpoint: url,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
    ...cloudwatchProtocols[protocol],
  });
  onTestFinished(() => client.destroy());
  return client;
};

/** What an AWS client throws, as a user sees it. */
export type ThrownByClient = { readonly name: string; readonly Code: string; readonly message: string };

/** The error that a call rejects with. @throws Error when it does not reject. */
export const errorOf = async (call: Promise<unknown>): Promise<ThrownByClient> => {
  const outcome = await call.then(
    () => undefined,
    (error: ThrownByClient) => error,
  );
  if (outcome === undefined) throw new Error('the call did not fail');
  return outcome;
};
