import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { callbackStyle, fixture, isAlive, lambdaWith, lambdaWithProbe, processState } from './running-lambda.ts';

describe('freezing', () => {
  it('keeps work that outlived the response waiting for the next event', async () => {
    const lambda = await lambdaWithProbe('late', { processes: 1 });
    await lambda.invoke('late', '{}');
    const frozen = lambda.events.find((event) => event.kind === 'freeze');
    expect(frozen).toBeDefined();
    await vi.waitFor(() => expect(processState(frozen?.pid ?? 0)).toBe('T'));
    expect(lambda.messages('stdout')).toEqual([]);
    await vi.waitFor(async () => {
      await lambda.invoke('late', '{}');
      expect(lambda.messages('stdout').length).toBeGreaterThan(0);
    });
    const kinds = lambda.events.map((event) => event.kind);
    expect(kinds.slice(kinds.indexOf('freeze'), kinds.indexOf('freeze') + 3)).toEqual(['freeze', 'thaw', 'start']);
  });

  it('can be left out', async () => {
    const lambda = await lambdaWithProbe('late', {}, { freeze: false });
    await lambda.invoke('late', '{}');
    await vi.waitFor(() => expect(lambda.messages('stdout')).toEqual(['late']));
    expect(lambda.events.map((event) => event.kind)).not.toContain('freeze');
  });
});

