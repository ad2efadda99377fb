import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DataDirectoryError } from './data-directory-error.ts';
import { lockDirectory } from './directory-lock.ts';
import type { Journal } from './journal.ts';
import { journalLines } from './journal-lines.ts';

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
    let bytes = replay(file, path, parts);
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
const replay = (file: number, path: string, parts: readonly AnyPart[]): number => {
  const partOf = new Map(parts.map((part) => [part.name, part]));
  let bytes = 0;
  let number = 0;
  for (const [line, end] of journalLines(file)) {
    number += 1;
    bytes = end;
    applyLine(line, `${path}:${number}`, partOf);
  }
  return bytes;
};

const applyLine = (line: Buffer, where: string, partOf: ReadonlyMap<string, AnyPart>): void => {
  try {
    const [name, event] = JSON.parse(line.toString('utf8'));
    const part = partOf.get(name);
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
