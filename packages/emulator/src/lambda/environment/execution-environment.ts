import {
  emit,
  isShared,
  type Owner,
  readMemory,
  rest,
  type Setting,
  type State,
  shutDown,
  thaw,
} from './environment-state.ts';
import { openFunctionLog, requestIdIn } from './function-log.ts';
import { type InitEnd, type InitSigns, watchInit } from './initialize.ts';
import { exitReason, type Failure, type Work } from './running-invocation.ts';
import type { RuntimeEvent } from './runtime-api-server.ts';
import { type Exit, type RuntimeProcessListener, startRuntimeProcess } from './runtime-process.ts';
import { begin, finish, hand, takesPost, tellStart } from './serve-invocation.ts';

/** One execution environment: a process, or two where init had to be tried again. */
export type ExecutionEnvironment = {
  /** Events that could be delivered now. */
  readonly room: () => number;
  readonly starting: () => boolean;
  readonly deliver: (work: Work) => void;
  readonly signal: (signal: NodeJS.Signals) => boolean;
  /** Takes no more events, and shuts down when the last is done. */
  readonly retire: () => Promise<void>;
  /** SIGTERM and grace where an extension is registered, then SIGKILL; resolves when it is gone. */
  readonly shutDown: () => Promise<void>;
};

function leave(state: State): void {
  state.gone = true;
  state.end();
  state.owner.left();
}

async function exited(state: State, exit: Exit): Promise<void> {
  state.held.length = 0;
  state.frozen = false;
  emit(state, { kind: 'exit', code: exit.code, signal: exit.signal });
  state.owner.processEnded(state.process?.pid ?? 0);
  if (state.signs !== undefined) return state.signs.exited(exit);
  state.gone = true;
  const { timeoutMs } = state.setting.fn;
  const reason = exitReason(exit);
  const failures = [...state.running.values()].map((running) =>
    finish(state, running, running.timedOut ? { kind: 'timeout', timeoutMs } : { kind: 'exit', reason }),
  );
  await Promise.all(failures);
  leave(state);
}

function asksForEvent(state: State, answer: (event: RuntimeEvent) => void): void {
  state.held.push(answer);
  const { signs } = state;
  if (signs !== undefined) {
    state.signs = undefined;
    signs.ready();
    return;
  }
  const done = [...state.running.values()].find((running) => running.posted !== undefined);
  if (isShared(state)) rest(state);
  else if (done !== undefined) void finish(state, done);
}

function tellLine(state: State, source: 'stdout' | 'stderr', line: string): void {
  const [only] = isShared(state) ? [] : state.running.keys();
  // Invocations are kept in the order in which they began: the oldest is the only one, or covers the others.
  const [oldest] = state.running.values();
  state.log.line(source, line, { requestId: only ?? requestIdIn(line), beganAt: oldest?.startedAt });
}

function listenerOf(state: State, signs: InitSigns): RuntimeProcessListener {
  return {
    next: (answer) => asksForEvent(state, answer),
    posted: (requestId, posted) => takesPost(state, requestId, posted),
    initError: signs.failed,
    line: (source, line) => tellLine(state, source, line),
    exited: (exit) => void exited(state, exit),
  };
}

async function initialize(state: State, phase: 'init' | 'invoke', limitMs?: number): Promise<InitEnd> {
  const { setting, log, owner } = state;
  const signs = watchInit(setting.now, limitMs, () => state.process?.signal('SIGKILL'));
  state.signs = signs;
  const { runtimeVersion, region } = setting;
  if (phase === 'init') log.platform({ kind: 'init-start', runtimeVersion, region });
  try {
    state.process = await startRuntimeProcess(setting.command(log.logStream), listenerOf(state, signs));
    owner.processStarted(state.process.pid);
    if (state.doomed) state.process.signal('SIGKILL');
    emit(state, { kind: 'init-start', phase });
  } catch (error) {
    signs.exited({ code: null, signal: null, failure: String(error) });
  }
  const end = await signs.end;
  await Promise.all([state.process?.drained(), readMemory(state)]);
  state.signs = undefined;
  const { status, durationMs, error } = end;
  emit(state, { kind: 'init-end', phase, status, durationMs });
  const errorType = error === undefined || status === 'timeout' ? {} : { errorType: error.errorType };
  if (status !== 'success') log.platform({ kind: 'init-report', phase, status, durationMs, ...errorType });
  return end;
}

/** Init has failed twice, the second time on the time of the invocation. */
function initFailure(state: State, { error, status }: InitEnd): Failure {
  if (status === 'timeout') return { kind: 'timeout', timeoutMs: state.setting.fn.timeoutMs };
  return { kind: 'init', error: error ?? { errorType: 'Runtime.Unknown', errorMessage: '' } };
}

/** Init that fails is tried again in the first invocation, within the function's timeout. */
async function initializeAgain(state: State): Promise<void> {
  const work = state.closing ? undefined : state.owner.takeWork();
  if (work === undefined) return leave(state);
  const running = begin(state, work);
  const end = await initialize(state, 'invoke');
  if (state.gone) return;
  if (end.status === 'success') {
    state.ready = true;
    return hand(state, running);
  }
  tellStart(state, running);
  state.closing = true;
  await finish(state, running, initFailure(state, running.timedOut ? { ...end, status: 'timeout' } : end));
  leave(state);
}

async function live(state: State): Promise<void> {
  const end = await initialize(state, 'init', state.setting.initTimeoutMs);
  if (state.gone) return;
  if (end.status !== 'success') return initializeAgain(state);
  state.init = end;
  state.ready = true;
  rest(state);
}

function newState(setting: Setting, owner: Owner, logStream: string): State {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    setting,
    owner,
    log: openFunctionLog(setting.fn, logStream, setting),
    running: new Map(),
    held: [],
    ended,
    end,
    process: undefined,
    signs: undefined,
    ready: false,
    init: undefined,
    served: false,
    frozen: false,
    closing: false,
    doomed: false,
    gone: false,
    peakMemoryMb: undefined,
    memoryReadAt: Number.NEGATIVE_INFINITY,
  };
}

/** Opens an execution environment and begins its init. */
export function openEnvironment(setting: Setting, owner: Owner, logStream: string): ExecutionEnvironment {
  const state = newState(setting, owner, logStream);
  const { concurrencyPerProcess } = setting.fn;
  void live(state);
  return {
    room: () =>
      state.ready && !state.closing ? Math.min(state.held.length, concurrencyPerProcess - state.running.size) : 0,
    starting: () => !state.ready && !state.gone,
    deliver: (work) => hand(state, begin(state, work)),
    signal(signal) {
      if (state.gone || state.process === undefined) return false;
      if (signal === 'SIGKILL') state.closing = true;
      else thaw(state);
      return state.process.signal(signal);
    },
    async retire() {
      state.closing = true;
      if (state.ready && state.running.size === 0) await shutDown(state);
      await state.ended;
    },
    shutDown: () => shutDown(state),
  };
}