describe('a timeout', () => {
  it('kills the process, says so in the log, and the next invocation begins with init', async () => {
    const lambda = await lambdaWithProbe('hangs', { timeoutMs: 200 });
    const first = await lambda.invoke('hangs', '{}');
    expect(first).toMatchObject({
      timedOut: true,
      functionError: 'Unhandled',
      error: {
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${first.requestId} Error: Task timed out after 0.20 seconds`,
      },
    });
    expect(first.durationMs).toBeGreaterThanOrEqual(200);
    const said = lambda.messages('platform').map((line) => line.replace(/^\d{4}-\S+/, 'TIME'));
    expect(said).toContain(`TIME ${first.requestId} Task timed out after 0.20 seconds`);
    expect(said.at(-1)).toContain('\tStatus: timeout');
    const started = lambda.events.find((event) => event.kind === 'start');
    expect(isAlive(started?.pid ?? 0)).toBe(false);
    expect(await lambda.invoke('hangs', '{}')).toMatchObject({ timedOut: true, coldStart: true });
  });

  it('ends a loop that never yields, and keeps what was written before it', async () => {
    const lambda = await lambdaWithProbe('busy', { timeoutMs: 200 });
    expect((await lambda.invoke('busy', '{}')).timedOut).toBe(true);
    expect(lambda.messages('stdout')).toEqual(['before the loop']);
  });
});

describe('a process that ends by itself', () => {
  it.each([
    [0, 'Runtime exited without providing a reason'],
    [3, 'Runtime exited with error: exit status 3'],
  ])('with status %i fails the invocation it was at', async (code, reason) => {
    const lambda = await lambdaWithProbe('exits');
    const result = await lambda.invoke('exits', JSON.stringify({ code }));
    expect(result.error).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${result.requestId} Error: ${reason}`,
    });
    expect(lambda.messages('stdout')).toEqual(['last words']);
    expect(lambda.messages('platform')).toContain(`RequestId: ${result.requestId} Error: ${reason}\nRuntime.ExitError`);
    expect((await lambda.invoke('exits', '{"code":1}')).coldStart).toBe(true);
  });

  it('is not held up by what it left behind', async () => {
    const lambda = await lambdaWithProbe('leavesBehind');
    expect((await lambda.invoke('leavesBehind', '{}')).error?.errorType).toBe('Runtime.ExitError');
    expect(lambda.messages('stdout')).toEqual(['left behind']);
  });

  it('of an error that nobody caught reports it first, up to Node 22', async () => {
    const lambda = await lambdaWithProbe('throwsLater');
    const { error } = await lambda.invoke('throwsLater', '{}');
    const exit = lambda.events.find((event) => event.kind === 'exit');
    if (callbackStyle) {
      expect(error).toMatchObject({ errorType: 'TypeError', errorMessage: 'nobody caught it' });
      expect(exit).toMatchObject({ code: 129 });
      expect(lambda.messages('stdout')[0]).toContain('\tERROR\tUncaught Exception \t{"errorType":"TypeError"');
    } else {
      expect(error?.errorMessage).toContain('exit status 1');
      expect(exit).toMatchObject({ code: 1 });
    }
  });

  it('of a rejection that nobody awaited reports it first, up to Node 22', async () => {
    const lambda = await lambdaWithProbe('rejectsAside');
    const { error } = await lambda.invoke('rejectsAside', '{}');
    const exit = lambda.events.find((event) => event.kind === 'exit');
    if (callbackStyle) {
      expect(error).toMatchObject({
        errorType: 'Runtime.UnhandledPromiseRejection',
        errorMessage: 'RangeError: nobody awaited it',
      });
      expect(exit).toMatchObject({ code: 128 });
    } else {
      expect(error?.errorMessage).toContain('exit status 1');
    }
  });
});

describe('init', () => {
  it('that fails is tried again with the invocation, which then fails as init did', async () => {
    const lambda = await lambdaWith([{ name: 'broken', entry: fixture('broken-init.ts') }]);
    const { error, initDurationMs } = await lambda.invoke('broken', '{}');
    expect(error).toMatchObject({ errorType: 'Error', errorMessage: 'no configuration' });
    expect(initDurationMs).toBeUndefined();
    const reports = lambda.messages('platform').filter((line) => line.startsWith('INIT_REPORT'));
    expect(reports.map((line) => line.split('\t').slice(1))).toEqual([
      ['Phase: init', 'Status: error', 'Error Type: Error'],
      ['Phase: invoke', 'Status: error', 'Error Type: Error'],
    ]);
  });

  it('that succeeds at the second try goes on with the invocation', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'second-try-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const environment = { MARKER: join(folder, 'tried') };
    const lambda = await lambdaWith([{ name: 'second', entry: fixture('second-try.ts'), environment }]);
    expect(await lambda.invoke('second', '{}')).toMatchObject({ payload: '"loaded"', coldStart: true });
    expect(await lambda.invoke('second', '{}')).toMatchObject({ payload: '"loaded"', coldStart: false });
  });

  it('that takes too long is ended twice: by its own limit and by the function’s timeout', async () => {
    const definition = { name: 'slow', entry: fixture('slow-init.ts'), timeoutMs: 300 };
    const lambda = await lambdaWith([definition], { initTimeoutMs: 200 });
    expect(await lambda.invoke('slow', '{}')).toMatchObject({ timedOut: true });
    const ends = lambda.events.filter((event) => event.kind === 'init-end');
    expect(ends.map(({ phase, status }) => ({ phase, status }))).toEqual([
      { phase: 'init', status: 'timeout' },
      { phase: 'invoke', status: 'error' },
    ]);
  });

  it.each([
    ['an export that is missing', 'absent', 'Runtime.HandlerNotFound', 'index.absent is undefined or not exported'],
  ])('refuses %s', async (_what, handler, errorType, errorMessage) => {
    const lambda = await lambdaWithProbe(handler);
    expect((await lambda.invoke(handler, '{}')).error).toMatchObject({ errorType, errorMessage });
  });
});

describe('a process that cannot be started', () => {
  it('fails the invocation, and not the emulator', async () => {
    const environment = { TOO_LONG: 'x'.repeat(300_000) };
    const lambda = await lambdaWith([{ name: 'long', entry: fixture('echo.ts'), environment }]);
    const { error } = await lambda.invoke('long', '{}');
    expect(error?.errorType).toBe('Runtime.ExitError');
    expect(error?.errorMessage).toContain('Runtime failed to start: ');
    expect(error?.errorMessage).toContain('E2BIG');
  });
});

