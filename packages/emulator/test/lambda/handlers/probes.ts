import { spawn } from 'node:child_process';
import type { Context } from 'aws-lambda';

/** Small handlers that each show one thing about the place they run in. */

export const inspect = async (_event: unknown, context: Context) => ({
  pid: process.pid,
  cwd: process.cwd(),
  env: { ...process.env },
  execArgv: process.execArgv,
  context: { ...context },
  remaining: context.getRemainingTimeInMillis(),
});

export const traceHeader = async () => ({
  value: process.env._X_AMZN_TRACE_ID ?? null,
  present: '_X_AMZN_TRACE_ID' in process.env,
});

export const nothing = async () => {};

export const speak = async () => {
  console.log('two\nlines', { n: 1 });
  console.error('oops', new Error('told'));
  console.debug({ phone: 'none' });
  process.stdout.write('{"_aws":{}}\n');
  process.stderr.write('to stderr\n');
};

export const writes = async ({ lines }: { lines: number }) => {
  for (let line = 1; line <= lines; line += 1) process.stdout.write(`line ${line}\n`);
};

/** Ends no line. */
export const unfinished = async ({ text }: { text: string }) => void process.stdout.write(text);

export const longLine = async () => {
  for (let part = 0; part < 24; part += 1) {
    await new Promise((done) => process.stdout.write('é'.repeat(524_288), done));
  }
};

export const talks = async ({ characters }: { characters: number }) => {
  console.log('x'.repeat(characters));
  process.stdout.write(`${'y'.repeat(characters)}\n`);
  process.stderr.write(`${'z'.repeat(characters)}\n`);
};

export const failsAtLength = async ({ characters }: { characters: number }): Promise<never> => {
  throw new RangeError('é'.repeat(characters));
};

/** Leaves a process behind that is in a group of its own and holds stdout open. */
export const leavesBehind = async () => {
  spawn('sleep', ['30'], { detached: true, stdio: 'inherit' }).unref();
  process.stdout.write('left behind\n');
  process.exit(3);
};

class DialError extends Error {
  override name = 'DialError';
  readonly code = 486;
}

export const fails = async (): Promise<never> => {
  throw new DialError('line busy');
};

export const throwsText = async (): Promise<never> => {
  throw 'just text';
};

export const unserializable = async () => ({ big: 1n });

export const tooMuch = async () => 'x'.repeat(6_300_000);

/** Writes a line some time after the response has gone. */
export const late = async () => {
  setTimeout(() => process.stdout.write('late\n'), 20);
  return 'soon';
};

export const hangs = () => new Promise(() => setInterval(() => {}, 1_000));

export const busy = async () => {
  process.stdout.write('before the loop\n');
  for (;;);
};

/** A promise that nothing will ever settle, with nothing else to do. */
export const stalls = () => new Promise(() => {});

export const exits = async ({ code }: { code: number }) => {
  process.stdout.write('last words\n');
  process.exit(code);
};

export const throwsLater = () =>
  new Promise(() => {
    setTimeout(() => {
      throw new TypeError('nobody caught it');
    }, 5);
  });

export const rejectsAside = () =>
  new Promise(() => {
    setTimeout(() => void Promise.reject(new RangeError('nobody awaited it')), 5);
  });

export const pid = async ({ wait = 0 }: { wait?: number }) => {
  await new Promise((resolve) => setTimeout(resolve, wait));
  return process.pid;
};

let arrivals = 0;
const everyone: (() => void)[] = [];

type InvokeStore = { getRequestId: () => string; getXRayTraceId: () => string | undefined };

/** Returns once `together` invocations are in flight in this process at the same time. */
export const meets = async ({ together }: { together: number }, context: Context) => {
  arrivals += 1;
  await new Promise<void>((resolve) => {
    everyone.push(resolve);
    if (arrivals === together) for (const go of everyone) go();
  });
  console.log('met');
  const store: InvokeStore | undefined = Reflect.get(Reflect.get(globalThis, 'awslambda'), 'InvokeStore');
  return {
    pid: process.pid,
    requestId: context.awsRequestId,
    storeRequestId: store?.getRequestId(),
    storeTraceId: store?.getXRayTraceId(),
    traceVariable: process.env._X_AMZN_TRACE_ID ?? null,
    maxConcurrency: process.env.AWS_LAMBDA_MAX_CONCURRENCY ?? null,
  };
};

type Callback = (error: unknown, value?: unknown) => void;

export const calledBack = (event: unknown, _context: Context, callback: Callback) => {
  setTimeout(() => callback(null, { event }), 5);
};

export const calledBackWithError = (_event: unknown, _context: Context, callback: Callback) => {
  callback(new DialError('no answer'));
};

/** The timer keeps the event loop busy for longer than the function may run. */
export const calledBackEarly = (event: { wait: boolean }, context: Context, callback: Callback) => {
  setTimeout(() => {}, 60_000);
  context.callbackWaitsForEmptyEventLoop = event.wait;
  callback(null, 'early');
};

export const plainReturn = () => 'returned';
