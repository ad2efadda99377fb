import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type WriteBytes, writeBytes } from '../../src/state/write-whole.ts';
import { mapAfterRestart, newDirectory, openMap } from './journaled-map.ts';

/** Takes up to `free` bytes in all, and ends like a full disk: the last write is short, the next one fails. */
const diskOf = (free: number) => {
  const disk = { free };
  const write: WriteBytes = (file, bytes, offset, length, position) => {
    if (length > 0 && disk.free <= 0) {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    }
    const written = writeBytes(file, bytes, offset, Math.min(length, disk.free), position);
    disk.free -= written;
    return written;
  };
  return { disk, write };
};

const outcomeOf = (run: () => void): string => {
  try {
    run();
    return 'acknowledged';
  } catch (error) {
    return String(error);
  }
};

const journalSize = (directory: string): number => statSync(join(directory, 'journal.jsonl')).size;

it('has after a restart exactly what was acknowledged, whenever the disk was full', () => {
  const step = fc.record({ length: fc.nat(40), freed: fc.option(fc.nat(120), { freq: 4 }) });
  fc.assert(
    fc.property(fc.nat(200), fc.array(step, { maxLength: 20 }), (free, steps) => {
      const directory = newDirectory();
      const { disk, write } = diskOf(free);
      const { map, journal, commit } = openMap(directory, { write });
      const acknowledged = new Map<string, number>();
      for (const [value, { length, freed }] of steps.entries()) {
        if (freed !== null) disk.free += freed;
        const key = `${value} ${'x'.repeat(length)}`;
        const outcome = outcomeOf(() => commit({ key, value }));
        if (outcome === 'acknowledged') acknowledged.set(key, value);
        else expect(outcome).toContain('has no space left');
      }
      journal.close();
      expect(map).toEqual(acknowledged);
      expect(mapAfterRestart(directory)).toEqual(acknowledged);
    }),
  );
});

it('says that the disk is full, what became of the rest, and the way out, and takes no space for what it refused', () => {
  const directory = newDirectory();
  const { journal, commit } = openMap(directory, diskOf(10));
  expect(() => commit({ key: 'a', value: 1 })).toThrow(
    `${directory} has no space left (ENOSPC: no space left on device, write): ` +
      'what was acknowledged before is kept, free some space',
  );
  expect(journalSize(directory)).toBe(0);
  journal.close();
});

const key = 'x'.repeat(100_000);
const mebibyte = 1024 * 1024;

it('keeps the journal with its history where there is no space to compact it, says so once, and tries again', async () => {
  const directory = newDirectory();
  const warnings: string[] = [];
  const { disk, write } = diskOf(Number.POSITIVE_INFINITY);
  const { journal, commit } = openMap(directory, { write, warn: (message) => warnings.push(message) });
  const growTo = async (bytes: number): Promise<void> => {
    for (let value = 0; journalSize(directory) < bytes; value += 1) {
      commit({ key, value });
      // In between there is less than the state takes.
      disk.free = 50_000;
      await Promise.resolve();
      disk.free = Number.POSITIVE_INFINITY;
    }
  };
  await growTo(12 * mebibyte);
  expect(warnings).toEqual([
    `${join(directory, 'journal.jsonl')} could not be compacted and keeps its history (${directory} has no space left ` +
      '(ENOSPC: no space left on device, write): what was acknowledged before is kept, free some space); ' +
      'it is tried again once it has grown by 8 MiB',
  ]);
  expect(readdirSync(directory).sort()).toEqual(['journal.jsonl', 'lock']);
  await growTo(20 * mebibyte);
  expect(warnings).toHaveLength(2);
  while (journalSize(directory) > mebibyte) {
    commit({ key, value: -1 });
    await Promise.resolve();
  }
  journal.close();
  expect(mapAfterRestart(directory)).toEqual(new Map([[key, -1]]));
});

it('refuses to compact on demand where the state has no space, and goes on with the journal as it was', () => {
  const directory = newDirectory();
  const { disk, write } = diskOf(200);
  const { journal, commit } = openMap(directory, { write });
  commit({ key: 'a', value: 1 });
  disk.free = 20;
  expect(journal.compact).toThrow('has no space left');
  disk.free = 100;
  commit({ key: 'b', value: 2 });
  journal.close();
  expect([...mapAfterRestart(directory)]).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
});

it('leaves alone a journal that was closed before it was compacted', async () => {
  const directory = newDirectory();
  const { journal, commit } = openMap(directory);
  for (let value = 0; journalSize(directory) < 8 * mebibyte; value += 1) commit({ key, value });
  journal.close();
  const size = journalSize(directory);
  await Promise.resolve();
  expect(journalSize(directory)).toBe(size);
});
