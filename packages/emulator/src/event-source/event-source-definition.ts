import type { DefinitionIssue } from '../core/definition-issue.ts';

/** An event source mapping of a queue to a function, as `CreateEventSourceMapping` would take it. */
export type EventSourceDefinition = {
  /** Queue name. */
  readonly queue: string;
  readonly functionName: string;
  /** 1 to 10,000, fewer where the event would be larger than 6 MB; default 10. More than 10 needs a batching window. */
  readonly batchSize?: number;
  /** 0 to 300; default 0: a batch leaves as soon as there is a message. */
  readonly maximumBatchingWindowSeconds?: number;
  /** Most batches at once (`ScalingConfig`); default: what the function can run at once here. */
  readonly maximumConcurrency?: number;
  /** Partial batch responses; default none, as on Lambda. */
  readonly functionResponseTypes?: readonly 'ReportBatchItemFailures'[];
};

/** What the mapping has to know of its two ends. */
export type EventSourceEnds = {
  readonly queue: { readonly visibilityTimeoutSeconds: number } | undefined;
  readonly function: { readonly timeoutMs: number } | undefined;
};

const outside = (value: number | undefined, min: number, max: number): boolean =>
  value !== undefined && !(value >= min && value <= max);

/** What Lambda would refuse of a mapping; empty when nothing. */
export const issuesOfEventSource = (source: EventSourceDefinition, ends: EventSourceEnds): DefinitionIssue[] => {
  const { batchSize, maximumBatchingWindowSeconds: window, maximumConcurrency } = source;
  const subject = `event source ${source.queue} -> ${source.functionName}`;
  const issues: DefinitionIssue[] = [];
  const limit = (message: string): void => void issues.push({ code: 'event-source-limit', subject, message });
  if (ends.queue === undefined) issues.push({ code: 'unknown-queue', subject, message: 'define the queue' });
  if (ends.function === undefined) issues.push({ code: 'unknown-function', subject, message: 'define the function' });
  if (outside(batchSize, 1, 10_000)) limit(`batchSize is ${batchSize}, Lambda takes 1 to 10000`);
  if (outside(window, 0, 300)) limit(`the batching window is ${window} s, Lambda takes 0 to 300`);
  if (outside(maximumConcurrency, 1, 1000)) {
    limit(`maximumConcurrency is ${maximumConcurrency}, Lambda takes 2 to 1000 (and the emulator 1)`);
  }
  if ((batchSize ?? 10) > 10 && !((window ?? 0) >= 1)) {
    limit(`a batchSize of ${batchSize} needs a batching window of at least 1 s: set one, or take 10 at most`);
  }
  if (ends.queue && ends.function && ends.queue.visibilityTimeoutSeconds * 1000 < ends.function.timeoutMs) {
    const message =
      `the queue's visibility timeout of ${ends.queue.visibilityTimeoutSeconds} s is less than the function timeout ` +
      `of ${ends.function.timeoutMs / 1000} s, so messages would come again while they are worked on: raise it`;
    issues.push({ code: 'visibility-timeout', subject, message });
  }
  return issues;
};
