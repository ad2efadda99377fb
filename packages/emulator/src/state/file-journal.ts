import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DataDirectoryError } from './data-directory-error.ts';
import { lockDirectory } from './directory-lock.ts';
import type { Journal } from './journal.ts';

export type FileJournal = Journal & {
  /** Writes the state anew, without its history. */
  readonly compact: () => void;
  readonly close: () => void;
};

/** A part of whatever events: it gets those back that it wrote itself. */
type AnyPart = {
  readonly name: string;
  readonly apply: (event: never) => void;
  readonly events: () => Iterable<unknown>;
};

const newline = 0x0a;
const chunkBytes = 1024 * 1024;
/** A journal is compacted when it has grown to four times its compacted size, and not below this. */
const smallestToCompact = 8 * 1024 * 1024;

/**
 * Restores `parts` from the journal in `directory`, and writes their changes down from now on: each before it is
 * applied, with a write that survives the end of the process, so that nothing acknowledged is lost when it is killed.
 * A last line that was cut short was never acknowledged, and is dropped.
 * @throws DataDirectoryError where another emulator uses the directory, or the journal is damaged.
 */
export const openFileJournal = (directory: string, parts: readonly AnyPart[]): FileJournal => {
  mkdirSync(directory, { recursive: true });
  const release = lockDirectory(directory);
  const path = join(directory, 'journal.jsonl');
  try {
    let file = openSync(path, existsSync(path) ? 'r+' : 'w+');
    let bytes = replay(file, path, new Map(parts.map((part) => [part.name, part])));
    ftruncateSync(file, bytes);
    let compactedBytes = bytes;
    const compact = (): void => {
      const [compacted, length] = writeCompacted(path, parts);
      closeSync(file);
      file = compacted;
      bytes = length;
      compactedBytes = length;
    };
    return {
      record: (part, event) => {
        bytes += writeSync(file, `${JSON.stringify([part, event])}\n`, bytes);
        if (bytes > smallestToCompact && bytes > 4 * compactedBytes) compactSoon(compact);
      },
      compact,
      close: () => {
        closeSync(file);
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
};

/** Not while an event is written and not yet applied: the compacted journal would lack it. */
const compactSoon = (() => {
  const waiting = new Set<() => void>();
  return (compact: () => void): void => {
    if (waiting.has(compact)) return;
    waiting.add(compact);
    queueMicrotask(() => {
      waiting.delete(compact);
      compact();
    });
  };
})();

/** Applies every whole line; gives back where the last one ends. */
const replay = (file: number, path: string, parts: ReadonlyMap<string, AnyPart>): number => {
  let rest: Buffer = Buffer.alloc(0);
  let end = 0;
  let line = 0;
  const chunk = Buffer.alloc(chunkBytes);
  for (let at = 0; ; ) {
    const read = readSync(file, chunk, 0, chunkBytes, at);
    if (read === 0) return end;
    at += read;
    rest = Buffer.concat([rest, chunk.subarray(0, read)]);
    let from = 0;
    for (let to = rest.indexOf(newline); to >= 0; to = rest.indexOf(newline, from)) {
      line += 1;
      applyLine(rest.toString('utf8', from, to), `${path}:${line}`, parts);
      end += to + 1 - from;
      from = to + 1;
    }
    rest = rest.subarray(from);
  }
};

const applyLine = (text: string, where: string, parts: ReadonlyMap<string, AnyPart>): void => {
  try {
    const [name, event] = JSON.parse(text);
    const part = parts.get(name);
    if (part === undefined) throw new Error(`there is no ${name} in this version`);
    part.apply(event as never);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataDirectoryError(`${where} cannot be read (${reason}): move the file away to start empty`);
  }
};

const writeCompacted = (path: string, parts: readonly AnyPart[]): readonly [file: number, bytes: number] => {
  const beside = `${path}.new`;
  const file = openSync(beside, 'w+');
  let bytes = 0;
  let lines = '';
  const flush = (): void => {
    bytes += writeSync(file, lines, bytes);
    lines = '';
  };
  for (const part of parts) {
    for (const event of part.events()) {
      lines += `${JSON.stringify([part.name, event])}\n`;
      if (lines.length > chunkBytes) flush();
    }
  }
  flush();
  fsyncSync(file);
  renameSync(beside, path);
  return [file, bytes];
};