describe('the end', () => {
  it('comes with SIGTERM and some grace where an extension is registered, even out of a freeze', async () => {
    const definition = { name: 'graceful', entry: fixture('graceful.ts'), extension: true };
    const lambda = await lambdaWith([definition]);
    const { payload } = await lambda.invoke('graceful', '{}');
    await vi.waitFor(() => expect(processState(Number(payload))).toBe('T'));
    expect(await lambda.terminate('graceful')).toBe(1);
    expect(lambda.messages('stdout')).toEqual(['told to go']);
    await lambda.invoke('graceful', '{}');
    await lambda.stop();
    expect(lambda.messages('stdout')).toEqual(['told to go', 'told to go']);
  });

  it('comes without a word where there is no extension', async () => {
    const lambda = await lambdaWith([{ name: 'graceful', entry: fixture('graceful.ts') }]);
    await lambda.invoke('graceful', '{}');
    expect(await lambda.terminate('graceful')).toBe(1);
    expect(lambda.messages('stdout')).toEqual([]);
    expect(lambda.events.find((event) => event.kind === 'exit')).toMatchObject({ signal: 'SIGKILL' });
  });

  it('is enforced after the grace for a process that will not go', async () => {
    const definition = { name: 'stubborn', entry: fixture('stubborn.ts'), extension: true };
    const lambda = await lambdaWith([definition]);
    const { payload } = await lambda.invoke('stubborn', '{}');
    const before = performance.now();
    await lambda.stop();
    expect(performance.now() - before).toBeGreaterThanOrEqual(299);
    expect(lambda.messages('stdout')).toEqual(['staying']);
    expect(isAlive(Number(payload))).toBe(false);
  });

  it('by a kill fails what was running and leaves the rest to a new process', async () => {
    const lambda = await lambdaWithProbe('hangs', { timeoutMs: 20_000 });
    const running = lambda.invoke('hangs', '{}');
    await vi.waitFor(() => expect(lambda.events.some((event) => event.kind === 'start')).toBe(true));
    expect(lambda.kill('hangs')).toBe(1);
    expect((await running).error?.errorMessage).toContain('Runtime exited with error: signal: killed');
    expect(lambda.kill('hangs')).toBe(0);
  });

  it('by a kill as the response arrives does not undo the response', async () => {
    const lambda = await lambdaWith([{ name: 'echo', entry: fixture('echo.ts') }], {
      lifecycle: (event) => event.kind === 'response' && lambda.kill('echo'),
    });
    const result = await lambda.invoke('echo', '5');
    expect(result).toMatchObject({ payload: '5' });
    expect(result.error).toBeUndefined();
    expect((await lambda.invoke('echo', '6')).coldStart).toBe(true);
  });

  it('leaves no process behind, and refuses what had no turn yet', async () => {
    const lambda = await lambdaWithProbe('hangs', { processes: 1, timeoutMs: 20_000 });
    const running = lambda.invoke('hangs', '{}');
    const waiting = lambda.invoke('hangs', '{}');
    const refused = expect(waiting).rejects.toThrow('the local Lambda has been stopped');
    await vi.waitFor(() => expect(lambda.events.some((event) => event.kind === 'start')).toBe(true));
    await lambda.stop();
    expect((await running).error?.errorType).toBe('Runtime.ExitError');
    await refused;
    await expect(lambda.invoke('hangs', '{}')).rejects.toThrow('has been stopped');
    const pids = lambda.events.filter((event) => event.kind === 'init-start').map((event) => event.pid);
    expect(pids.map(isAlive)).toEqual([false]);
  });

  it('comes at once to a process that is only being started', async () => {
    const lambda = await lambdaWith([{ name: 'slow', entry: fixture('slow-init.ts') }]);
    const refused = expect(lambda.invoke('slow', '{}')).rejects.toThrow('has been stopped');
    const from = performance.now();
    await lambda.stop();
    expect(performance.now() - from).toBeLessThan(2000);
    await refused;
  });

  it('of the emulator itself takes frozen processes and bundles with it', async () => {
    const script = new URL('./emulator-to-kill.ts', import.meta.url).pathname;
    const emulator = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await emulator.stdout.take(1).toArray();
    const { pid, folder } = JSON.parse(String(line));
    await vi.waitFor(() => expect(processState(pid)).toBe('T'));
    expect(existsSync(folder)).toBe(true);
    emulator.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5_000 });
    await vi.waitFor(() => expect(existsSync(folder)).toBe(false), { timeout: 5_000 });
  });
});
