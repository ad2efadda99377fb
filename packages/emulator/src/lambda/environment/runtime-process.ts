import { type ChildProcess, spawn } from 'node:child_process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type LineSplitter, lineSplitter } from './line-splitter.ts';
import { type RuntimeApiListener, type RuntimeApiServer, serveRuntimeApi } from './runtime-api-server.ts';

/** How a runtime process is started. */
export type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
};

/** How a process ended; `failure` is set when it could not even be started. */
export type Exit = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly failure?: string;
};

export type RuntimeProcessListener = RuntimeApiListener & {
  readonly line: (source: 'stdout' | 'stderr', line: string) => void;
  /** All that the process wrote has been told before. */
  readonly exited: (exit: Exit) => void;
};

/** A child process that runs a handler, and its end of the Runtime API. */
export type RuntimeProcess = {
  /** 0: it could not be started. */
  readonly pid: number;
  /** Signals the process (SIGKILL, SIGSTOP and SIGCONT: with all that it started); false when it is gone. */
  readonly signal: (signal: NodeJS.Signals) => boolean;
  /** Resolves once everything that the process has written so far has been told as lines. */
  readonly drained: () => Promise<void>;
  /** Tells what was read after the last line end as a line of its own. */
  readonly endLines: () => void;
};

const OF_THE_GROUP: readonly NodeJS.Signals[] = ['SIGKILL', 'SIGSTOP', 'SIGCONT'];

function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  if (pid === 0) return false;
  const group = process.platform !== 'win32' && OF_THE_GROUP.includes(signal);
  try {
    return process.kill(group ? -pid : pid, signal);
  } catch {
    return false;
  }
}

/** What a process writes to one of its streams. */
type Output = Pick<LineSplitter, 'flush'> & {
  /** How many bytes were read so far. */
  readonly bytesRead: () => number;
};

/** An event of CloudWatch Logs takes 1 MiB, of which 26 bytes count for other things than its message. */
const mostLineBytes = 1_048_576 - 26;

function readLines(child: ChildProcess, source: 'stdout' | 'stderr', listener: RuntimeProcessListener): Output {
  const { push, flush } = lineSplitter((line) => listener.line(source, line), mostLineBytes);
  let bytes = 0;
  child[source]?.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    push(chunk);
  });
  child[source]?.on('close', flush);
  return { flush, bytesRead: () => bytes };
}

/**
 * What was written before a request was sent is in its pipe when the request arrives, so that one full turn of the
 * event loop in which nothing more is read has read it all. Within one turn the order of the two is the system's.
 */
async function drain(bytesRead: () => number): Promise<void> {
  for (let before = -1; before !== bytesRead(); ) {
    before = bytesRead();
    await nextTurn();
  }
}

function spawnFor({ file, args, cwd, env }: Command, api: RuntimeApiServer): ChildProcess {
  try {
    return spawn(file, args, {
      cwd,
      env: { ...env, AWS_LAMBDA_RUNTIME_API: api.address },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
  } catch (error) {
    api.close();
    throw error;
  }
}

/**
 * Starts the process in a process group of its own, with `AWS_LAMBDA_RUNTIME_API` set to a server made for it.
 * @throws what the system has against its arguments, e.g. that they are too long.
 */
export async function startRuntimeProcess(command: Command, listener: RuntimeProcessListener): Promise<RuntimeProcess> {
  const api = await serveRuntimeApi(listener);
  const child = spawnFor(command, api);
  const pid = child.pid ?? 0;
  const ended = (exit: Exit) => {
    api.close();
    listener.exited(exit);
  };
  const stdout = readLines(child, 'stdout', listener);
  const stderr = readLines(child, 'stderr', listener);
  const drained = () => drain(() => stdout.bytesRead() + stderr.bytesRead());
  child.once('exit', async () => {
    // Whatever the handler started goes with it. What is in a group of its own stays, and could hold the pipes open.
    sendSignal(pid, 'SIGKILL');
    await drained();
    child.stdout?.destroy();
    child.stderr?.destroy();
  });
  child.once('close', (code, signal) => pid !== 0 && ended({ code, signal }));
  child.once('error', (error) => pid === 0 && ended({ code: null, signal: null, failure: error.message }));
  return {
    pid,
    signal: (signal) => sendSignal(pid, signal),
    drained,
    endLines: () => {
      stdout.flush();
      stderr.flush();
    },
  };
}
