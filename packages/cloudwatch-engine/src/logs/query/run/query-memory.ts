import { isTree, type QueryValue } from './query-value.ts';

/** A query that would take more than there is for it while it runs. */
export class LogQueryLimitError extends Error {
  override readonly name = 'LogQueryLimitError';
}

/** What a query takes in memory while it runs, in bytes, as V8 was measured to take them. */
export type QueryMemory = {
  readonly byteLimit: number;
  /** Records, and at last their rows. */
  held: number;
  /** What the command under way made besides, and will not keep. */
  working: number;
  /** What was found in events, and can be found again. */
  found: number;
};

/** How much a query takes while it runs, unless it is told otherwise. */
export const DEFAULT_QUERY_BYTE_LIMIT = 512 * 1024 * 1024;

export const createQueryMemory = (byteLimit = DEFAULT_QUERY_BYTE_LIMIT): QueryMemory => ({
  byteLimit,
  held: 0,
  working: 0,
  found: 0,
});

const check = ({ byteLimit, held, working, found }: QueryMemory): void => {
  if (held + working + found <= byteLimit) return;
  throw new LogQueryLimitError(
    `the query takes more than ${byteLimit} bytes of memory while it runs, which is all that one may take: ` +
      'let filter leave fewer events first, or make fewer or shorter fields of them',
  );
};

/** @throws LogQueryLimitError. */
export const hold = (memory: QueryMemory, bytes: number): void => {
  memory.held += bytes;
  check(memory);
};

/** For what ends with the record, or the command, under way. @throws LogQueryLimitError. */
export const spend = (memory: QueryMemory, bytes: number): void => {
  memory.working += bytes;
  check(memory);
};

/** Whether there is room to remember what can be found again: half of all, so that records have the other. */
export const remembers = (memory: QueryMemory, bytes: number): boolean => {
  const { byteLimit, held, working, found } = memory;
  if (found + bytes > byteLimit / 2 || held + working + found + bytes > byteLimit) return false;
  memory.found += bytes;
  return true;
};

const textHeader = 24;

/** Of short texts the header is more than what their characters may take. */
export const textBytes = (text: string): number =>
  textHeader + (text.length > 24 && /[\u0100-\uffff]/.test(text) ? 2 * text.length : text.length);

/** Keys that many objects share are one text: counted as if they were few. */
export const treeBytes = (value: unknown): number => {
  if (typeof value === 'string') return textBytes(value);
  if (typeof value !== 'object' || value === null) return 16;
  let bytes = 56;
  if (Array.isArray(value)) {
    for (const member of value as readonly unknown[]) bytes += 8 + treeBytes(member);
    return bytes;
  }
  // Object.keys and entries would make lists for each object of each event.
  for (const key in value) bytes += 24 + key.length + treeBytes((value as Readonly<Record<string, unknown>>)[key]);
  return bytes;
};

/** At the most, of the tree that a text is: `{}` takes the most for its characters. */
export const parsedBytes = (text: string): number => 24 * text.length;

export const valueBytes = (value: QueryValue): number => {
  if (typeof value === 'string') return textBytes(value);
  return value !== undefined && isTree(value) ? treeBytes(value.json) : 24;
};

/** At the most, of a value that a result or `parse` asks as text: each character may become six. */
export const shownBytes = (value: QueryValue): number =>
  value !== undefined && isTree(value) ? 6 * treeBytes(value.json) : 0;
