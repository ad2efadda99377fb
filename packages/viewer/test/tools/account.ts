import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { XRayClient } from '@aws-sdk/client-xray';
import type { TestClock } from '@voice-campaign/emulator';
import type { AwsClients } from '../../src/aws.ts';
import type { Schedule } from '../../src/source/aws/schedule.ts';

// On Node 20 the SDK says that it will ask for 22 from 2027 on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export type Counted = {
  readonly clients: Required<AwsClients>;
  readonly calls: { operation: string; input: object }[];
};

/** Clients of an endpoint on this machine, and what was sent through them. */
export function clientsOf(endpoint: string): Counted {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const config = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  const clients = {
    cloudWatch: new CloudWatchClient(config),
    logs: new CloudWatchLogsClient(config),
    xray: new XRayClient(config),
  };
  const calls: Counted['calls'] = [];
  for (const client of Object.values(clients)) {
    (client.middlewareStack as CloudWatchClient['middlewareStack']).add(
      (next, { commandName = '' }) =>
        (args) => {
          calls.push({ operation: commandName.replace(/Command$/, ''), input: args.input });
          return next(args);
        },
      { step: 'initialize' },
    );
  }
  return { clients, calls };
}

/** A schedule by the emulator's clock, which waits for what it runs. What waits for no time is run by the event loop. */
export const scheduleBy =
  (clock: TestClock): Schedule =>
  (milliseconds, run) => {
    if (milliseconds > 0) return clock.at(clock.now() + milliseconds, run);
    setImmediate(run);
    return () => {};
  };
