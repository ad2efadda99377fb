import { describe, expect, it } from 'vitest';
import type { FunctionDefinition } from '../../src/lambda/function-definition.ts';
import { findRic, type Ric } from '../../src/lambda/launch/find-ric.ts';
import { callbackStyle, fixture, lambdaWith } from './running-lambda.ts';

const ricPath = process.env.AWS_LAMBDA_RIC_PATH;

function installedRic(): Ric | undefined {
  try {
    return findRic(fixture('echo.ts'), undefined, process.cwd());
  } catch {
    return undefined;
  }
}

/** AWS's runtime client: `install-ric.sh` installs it and prints what to set, and what is set has to be right. */
const ric = ricPath === undefined ? installedRic() : findRic(fixture('echo.ts'), ricPath, process.cwd());

const INSTALL =
  'aws-lambda-ric is not installed: AWS_LAMBDA_RIC_PATH=$(sh packages/emulator/test/lambda/install-ric.sh)';

const TRACE = 'Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1';

type Probe = {
  readonly handler: string;
  readonly entry?: string;
  readonly payload?: string;
  readonly traceHeader?: string;
  readonly definition?: Partial<FunctionDefinition>;
};

const PROBES: readonly Probe[] = [
  { handler: 'handler', entry: 'echo.ts', payload: '{"ü":["€",null]}' },
  { handler: 'handler', entry: 'echo.ts', payload: '[1]', definition: { format: 'cjs' } },
  { handler: 'traceHeader', traceHeader: TRACE },
  { handler: 'traceHeader' },
  { handler: 'inspect', definition: { memoryMb: 512, environment: { STAGE: 'local' } } },
  { handler: 'nothing' },
  { handler: 'speak' },
  { handler: 'speak', definition: { logFormat: 'JSON' } },
  { handler: 'speak', definition: { environment: { AWS_LAMBDA_LOG_LEVEL: 'WARN' } } },
  { handler: 'fails' },
  { handler: 'fails', definition: { logFormat: 'JSON' } },
  { handler: 'failsAtLength', payload: '{"characters":200000}' },
  { handler: 'talks', payload: '{"characters":1000000}' },
  { handler: 'unfinished', payload: '{"text":"no line end"}' },
  { handler: 'throwsText' },
  { handler: 'exits', payload: '{"code":7}' },
  { handler: 'hangs', definition: { timeoutMs: 300 } },
  { handler: 'pieces', entry: 'streaming.ts' },
  { handler: 'http', entry: 'streaming.ts' },
  { handler: 'breaks', entry: 'streaming.ts' },
];

/** Where versions 3 and 4 differ, each Node is compared with the version that its Lambda runtime has. */
const PROBES_OF_ITS_GENERATION: readonly Probe[] = [
  { handler: 'absent' },
  { handler: 'handler', entry: 'broken-init.ts' },
  { handler: 'calledBack', payload: '1' },
  { handler: 'calledBackWithError' },
  { handler: 'calledBackEarly', payload: '{"wait":false}' },
  { handler: 'calledBackEarly', payload: '{"wait":true}', definition: { timeoutMs: 300 } },
  { handler: 'plainReturn' },
  { handler: 'stalls' },
  { handler: 'unserializable' },
  { handler: 'throwsLater' },
  { handler: 'rejectsAside' },
];

/** Stacks go through the runtime's own files, and those differ; a name says no more than the type beside it. */
function withoutStacks(key: string, value: unknown): unknown {
  if (key === 'name') return undefined;
  return ['trace', 'stack', 'stackTrace', 'paths', 'promise'].includes(key) ? (value as string[])[0] : value;
}

