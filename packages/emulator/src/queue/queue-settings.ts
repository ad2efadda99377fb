import type { DefinitionIssue } from '../core/definition-issue.ts';

/** A queue as its configuration on AWS would describe it. Times are seconds; fractions make tests short. */
export type QueueDefinition = {
  /** 1 to 80 letters, digits, `-` and `_`. FIFO queues (`.fifo`) are not emulated. */
  readonly name: string;
  /** 0 to 43,200; default 30. */
  readonly visibilityTimeoutSeconds?: number;
  /** 0 to 900; default 0. */
  readonly delaySeconds?: number;
  /** 60 to 1,209,600; default 345,600 (4 days). */
  readonly retentionSeconds?: number;
  /** 0 to 20; default 0. */
  readonly receiveWaitSeconds?: number;
  /** 1,024 to 1,048,576; default 1,048,576 (1 MiB). */
  readonly maximumMessageBytes?: number;
  /** Where messages go once they were delivered `maxReceiveCount` times without being deleted. */
  readonly redrivePolicy?: { readonly deadLetterQueue: string; readonly maxReceiveCount: number };
  /** Values by key. */
  readonly tags?: Readonly<Record<string, string>>;
};

/** A queue definition with every default in place. */
export type QueueSettings = Required<Omit<QueueDefinition, Optional>> & Pick<QueueDefinition, Optional>;

type Optional = 'redrivePolicy' | 'tags';

type Limit = { readonly attribute: string; readonly min: number; readonly max: number; readonly fallback: number };

/** The numeric settings with their SQS attribute names and limits (SQS API reference, CreateQueue). */
export const queueLimits = {
  visibilityTimeoutSeconds: { attribute: 'VisibilityTimeout', min: 0, max: 43_200, fallback: 30 },
  delaySeconds: { attribute: 'DelaySeconds', min: 0, max: 900, fallback: 0 },
  retentionSeconds: { attribute: 'MessageRetentionPeriod', min: 60, max: 1_209_600, fallback: 345_600 },
  receiveWaitSeconds: { attribute: 'ReceiveMessageWaitTimeSeconds', min: 0, max: 20, fallback: 0 },
  maximumMessageBytes: { attribute: 'MaximumMessageSize', min: 1024, max: 1_048_576, fallback: 1_048_576 },
} as const satisfies Record<string, Limit>;

export type QueueLimitName = keyof typeof queueLimits;

export const queueLimitNames = Object.keys(queueLimits) as QueueLimitName[];

/** Completes a definition with the defaults of SQS. */
export const settingsOf = (definition: QueueDefinition): QueueSettings => ({
  visibilityTimeoutSeconds: queueLimits.visibilityTimeoutSeconds.fallback,
  delaySeconds: queueLimits.delaySeconds.fallback,
  retentionSeconds: queueLimits.retentionSeconds.fallback,
  receiveWaitSeconds: queueLimits.receiveWaitSeconds.fallback,
  maximumMessageBytes: queueLimits.maximumMessageBytes.fallback,
  ...definition,
});

/** What is wrong with a definition; empty when nothing is. */
export const issuesOfQueue = (definition: QueueDefinition): DefinitionIssue[] => {
  const { name, redrivePolicy } = definition;
  const subject = `queue ${name}`;
  const issues: DefinitionIssue[] = [];
  if (name.endsWith('.fifo')) {
    issues.push({ code: 'queue-fifo', subject, message: 'FIFO queues are not emulated: use a standard queue' });
  } else if (!isQueueName(name)) {
    issues.push({ code: 'queue-name', subject, message: 'a name has 1 to 80 letters, digits, - and _' });
  }
  for (const key of queueLimitNames) {
    const { min, max } = queueLimits[key];
    const value = definition[key];
    if (value !== undefined && !(value >= min && value <= max)) {
      issues.push({ code: 'queue-limit', subject, message: `${key} is ${value}, SQS takes ${min} to ${max}` });
    }
  }
  if (redrivePolicy !== undefined && !isMaxReceiveCount(redrivePolicy.maxReceiveCount)) {
    const message = `maxReceiveCount is ${redrivePolicy.maxReceiveCount}, SQS takes 1 to 1000`;
    issues.push({ code: 'redrive-policy', subject, message });
  }
  return issues;
};

export const isQueueName = (name: string): boolean => /^[A-Za-z0-9_-]{1,80}$/.test(name);

export const isMaxReceiveCount = (count: number): boolean => Number.isInteger(count) && count >= 1 && count <= 1000;
