import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { mapAfterRestart, newDirectory, openMap } from './journaled-map.ts';

it('has after a restart what it had before, line breaks and all', () => {
  const directory = newDirectory();
  const first = openMap(directory);
  first.commit({ key: 'a\n\u2028', value: 1 });
  first.commit({ key: 'b', value: 2 });
  first.commit({ key: 'b', value: 3 });
  first.journal.close();
  const second = openMap(directory);
  expect([...second.map]).toEqual([...first.map]);
  second.commit({ key: 'c', value: 4 });
  second.journal.close();
  const third = openMap(directory);
  expect([...third.map.values()]).toEqual([1, 3, 4]);
  third.journal.close();
});

it('drops a last line that was cut short, and goes on after the one before', () => {
  const directory = newDirectory();
  const first = openMap(directory);
  first.commit({ key: 'a', value: 1 });
  first.journal.close();
  appendFileSync(join(directory, 'journal.jsonl'), '["map",{"key":"b"');
  const second = openMap(directory);
  expect([...second.map]).toEqual([['a', 1]]);
  second.commit({ key: 'c', value: 3 });
  second.journal.close();
  const third = openMap(directory);
  expect([...third.map]).toEqual([
    ['a', 1],
    ['c', 3],
  ]);
  third.journal.close();
});

it('says where a journal is damaged, and leaves it as it is', () => {
  const directory = newDirectory();
  const text = '["map",{"key":"a","value":1}]\nnonsense\n["map",{"key":"b","value":1}]\n';
  writeFileSync(join(directory, 'journal.jsonl'), text);
  expect(() => openMap(directory)).toThrow(/journal\.jsonl:2 cannot be read .* move the file away/);
  expect(readFileSync(join(directory, 'journal.jsonl'), 'utf8')).toBe(text);
});

it('forgets history when it has grown to a multiple of the state', async () => {
  const directory = newDirectory();
  const first = openMap(directory);
  const key = 'x'.repeat(10_000);
  for (let value = 0; value < 1000; value += 1) {
    first.commit({ key, value });
    if (value % 100 === 0) await Promise.resolve();
  }
  await Promise.resolve();
  expect(statSync(join(directory, 'journal.jsonl')).size).toBeLessThan(9 * 1024 * 1024);
  first.journal.close();
  const second = openMap(directory);
  expect(second.map.get(key)).toBe(999);
  second.journal.close();
});

const journalSize = (directory: string): number => statSync(join(directory, 'journal.jsonl')).size;

/** Starts, commits so many values of one key, and stops. */
const session = (directory: string, key: string, values: number): void => {
  const { journal, commit } = openMap(directory);
  for (let value = 1; value <= values; value += 1) commit({ key, value });
  journal.close();
};

it('forgets history also where every session adds too little for that', () => {
  const directory = newDirectory();
  const key = 'x'.repeat(100_000);
  for (let sessions = 0; sessions < 8; sessions += 1) session(directory, key, 30);
  expect(journalSize(directory)).toBeLessThan(12 * 1024 * 1024);
  expect(mapAfterRestart(directory)).toEqual(new Map([[key, 30]]));
});

it('is not written anew at each start when the state itself is large', () => {
  const directory = newDirectory();
  const first = openMap(directory);
  for (let value = 0; value < 100; value += 1) first.commit({ key: `${value} ${'x'.repeat(100_000)}`, value });
  first.journal.compact();
  first.journal.close();
  const { ino, size } = statSync(join(directory, 'journal.jsonl'));
  expect(size).toBeGreaterThan(9 * 1024 * 1024);
  session(directory, 'a', 100);
  expect(mapAfterRestart(directory).size).toBe(101);
  expect(statSync(join(directory, 'journal.jsonl')).ino).toBe(ino);
});

it('loses nothing that it acknowledged when the process is killed in the middle of writing', async () => {
  const directory = newDirectory();
  const program = new URL('./journal-to-kill.ts', import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=@voice-campaign/source', program, directory],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  let acknowledged = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged = Number(line);
    if (acknowledged === 2000) child.kill('SIGKILL');
  }
  await exited;
  expect(acknowledged).toBeGreaterThanOrEqual(2000);
  const { map, journal } = openMap(directory);
  expect([...map.keys()].slice(0, acknowledged + 1)).toEqual(
    Array.from({ length: acknowledged + 1 }, (_, index) => `key-${index}`),
  );
  journal.close();
});
