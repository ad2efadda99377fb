import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataDirectoryError } from './data-directory-error.ts';

/** Who holds a directory. Versions before `started` wrote the number alone. */
type Owner = { readonly pid: number; readonly started?: string };

/**
 * Holds the directory for this process; gives back what lets it go. A lock of a process that is gone is taken over, also
 * where its number is that of another one by now: in a container it is 1 each time.
 * @throws DataDirectoryError where another emulator uses the directory.
 */
export const lockDirectory = (directory: string): (() => void) => {
  const path = join(directory, 'lock');
  const text = JSON.stringify({ pid: process.pid, started: startOf(process.pid) });
  for (;;) {
    try {
      writeFileSync(path, text, { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = readOwner(path);
      if (owner !== undefined && isRunning(owner)) {
        const { pid } = owner;
        throw new DataDirectoryError(
          `${directory} is in use by process ${pid}: stop that emulator, or give this one a directory of its own ` +
            `(should process ${pid} be no emulator, remove ${path})`,
        );
      }
      rmSync(path, { force: true });
    }
  }
};

/** `undefined` for a lock that is gone by now, or whose process was killed while it wrote it. */
const readOwner = (path: string): Owner | undefined => {
  try {
    const owner: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof owner === 'number') return { pid: owner };
    return typeof owner === 'object' && owner !== null && 'pid' in owner ? (owner as Owner) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const isRunning = ({ pid, started }: Owner): boolean => {
  if (!isAlive(pid)) return false;
  if (started === undefined) return pid !== process.pid;
  const now = startOf(pid);
  return now === undefined || now === started;
};

const isAlive = (pid: number): boolean => {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Tells a process from others that had its number before; `undefined` where the system does not say. */
const startOf = (pid: number): string | undefined => {
  const told = startInProc(pid);
  if (told !== undefined || pid !== process.pid) return told;
  // Both are of the clock that nobody sets.
  return String(Math.round(Number(process.hrtime.bigint()) / 1e9 - process.uptime()));
};

/** Linux says it: ticks since this boot, in the 22nd field (proc(5)). */
const startInProc = (pid: number): string | undefined => {
  try {
    // The second field, a name in parentheses, may hold anything.
    const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // A killed process stays until its parent asks for it, which in a container may be never.
    return state === 'Z' ? `${boot} gone` : `${boot} ${fields[18]}`;
  } catch {
    return undefined;
  }
};