/** Takes out of a text what is new in each run. */
function comparable(text: string): string {
  const stable = text
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'REQUEST-ID')
    .replaceAll(/\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}/g, 'LOG-STREAM')
    .replaceAll(/\/[^\s"']*local-lambda-[^\s"'/]*/g, 'FOLDER')
    .replaceAll(/(\d+\.)?\d+ (ms|MB)/g, 'N $2')
    .replaceAll(/"(\w+(?:Ms|MB))":[\d.]+/g, '"$1":"N"')
    .replaceAll(/(\r|\\n) {4}at [^"\r\\]*/g, '');
  const json = stable.indexOf('{"');
  if (json < 0) return stable;
  try {
    return stable.slice(0, json) + JSON.stringify(sorted(JSON.parse(stable.slice(json), withoutStacks)));
  } catch {
    return stable;
  }
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}

/** What a handler sees of its place, less what is new in each run. */
function placeOf(payload: string): unknown {
  const { env, context, execArgv } = JSON.parse(payload);
  for (const name of ['AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'PWD']) delete env[name];
  // Version 4 tells the trace id in the context, too, and has no callbacks to wait for; an absent member may be null.
  for (const name of ['xRayTraceId', 'callbackWaitsForEmptyEventLoop']) delete context[name];
  return comparable(JSON.stringify({ env, context, execArgv }));
}

async function outcome(runtime: 'built-in' | 'aws-lambda-ric', probe: Probe): Promise<unknown> {
  const { handler, entry = 'probes.ts', payload = '{}', traceHeader, definition } = probe;
  const place = runtime === 'built-in' || ric === undefined ? {} : { ricPath: ric.folder };
  const lambda = await lambdaWith([
    { name: 'probe', entry: fixture(entry), handler, runtime, ...place, ...definition },
  ]);
  const result = await lambda.invoke('probe', payload, traceHeader === undefined ? {} : { traceHeader });
  await lambda.stop();
  const exit = lambda.events.find((event) => event.kind === 'exit');
  return {
    payload: handler === 'inspect' ? placeOf(result.payload) : comparable(result.payload),
    functionError: result.functionError,
    errorType: result.error?.errorType,
    hasCause: result.error?.xrayCause !== undefined,
    timedOut: result.timedOut,
    stdout: lambda.messages('stdout').map(comparable),
    stderr: callbackStyle ? lambda.messages('stderr').map(comparable) : [],
    platform: lambda.messages('platform').map(comparable),
    exit: exit?.kind === 'exit' ? [exit.code, exit.signal] : undefined,
  };
}

const compared =
  ric === undefined || ric.runsItself === callbackStyle ? PROBES : [...PROBES, ...PROBES_OF_ITS_GENERATION];

describe('a handler under AWS’s own runtime client', () => {
  it.for(compared)('has the same results as under ours: $handler $payload $definition', async (probe, { skip }) => {
    skip(ric === undefined, INSTALL);
    expect(await outcome('built-in', probe)).toEqual(await outcome('aws-lambda-ric', probe));
  });

  it('shares a process among several invocations from version 4 on', async ({ skip }) => {
    skip(ric === undefined, INSTALL);
    const definition: FunctionDefinition = {
      name: 'meets',
      entry: fixture('probes.ts'),
      handler: 'meets',
      processes: 1,
      concurrencyPerProcess: 2,
      runtime: 'aws-lambda-ric',
      ...(ric === undefined ? {} : { ricPath: ric.folder }),
    };
    if (!ric?.runsItself) {
      await expect(lambdaWith([definition])).rejects.toThrow('need aws-lambda-ric 4');
      return;
    }
    const lambda = await lambdaWith([definition]);
    const results = await Promise.all([1, 2].map(() => lambda.invoke('meets', '{"together":2}')));
    const answers = results.map((result) => JSON.parse(result.payload));
    expect(answers.map((answer) => answer.storeRequestId)).toEqual(results.map((result) => result.requestId));
    expect(new Set(answers.map((answer) => answer.pid)).size).toBe(1);
  });

  it('cannot run where the client is missing, and says how to get it', () => {
    expect(() => findRic('/no/such/entry.ts', undefined, '/')).toThrow(/not installed: .*npm install aws-lambda-ric/);
  });
});
