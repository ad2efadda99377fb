import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import type { Load, Run } from './figures.ts';
import type { RuntimeApi } from './runtime-api.ts';

export type Place = {
  readonly node: string;
  readonly child: string;
  readonly loop: string;
  readonly api: RuntimeApi;
  readonly daemon: Daemon;
};

export type Daemon = { readonly address: string; readonly received: () => number; readonly close: () => void };

/** Counts the datagrams that reach it. */
export async function startDaemon(): Promise<Daemon> {
  const socket = createSocket('udp4');
  let count = 0;
  socket.on('message', () => {
    count += 1;
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.setRecvBufferSize(8 * 1024 * 1024);
  return { address: `127.0.0.1:${socket.address().port}`, received: () => count, close: () => socket.close() };
}

const lambdaEnvironment = (daemon: Daemon) => ({
  AWS_XRAY_DAEMON_ADDRESS: daemon.address,
  AWS_REGION: 'us-east-1',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  LAMBDA_TASK_ROOT: '/var/task',
  _HANDLER: 'index.handler',
  PROJECT_NAME: 'voice-campaign',
  ENVIRONMENT: 'production',
  TZ: ':UTC',
});

/** The CPU of a call in microseconds, in a process that does nothing else and writes to nowhere. */
export async function loopVariant(
  { node, loop, daemon }: Pick<Place, 'node' | 'loop' | 'daemon'>,
  file: string,
  calls: number,
  sampled: boolean,
): Promise<number> {
  const args = [loop, file, sampled ? '1' : '0', String(calls)];
  const child = spawn(node, args, { stdio: ['ignore', 'ignore', 'pipe'], env: lambdaEnvironment(daemon) });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  await new Promise((resolve) => child.once('close', resolve));
  return Number(said.trim().split('\n').at(-1));
}

/** Runs a bundle in a process of its own, with the environment that Lambda gives it. */
export async function runVariant(
  { node, child, api, daemon }: Place,
  file: string,
  load: Load,
  sampled: boolean,
): Promise<Run> {
  const figures = api.next(load, sampled);
  const before = daemon.received();
  const format = file.endsWith('.cjs') ? 'cjs' : 'esm';
  const started = spawn(node, [child, file, format], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...lambdaEnvironment(daemon), AWS_LAMBDA_RUNTIME_API: api.address },
  });
  let stdoutBytes = 0;
  started.stdout.on('data', (chunk: Buffer) => {
    stdoutBytes += chunk.length;
  });
  const ended = new Promise<never>((_resolve, reject) => {
    started.once('error', reject);
    started.once('exit', (code) => code !== 0 && reject(new Error(`${file} ended with ${code}`)));
  });
  const closed = new Promise<void>((resolve) => started.once('close', () => resolve()));
  const said = await Promise.race([figures, ended]);
  await closed;
  const invocations = 1 + load.warmUp + load.measured;
  return {
    ...said,
    datagrams: (daemon.received() - before) / invocations,
    stdoutBytes: stdoutBytes / invocations,
  };
}
