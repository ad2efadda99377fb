import { performance } from 'node:perf_hooks';
import type { LogEvent, PlatformEvent } from '../events.ts';
import type { ResolvedFunction } from '../resolve-functions.ts';
import type { FunctionLog } from './function-log.ts';
import type { InitEnd, InitSigns } from './initialize.ts';
import { peakMemoryMb } from './peak-memory.ts';
import type { Running, Work } from './running-invocation.ts';
import type { RuntimeEvent } from './runtime-api-server.ts';
import type { Command, RuntimeProcess } from './runtime-process.ts';

/** What all environments of a function have in common. */
export type Setting = {
  readonly fn: ResolvedFunction;
  readonly functionArn: string;
  readonly region: string;
  /** e.g. `nodejs:22` */
  readonly runtimeVersion: string;
  readonly command: (logStream: string) => Command;
  readonly freeze: boolean;
  readonly initTimeoutMs: number;
  readonly now: () => number;
  readonly log: (event: LogEvent) => void;
  readonly lifecycle: (event: PlatformEvent) => void;
};

/** Who gives an environment its work. */
export type Owner = {
  /** There is room for an event: deliver one now, or the environment is frozen. */
  readonly idle: () => void;
  /** Init has failed: it is tried again on the time of an invocation, which the owner hands over. */
  readonly takeWork: () => Work | undefined;
  readonly processStarted: (pid: number) => void;
  readonly processEnded: (pid: number) => void;
  /** The environment is over. */
  readonly left: () => void;
};

/** The parts of `PlatformEvent` that differ from one to the next. */
type Happening = PlatformEvent extends infer Event
  ? Event extends PlatformEvent
    ? Omit<Event, 'functionName' | 'logStream' | 'pid' | 'at'>
    : never
  : never;

/** The state of one execution environment, changed in place by the functions here and in its neighbours. */
export type State = {
  readonly setting: Setting;
  readonly owner: Owner;
  readonly log: FunctionLog;
  readonly running: Map<string, Running>;
  /** The runtime's open requests for an event. */
  readonly held: ((event: RuntimeEvent) => void)[];
  readonly ended: Promise<void>;
  readonly end: () => void;
  process: RuntimeProcess | undefined;
  /** Set until init has succeeded or its process is gone. */
  signs: InitSigns | undefined;
  ready: boolean;
  init: InitEnd | undefined;
  served: boolean;
  frozen: boolean;
  /** Takes no more events. */
  closing: boolean;
  /** A process that is only being started is to end at once. */
  doomed: boolean;
  gone: boolean;
  peakMemoryMb: number | undefined;
  memoryReadAt: number;
};

const MEMORY_EVERY_MS = 1_000;

export const isShared = ({ setting }: State): boolean => setting.fn.concurrencyPerProcess > 1;

export function emit({ setting, log, process }: State, happening: Happening): void {
  const place = { functionName: setting.fn.name, logStream: log.logStream, pid: process?.pid ?? 0, at: setting.now() };
  setting.lifecycle({ ...place, ...happening });
}

function freeze(state: State): void {
  if (state.frozen || !state.setting.freeze || isShared(state) || state.process === undefined) return;
  state.frozen = state.process.signal('SIGSTOP');
  if (state.frozen) emit(state, { kind: 'freeze' });
}

export function thaw(state: State): void {
  if (!state.frozen) return;
  state.frozen = false;
  state.process?.signal('SIGCONT');
  emit(state, { kind: 'thaw' });
}

/** Read now and then only: it costs a trip to the file system. */
export async function readMemory(state: State): Promise<void> {
  const at = performance.now();
  if (state.process === undefined || at - state.memoryReadAt < MEMORY_EVERY_MS) return;
  state.memoryReadAt = at;
  state.peakMemoryMb = (await peakMemoryMb(state.process.pid)) ?? state.peakMemoryMb;
}

/** Ends the processes of the environment; resolves when it is gone. */
export async function shutDown(state: State): Promise<void> {
  state.closing = true;
  state.doomed = true;
  if (state.gone) return;
  thaw(state);
  const { graceMs } = state.setting.fn;
  const signalled = graceMs > 0 && state.process?.signal('SIGTERM');
  const grace = signalled ? setTimeout(() => state.process?.signal('SIGKILL'), graceMs) : undefined;
  if (!signalled) state.process?.signal('SIGKILL');
  await state.ended;
  clearTimeout(grace);
}

/** Nothing is to be done for now, unless the owner has something. */
export function rest(state: State): void {
  if (state.closing) {
    if (state.running.size === 0) void shutDown(state);
    return;
  }
  state.owner.idle();
  if (state.running.size === 0 && state.held.length > 0) freeze(state);
}
