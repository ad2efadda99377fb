/** What the results of queries take in memory, and may take. */
export type QueryMemory = {
  readonly maxBytes: number;
  bytes: number;
  /** Whose results are kept. */
  queries: number;
  /** Whose results were forgotten to stay within the limits. */
  dropped: number;
};

/** For results of 128 MiB by default: as much as the events that they are of. */
export const createQueryMemory = (maxBytes = 128 * 1024 * 1024): QueryMemory => ({
  maxBytes,
  bytes: 0,
  queries: 0,
  dropped: 0,
});
