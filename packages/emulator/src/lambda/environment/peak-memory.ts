import { readFile } from 'node:fs/promises';

/** Largest resident size of a process so far in whole MB; undefined where /proc does not tell. */
export async function peakMemoryMb(pid: number): Promise<number | undefined> {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Math.ceil(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
}
