import { performance } from 'node:perf_hooks';
import { emit, isShared, readMemory, rest, type State, thaw } from './environment-state.ts';
import { type Failure, type Running, reportOf, resultOf, runtimeEvent, type Work } from './running-invocation.ts';

function timeOut(state: State, running: Running): void {
  running.timedOut = true;
  if (isShared(state)) {
    // The process serves others too: only this invocation is given up.
    void finish(state, running, { kind: 'timeout', timeoutMs: state.setting.fn.timeoutMs });
    return;
  }
  state.closing = true;
  state.process?.signal('SIGKILL');
}

/** Takes the work on: from here on the function's time runs. */
export function begin(state: State, work: Work): Running {
  const { timeoutMs } = state.setting.fn;
  const startedAt = state.setting.now();
  const running: Running = {
    work,
    startedAt,
    startedClock: performance.now(),
    deadlineMs: startedAt + timeoutMs,
    coldStart: !state.served,
    timer: setTimeout(() => timeOut(state, running), timeoutMs),
  };
  state.served = true;
  state.running.set(work.requestId, running);
  return running;
}

export function tellStart(state: State, { work, deadlineMs }: Running): void {
  const { requestId, traceHeader } = work;
  const trace = traceHeader === undefined ? {} : { traceHeader };
  state.log.platform({ kind: 'start', requestId, ...trace }, requestId);
  emit(state, { kind: 'start', requestId, deadlineMs });
}

/** Gives the event to the runtime, which has asked for one. */
export function hand(state: State, running: Running): void {
  thaw(state);
  tellStart(state, running);
  state.held.shift()?.(runtimeEvent(running, state.setting.functionArn));
}

function tellEnd(state: State, running: Running, failure: Failure | undefined): void {
  const { requestId } = running.work;
  if (failure?.kind === 'timeout') {
    state.log.platform({ kind: 'timed-out', requestId, timeoutMs: failure.timeoutMs }, requestId);
  } else if (failure?.kind === 'exit') {
    state.log.platform({ kind: 'exited', requestId, reason: failure.reason }, requestId);
  }
}

/** Tells the end of an invocation, once all of its lines have been told. */
export async function finish(state: State, running: Running, failure?: Failure): Promise<void> {
  if (running.ending) return;
  running.ending = true;
  clearTimeout(running.timer);
  const { fn, now } = state.setting;
  const { peakMemoryMb: peak } = state;
  const measured = { endedAt: now(), durationMs: performance.now() - running.startedClock };
  await state.process?.drained();
  // What has no line end belongs to this invocation, unless others write to the same stream.
  if (!isShared(state)) state.process?.endLines();
  const place = { functionName: fn.name, logStream: state.log.logStream };
  const init = state.init === undefined ? {} : { init: state.init };
  const ending = { ...place, ...measured, ...init, ...(failure === undefined ? {} : { failure }) };
  const result = resultOf(running, ending);
  const memory = { memoryMb: fn.memoryMb, ...(peak === undefined ? {} : { peakMemoryMb: peak }) };
  tellEnd(state, running, failure);
  state.log.platform(reportOf(result, failure, memory), running.work.requestId);
  state.running.delete(running.work.requestId);
  emit(state, { kind: 'report', requestId: running.work.requestId, result });
  running.work.settle(result);
  void readMemory(state);
  if (!state.gone) rest(state);
}

/** Lambda takes one answer for each invocation that is in flight. */
export function takesPost(state: State, requestId: string, posted: NonNullable<Running['posted']>): boolean {
  const running = state.running.get(requestId);
  if (running === undefined || running.posted !== undefined || running.ending) return false;
  running.posted = posted;
  emit(state, { kind: 'response', requestId, failed: posted.error !== undefined });
  // A streamed response may come to its end after the runtime has asked for the next event.
  if (isShared(state) || state.held.length > 0) void finish(state, running);
  return true;
}
