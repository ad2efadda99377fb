import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fixture, lambdaWith, lambdaWithProbe } from './running-lambda.ts';

const NODE_MAJOR = process.versions.node.split('.')[0];

describe('the place a handler runs in', () => {
  it('has the environment variables of Lambda, and no others of the emulator', async () => {
    process.env.NOT_FOR_HANDLERS = '1';
    onTestFinished(() => {
      delete process.env.NOT_FOR_HANDLERS;
    });
    const lambda = await lambdaWithProbe(
      'inspect',
      { memoryMb: 256, environment: { STAGE: 'local', AWS_REGION: 'mars-1' } },
      {
        region: 'eu-central-1',
        environment: { STAGE: 'shared', PROJECT_NAME: 'voice' },
        xrayDaemonAddress: '127.0.0.1:2345',
      },
    );
    const { payload, logStream } = await lambda.invoke('inspect', '{}');
    const { env, cwd } = JSON.parse(payload);
    expect(env).toMatchObject({
      STAGE: 'local',
      PROJECT_NAME: 'voice',
      _HANDLER: 'index.inspect',
      LAMBDA_TASK_ROOT: cwd,
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${NODE_MAJOR}.x`,
      AWS_LAMBDA_FUNCTION_NAME: 'inspect',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/inspect',
      AWS_LAMBDA_LOG_STREAM_NAME: logStream,
      AWS_LAMBDA_LOG_FORMAT: 'Text',
      AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2345',
      AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
      TZ: ':UTC',
    });
    expect(env.AWS_LAMBDA_RUNTIME_API).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(env.AWS_ACCESS_KEY_ID).not.toBe('');
    expect(logStream).toMatch(/^\d{4}\/\d{2}\/\d{2}\/\[\$LATEST\][0-9a-f]{32}$/);
    expect(env).not.toHaveProperty('NOT_FOR_HANDLERS');
    expect(env).not.toHaveProperty('AWS_LAMBDA_MAX_CONCURRENCY');
  });

  it('has the whole context object', async () => {
    const lambda = await lambdaWithProbe('inspect', { timeoutMs: 5_000 }, { accountId: '123456789012' });
    const { payload, requestId, logStream } = await lambda.invoke('inspect', '{}', { clientContext: '{"custom":1}' });
    const { context, remaining } = JSON.parse(payload);
    expect(context).toMatchObject({
      awsRequestId: requestId,
      functionName: 'inspect',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:inspect',
      logGroupName: '/aws/lambda/inspect',
      logStreamName: logStream,
      clientContext: { custom: 1 },
    });
    if (Number(NODE_MAJOR) < 24) expect(context.callbackWaitsForEmptyEventLoop).toBe(true);
    expect(remaining).toBeGreaterThan(3_000);
    expect(remaining).toBeLessThanOrEqual(5_000);
  });

  it('runs bundles of both formats', async () => {
    const lambda = await lambdaWith([
      { name: 'esm', entry: fixture('echo.ts'), format: 'esm' },
      { name: 'cjs', entry: fixture('echo.ts'), format: 'cjs' },
    ]);
    expect((await lambda.invoke('esm', '1')).payload).toBe('1');
    expect((await lambda.invoke('cjs', '2')).payload).toBe('2');
  });

  it('runs an entry as it is, with exports that only require() sees', async () => {
    const entry = fixture('common.cjs');
    const lambda = await lambdaWith([{ name: 'common', entry, bundle: false }]);
    expect(JSON.parse((await lambda.invoke('common', '{}')).payload)).toEqual({ format: 'function', file: entry });
  });

  it('gives CommonJS inside an ESM bundle its require, and bears a require of the entry’s own', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'entry-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'old.cjs'), "exports.os = require('os').EOL; exports.file = __filename;");
    await writeFile(
      join(folder, 'entry.ts'),
      `import { createRequire } from 'node:module';
       import old from './old.cjs';
       const require = createRequire(import.meta.url);
       export const handler = async () => [old.os, old.file.endsWith('index.mjs'), require('node:path').sep];`,
    );
    const lambda = await lambdaWith([{ name: 'mixed', entry: join(folder, 'entry.ts') }]);
    expect(JSON.parse((await lambda.invoke('mixed', '{}')).payload)).toEqual(['\n', true, '/']);
  });

  it('refuses require() of an ES module as Lambda does, unless NODE_OPTIONS allows it', async () => {
    const common = { entry: fixture('requires-esm.cjs'), bundle: false };
    const lambda = await lambdaWith([
      { ...common, name: 'refused' },
      { ...common, name: 'allowed', environment: { NODE_OPTIONS: '--experimental-require-module' } },
    ]);
    expect((await lambda.invoke('refused', '{}')).error?.errorMessage).toContain('require() of ES Module');
    expect((await lambda.invoke('allowed', '{}')).payload).toBe('42');
  });

  it('says what esbuild has against a handler, and leaves nothing behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nothing-left-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    const functions = [
      { name: 'gone', entry: fixture('no-such-file.ts') },
      { name: 'there', entry: fixture('with-sdk.ts') },
    ];
    await expect(lambdaWith(functions)).rejects.toThrow(/Could not resolve .*no-such-file/);
    // By the time that another one has come and gone, whatever was still being written has been.
    const other = await lambdaWith([{ name: 'there', entry: fixture('with-sdk.ts') }], { region: 'eu-west-1' });
    expect((await other.invoke('there', '{}')).payload).toBe('"eu-west-1"');
    await other.stop();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('console output', () => {
  it('is prefixed in the text format, and what is written to stdout is not', async () => {
    const lambda = await lambdaWithProbe('speak');
    const { requestId } = await lambda.invoke('speak', '{}');
    const stdout = lambda.messages('stdout');
    const prefix = (level: string) =>
      new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\t${requestId}\t${level}\t`);
    expect(stdout).toHaveLength(4);
    expect(stdout[0]).toMatch(prefix('INFO'));
    expect(stdout[0]).toMatch(/\ttwo\rlines \{ n: 1 \}$/);
    expect(stdout[1]).toMatch(prefix('ERROR'));
    expect(stdout[1]).toContain('oops Error: told\r    at speak');
    expect(stdout[2]).toMatch(prefix('DEBUG'));
    expect(stdout[3]).toBe('{"_aws":{}}');
    expect(lambda.messages('stderr')).toEqual(['to stderr']);
    for (const event of lambda.logged.slice(1)) expect(event.requestId).toBe(requestId);
  });

  it('is one JSON record a line in the JSON format', async () => {
    const lambda = await lambdaWithProbe('speak', { logFormat: 'JSON' });
    const { requestId } = await lambda.invoke('speak', '{}');
    const [info, error, debug, raw] = lambda.messages('stdout').map((line) => JSON.parse(line));
    expect(info).toEqual({ timestamp: info.timestamp, level: 'INFO', requestId, message: 'two\nlines { n: 1 }' });
    expect(error).toMatchObject({ level: 'ERROR', requestId, errorType: 'Error', errorMessage: 'told' });
    expect(error.stackTrace[0]).toBe('Error: told');
    expect(debug).toEqual({ timestamp: debug.timestamp, level: 'DEBUG', requestId, message: { phone: 'none' } });
    expect(raw).toEqual({ _aws: {} });
  });

  it('is told whole and in order between START and END, however many invocations there are', async () => {
    const lambda = await lambdaWithProbe('writes', { processes: 1 });
    for (let count = 0; count < 20; count += 1) await lambda.invoke('writes', '{"lines":50}');
    const [, ...messages] = lambda.messages();
    const expected = ['START', ...Array.from({ length: 50 }, (_, index) => `line ${index + 1}`), 'END', 'REPORT'];
    const kinds = messages.map((message) => message.replace(/ RequestId.*$/s, ''));
    for (let count = 0; count < 20; count += 1) {
      expect(kinds.slice(count * expected.length, (count + 1) * expected.length)).toEqual(expected);
    }
  });

  it('is told before END even where output and response are found at once', async () => {
    const busyUntilBothAreThere = () => {
      const until = performance.now() + 30;
      while (performance.now() < until);
    };
    const lambda = await lambdaWithProbe(
      'writes',
      { processes: 1, concurrencyPerProcess: 2 },
      { lifecycle: (event) => event.kind === 'start' && setImmediate(busyUntilBothAreThere) },
    );
    for (let count = 0; count < 10; count += 1) await lambda.invoke('writes', '{"lines":20}');
    const kinds = lambda.messages().map((message) => JSON.stringify(message).match(/line|start|report/)?.[0]);
    const expected = ['start', ...Array.from({ length: 20 }, () => 'line'), 'report'];
    expect(kinds.slice(1)).toEqual(Array.from({ length: 10 }, () => expected).flat());
  });

  it('without a line end is told with its invocation, and not with the next', async () => {
    const lambda = await lambdaWithProbe('unfinished', { processes: 1 });
    const first = await lambda.invoke('unfinished', '{"text":"one"}');
    const second = await lambda.invoke('unfinished', '{"text":"two"}');
    const told = lambda.logged.filter(({ source }) => source === 'stdout');
    expect(told.map(({ message, requestId }) => [message, requestId])).toEqual([
      ['one', first.requestId],
      ['two', second.requestId],
    ]);
    expect(lambda.messages().at(-1)).toMatch(/^REPORT/);
  });

  it('is told whole before END, however much it is', async () => {
    const lambda = await lambdaWithProbe('talks');
    await lambda.invoke('talks', '{"characters":1000000}');
    expect(lambda.messages('stdout').map((line) => line.replace(/^.*\t/, '').length)).toEqual([1_000_000, 1_000_000]);
    expect(lambda.messages('stderr').map(({ length }) => length)).toEqual([1_000_000]);
    expect(lambda.messages().at(-2)).toMatch(/^END/);
  });

  it('of one line without end comes in pieces that are log events', async () => {
    const lambda = await lambdaWithProbe('longLine', { timeoutMs: 10_000 });
    expect((await lambda.invoke('longLine', '{}')).functionError).toBeUndefined();
    const told = lambda.messages('stdout');
    expect(Math.max(...told.map((message) => Buffer.byteLength(message)))).toBe(1_048_576 - 26);
    expect(told.join('')).toBe('é'.repeat(24 * 524_288));
  });

  it('stops below AWS_LAMBDA_LOG_LEVEL', async () => {
    const lambda = await lambdaWithProbe('speak', { environment: { AWS_LAMBDA_LOG_LEVEL: 'error' } });
    await lambda.invoke('speak', '{}');
    expect(lambda.messages('stdout').map((line) => line.split('\t')[2] ?? line)).toEqual(['ERROR', '{"_aws":{}}']);
  });
});
