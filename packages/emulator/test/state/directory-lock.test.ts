import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lockDirectory } from '../../src/state/directory-lock.ts';
import { newDirectory } from './journaled-map.ts';

const lockOf = (directory: string): string => join(directory, 'lock');

it('is one holder’s at a time, and says who holds it', () => {
  const directory = newDirectory();
  const release = lockDirectory(directory);
  expect(() => lockDirectory(directory)).toThrow(
    `${directory} is in use by process ${process.pid}: stop that emulator, or give this one a directory of its own ` +
      `(should process ${process.pid} be no emulator, remove ${lockOf(directory)})`,
  );
  release();
  lockDirectory(directory)();
  expect(existsSync(lockOf(directory))).toBe(false);
});

it.each([
  ['is gone', '{"pid":999999999,"started":"then"}'],
  ['had the number of this one', JSON.stringify({ pid: process.pid, started: 'then' })],
  ['had the number of this one, in a version that wrote nothing more', String(process.pid)],
  ['was killed while it wrote the lock', ''],
  ['wrote something else', 'null'],
])('takes over from a process that %s', (_, text) => {
  const directory = newDirectory();
  writeFileSync(lockOf(directory), text);
  lockDirectory(directory)();
});

/** A process that does nothing until the test is over. */
const idleProcess = (): number => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid ?? 0;
};

it('leaves the directory to another process that runs, also where a version wrote nothing but its number', () => {
  const directory = newDirectory();
  const pid = idleProcess();
  writeFileSync(lockOf(directory), String(pid));
  expect(() => lockDirectory(directory)).toThrow(`is in use by process ${pid}`);
});

it.runIf(existsSync('/proc/self/stat'))('takes over where another process has the number by now', () => {
  const directory = newDirectory();
  writeFileSync(lockOf(directory), JSON.stringify({ pid: idleProcess(), started: 'then' }));
  const release = lockDirectory(directory);
  expect(JSON.parse(readFileSync(lockOf(directory), 'utf8'))).toMatchObject({ pid: process.pid });
  release();
});
