import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DataDirectoryError, faultOf } from './data-directory-error.ts';
import { lockDirectory } from './directory-lock.ts';
import type { Journal } from './journal.ts';
import { journalLines } from './journal-lines.ts';
import { type WriteBytes, writeBytes, writeWhole } from './write-whole.ts';

export type FileJournal = Journal & {
  /** Writes the state anew, without its history. @throws DataDirectoryError, and goes on with the journal as it was. */
  readonly compact: () => void;
  readonly close: () => void;
};

export type FileJournalOptions = {
  /** Told when the journal could not be compacted, and goes on as it was; default: nobody is. */
  readonly warn?: (message: string) => void;
  /** Default: that of the file system. */
  readonly write?: WriteBytes;
};

/** A part of whatever events: it gets those back that it wrote itself. */
type AnyPart = {
  readonly name: string;
  readonly apply: (event: never) => void;
  readonly events: () => Iterable<unknown>;
};

/** The journal on disk; `bytes` of it are whole lines. */
type Store = {
  readonly directory: string;
  readonly path: string;
  readonly parts: readonly AnyPart[];
  readonly write: WriteBytes;
  readonly warn: (message: string) => void;
  file: number;
  bytes: number;
  /** It is compacted when it has grown beyond. */
  compactAt: number;
  isClosed: boolean;
};

const flushBytes = 1024 * 1024;
/** A journal is compacted when it has grown to four times its compacted size, and not below this. */
const smallestToCompact = 8 * 1024 * 1024;
/** Ends what a compacted journal begins with, so that the next start knows the size of that. */
const compactedMark = JSON.stringify(['journal', { kind: 'compacted' }]);

const limitAfter = (compactedBytes: number): number => Math.max(smallestToCompact, 4 * compactedBytes);

/**
 * Restores `parts` from the journal in `directory`, and writes their changes down from now on: each before it is
 * applied, with a write that survives the end of the process, so that nothing acknowledged is lost when it is killed.
 * A last line that was cut short was never acknowledged, and is dropped. A change that cannot be written is refused by a
 * DataDirectoryError, and leaves the journal as it was.
 * @throws DataDirectoryError where the directory cannot be used or another emulator uses it, or the journal is damaged.
 */
export const openFileJournal = (
  directory: string,
  parts: readonly AnyPart[],
  { warn = () => {}, write = writeBytes }: FileJournalOptions = {},
): FileJournal =>
  explained(directory, () => {
    mkdirSync(directory, { recursive: true });
    const release = lockDirectory(directory);
    try {
      const store = openStore({ directory, path: join(directory, 'journal.jsonl'), parts, write, warn });
      if (store.bytes > store.compactAt) compactOrWarn(store);
      return {
        record: (part, event) => {
          append(store, `${JSON.stringify([part, event])}\n`);
          if (store.bytes > store.compactAt) compactSoon(store);
        },
        compact: () => explained(directory, () => compact(store)),
        close: () => {
          store.isClosed = true;
          closeSync(store.file);
          release();
        },
      };
    } catch (error) {
      release();
      throw error;
    }
  });

const explained = <Result>(directory: string, run: () => Result): Result => {
  try {
    return run();
  } catch (error) {
    throw faultOf(directory, error);
  }
};

const openStore = (given: Pick<Store, 'directory' | 'path' | 'parts' | 'write' | 'warn'>): Store => {
  const { path, parts } = given;
  rmSync(besideOf(path), { force: true });
  const file = openSync(path, existsSync(path) ? 'r+' : 'w+');
  try {
    const { bytes, compactedBytes } = replay(file, path, parts);
    ftruncateSync(file, bytes);
    return { ...given, file, bytes, compactAt: limitAfter(compactedBytes), isClosed: false };
  } catch (error) {
    closeSync(file);
    throw error;
  }
};

/** Applies every whole line; gives back where the last one ends, and where that of the compacted state does. */
const replay = (
  file: number,
  path: string,
  parts: readonly AnyPart[],
): { readonly bytes: number; readonly compactedBytes: number } => {
  const partOf = new Map(parts.map((part) => [part.name, part]));
  let bytes = 0;
  let compactedBytes = 0;
  let number = 0;
  for (const [line, end] of journalLines(file)) {
    number += 1;
    bytes = end;
    if (line.equals(markBytes)) compactedBytes = end;
    else applyLine(line, `${path}:${number}`, partOf);
  }
  return { bytes, compactedBytes };
};

const markBytes = Buffer.from(compactedMark);

const applyLine = (line: Buffer, where: string, partOf: ReadonlyMap<string, AnyPart>): void => {
  try {
    const [name, event] = JSON.parse(line.toString('utf8'));
    const part = partOf.get(name);
    if (part === undefined) throw new Error(`there is no ${name} in this version`);
    part.apply(event as never);
  } catch (error) {
    throw new DataDirectoryError(
      `${where} cannot be read (${reasonOf(error)}): ` +
        'delete from that line on to keep what came before, or move the file away to start empty',
    );
  }
};

const append = (store: Store, text: string): void => {
  const { directory, file, bytes } = store;
  const line = Buffer.from(text);
  explained(directory, () => {
    try {
      writeWhole(store.write, file, line, bytes);
    } catch (error) {
      // What was written of it would take space until the next line is written over it.
      ftruncateSync(file, bytes);
      throw error;
    }
  });
  store.bytes += line.length;
};

/** Not while an event is written and not yet applied: the compacted journal would lack it. */
const compactSoon = (store: Store): void => {
  // Once for all that is written meanwhile.
  store.compactAt = Number.POSITIVE_INFINITY;
  queueMicrotask(() => {
    if (!store.isClosed) compactOrWarn(store);
  });
};

const compactOrWarn = (store: Store): void => {
  try {
    compact(store);
  } catch (error) {
    // A full disk stays full for a while: each write would try in vain, at the cost of the whole state.
    store.compactAt = store.bytes + smallestToCompact;
    store.warn(
      `${store.path} could not be compacted and keeps its history (${reasonOf(faultOf(store.directory, error))}); ` +
        `it is tried again once it has grown by ${smallestToCompact / 1024 / 1024} MiB`,
    );
  }
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const besideOf = (path: string): string => `${path}.new`;

const compact = (store: Store): void => {
  const { path, file: before } = store;
  const file = openSync(besideOf(path), 'w+');
  try {
    const bytes = writeState(store, file);
    fsyncSync(file);
    renameSync(besideOf(path), path);
    Object.assign(store, { file, bytes, compactAt: limitAfter(bytes) } satisfies Partial<Store>);
  } catch (error) {
    closeSync(file);
    rmSync(besideOf(path), { force: true });
    throw error;
  }
  closeSync(before);
};

/** Writes the events that make the present state; gives back how many bytes they take. */
const writeState = ({ parts, write }: Store, file: number): number => {
  let bytes = 0;
  let lines = '';
  const flush = (): void => {
    const written = Buffer.from(lines);
    writeWhole(write, file, written, bytes);
    bytes += written.length;
    lines = '';
  };
  for (const part of parts) {
    for (const event of part.events()) {
      lines += `${JSON.stringify([part.name, event])}\n`;
      if (lines.length > flushBytes) flush();
    }
  }
  lines += `${compactedMark}\n`;
  flush();
  return bytes;
};
