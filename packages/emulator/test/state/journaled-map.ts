import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type FileJournalOptions, openFileJournal } from '../../src/state/file-journal.ts';
import { committer, type Persistent } from '../../src/state/journal.ts';

type Entry = { readonly key: string; readonly value: number };

const newMap = (): Persistent<Entry> & { readonly map: Map<string, number> } => {
  const map = new Map<string, number>();
  return {
    name: 'map',
    map,
    apply: ({ key, value }) => void map.set(key, value),
    reset: () => map.clear(),
    events: () => [...map].map(([key, value]) => ({ key, value })),
  };
};

/** A directory that is removed when the test is over. */
export const newDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'journal-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

/** A map whose entries are written to a journal in the directory. */
export const openMap = (directory: string, options: FileJournalOptions = {}) => {
  const part = newMap();
  const journal = openFileJournal(directory, [part], options);
  return { map: part.map, journal, commit: committer(journal, part) };
};

/** What is in the map after another start. */
export const mapAfterRestart = (directory: string): ReadonlyMap<string, number> => {
  const { map, journal } = openMap(directory);
  journal.close();
  return map;
};
