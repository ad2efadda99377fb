import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it, vi } from 'vitest';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the functions at work, and then the emulator as that signal',
  async (signal) => {
    const script = new URL('../emulator-to-interrupt.ts', import.meta.url).pathname;
    const switches = ['--conditions=@voice-campaign/source', '--import', 'tsx'];
    const emulator = spawn(process.execPath, [...switches, script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines: string[] = [];
    createInterface(emulator.stdout).on('line', (line) => lines.push(line));
    await vi.waitFor(() => expect(lines).toHaveLength(1), { timeout: 10_000 });
    const pid = Number(lines[0]);
    expect(isAlive(pid)).toBe(true);
    const exited = once(emulator, 'exit');
    emulator.kill(signal);
    expect(await exited).toEqual([null, signal]);
    await vi.waitFor(() => expect(lines[1]).toBe('Runtime.ExitError'));
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5000 });
  },
);
