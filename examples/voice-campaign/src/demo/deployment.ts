import { fileURLToPath } from 'node:url';
import type { Emulator, EmulatorOptions, FunctionDefinition, Sampling } from '@voice-campaign/emulator';

export const PROJECT = { project: 'voice-campaign', environment: 'demo' } as const;
export const DEAD_LETTERS = 'dial-tasks-dlq';

/** Of a message, before it goes to the dead-letter queue. */
export const MAX_RECEIVE_COUNT = 3;

/** The schedule's rate: the dispatcher is invoked once in so many seconds. */
export const SLICE_SECONDS = 2;

export type Outside = {
  /** Of the telephone network, the speech provider and the SMS carrier. */
  readonly networkUrl: string;
  readonly storeUrl: string;
  /** Seconds of telephone time that pass in one second. */
  readonly speed: number;
};

/** What may be waited for: the schedule's rate, and that more SMS come. */
type Pace = { readonly sliceSeconds?: number; readonly smsWindowSeconds?: number };

/** As long as two attempts at a call may last, by the telephone network's clock. */
const LONGEST_CALL_SECONDS = 120;

/** The functions, their queues and their API, as Terraform would describe them for AWS. */
export function deploymentOf(
  { networkUrl, storeUrl, speed }: Outside,
  sampling: Sampling,
  { sliceSeconds = SLICE_SECONDS, smsWindowSeconds = 1 }: Pace = {},
): EmulatorOptions {
  const timeoutSeconds = 3 + LONGEST_CALL_SECONDS / speed;
  // A message must not come again while a process that has it still starts: its init is not part of the timeout.
  const visibleAgain = timeoutSeconds + 3;
  const fed = (name: string, reservedConcurrency: number) =>
    functionOf(name, { reservedConcurrency, timeoutMs: Math.ceil(timeoutSeconds * 1000) });
  return {
    functions: [
      functionOf('dispatcher', { timeoutMs: 15_000 }),
      fed('dialer-worker', 4),
      fed('sms-worker', 1),
      functionOf('api-handler', { processes: 2, timeoutMs: 10_000 }),
      functionOf('campaign-pauser', { timeoutMs: 10_000 }),
    ],
    queues: [
      { name: 'dial-tasks', visibilityTimeoutSeconds: visibleAgain, redrivePolicy: redriveTo(DEAD_LETTERS) },
      { name: 'sms-tasks', visibilityTimeoutSeconds: visibleAgain, redrivePolicy: redriveTo('sms-tasks-dlq') },
      { name: DEAD_LETTERS },
      { name: 'sms-tasks-dlq' },
    ],
    eventSources: [
      { queue: 'dial-tasks', functionName: 'dialer-worker', functionResponseTypes: ['ReportBatchItemFailures'] },
      {
        queue: 'sms-tasks',
        functionName: 'sms-worker',
        maximumBatchingWindowSeconds: smsWindowSeconds,
        functionResponseTypes: ['ReportBatchItemFailures'],
      },
    ],
    routes: [
      { method: 'POST', path: '/calls/{callId}/keypress', functionName: 'api-handler' },
      { method: 'POST', path: '/sms/{messageId}/status', functionName: 'api-handler' },
      { method: 'GET', path: '/campaigns/{campaignId}/progress', functionName: 'api-handler' },
      { method: 'POST', path: '/campaigns/{campaignId}/resume', functionName: 'api-handler' },
    ],
    environment: ({ queueUrl }) => ({
      PROJECT_NAME: PROJECT.project,
      ENVIRONMENT: PROJECT.environment,
      STORE_URL: storeUrl,
      TELEPHONY_URL: networkUrl,
      SPEECH_URL: networkUrl,
      SMS_URL: networkUrl,
      DIAL_TASKS_QUEUE_URL: queueUrl('dial-tasks'),
      SMS_TASKS_QUEUE_URL: queueUrl('sms-tasks'),
      SLICE_SECONDS: String(sliceSeconds),
      // On Node 20 the SDK says at each cold start that it will ask for 22 from 2027 on.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    }),
    conditions: ['@voice-campaign/source'],
    sampling,
  };
}

/** What an AWS SDK client needs to reach the emulator instead of AWS; it takes any credentials. */
export function clientOf({ url }: Pick<Emulator, 'url'>) {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return { endpoint: url, region: 'us-east-1', credentials };
}

function functionOf(name: string, settings: Partial<FunctionDefinition>): FunctionDefinition {
  return { name, entry: fileURLToPath(new URL(`../handlers/${name}.ts`, import.meta.url)), ...settings };
}

function redriveTo(deadLetterQueue: string) {
  return { deadLetterQueue, maxReceiveCount: MAX_RECEIVE_COUNT };
}
