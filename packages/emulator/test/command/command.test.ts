import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';

const program = new URL('../../src/command/main.ts', import.meta.url).pathname;

const run = (...args: string[]) => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=@voice-campaign/source', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
};

const textOf = async (stream: AsyncIterable<unknown>) => {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
};

it('prints one line when it is ready, and ends at a signal', async () => {
  const child = run('--port', '0', '--xray-port', '0');
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  await once(reader, 'line');
  expect(lines).toHaveLength(1);
  const [, url = ''] =
    /^voice-campaign-emulator is ready on (http:\/\/127\.0\.0\.1:\d+), X-Ray daemon on 127\.0\.0\.1:\d+$/.exec(
      lines[0] ?? '',
    ) ?? [];
  expect((await fetch(`${url}/_emulator/nothing`)).status).toBe(404);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([null, 'SIGTERM']);
});

it('refuses requests under a name that is not this machine’s', async () => {
  const child = run('--port', '0', '--xray-port', '0');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const port = /:(\d+),/.exec(String(line))?.[1];
  const asked = request({ host: '127.0.0.1', port, path: '/', headers: { host: 'attacker.example' } }).end();
  const [response] = await once(asked, 'response');
  expect(response.statusCode).toBe(403);
  expect(await textOf(response)).toContain('answers to localhost and 127.0.0.1');
});

it.each([
  [['--port', 'high'], "error: option '--port <port>' argument 'high' is invalid. A port is a number from 0"],
  [['--config', 'nowhere.json'], 'nowhere.json'],
  [['--nonsense'], "error: unknown option '--nonsense'"],
])('says what is wrong with %j', async (args, message) => {
  const child = run('--xray-port', '0', ...args);
  const [text, [code]] = await Promise.all([textOf(child.stderr), once(child, 'exit')]);
  expect(text).toContain(message);
  expect(code).toBe(1);
});

it('runs what a file of options defines', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'emulator-config-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const config = join(directory, 'emulator.json');
  writeFileSync(config, JSON.stringify({ queues: [{ name: 'dial-tasks' }, { name: 'dial-tasks' }] }));
  const child = run('--port', '0', '--xray-port', '0', '--config', config);
  expect(await textOf(child.stderr)).toContain('queue dial-tasks: is defined twice: drop one');
});
