import type { Input } from './input.ts';

/** One AWS service: its operations by name. They answer with the output, or throw a ServiceError. */
export type Service = {
  /** What stands before the dot in `X-Amz-Target`. */
  readonly targetPrefix: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** Largest request body, inflated; more is answered with 413. Default: no limit of its own. */
  readonly maximumBodyBytes?: number;
};

export type Operation = (input: Input, signal?: AbortSignal) => unknown;
