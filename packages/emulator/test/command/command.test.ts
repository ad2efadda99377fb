import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';

import { readConfig } from '../../src/command/read-config.ts';

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

const configFile = (name: string, text: string) => {
  const directory = mkdtempSync(join(tmpdir(), 'emulator-config-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

it('runs what a file of options defines, at its ports too', async () => {
  const queues = [{ name: 'dial-tasks' }, { name: 'dial-tasks' }];
  const config = configFile('emulator.json', JSON.stringify({ queues }));
  const child = run('--port', '0', '--xray-port', '0', '--config', config);
  expect(await textOf(child.stderr)).toContain('queue dial-tasks: is defined twice: drop one');
  const free = run('--config', configFile('emulator.json', JSON.stringify({ port: 0, xrayPort: 0 })));
  const [line] = await once(createInterface({ input: free.stdout }), 'line');
  expect(line).toContain('voice-campaign-emulator is ready on');
  expect(line).not.toMatch(/:4580|:2000/);
});

it('says which file of options cannot be read, and every member that it cannot have', async () => {
  const refusal = (path: string) => readConfig(path).catch((error: Error) => error.message);
  const garbage = configFile('garbage.json', 'garbage');
  expect(await refusal(garbage)).toMatch(/garbage\.json cannot be read: Unexpected token/);
  const typos = { functons: [], functions: [{ nam: 'x', entry: 'x.ts' }, 7], queues: {}, routes: [{ path: '/' }] };
  const path = configFile('typos.json', JSON.stringify(typos));
  const lines = String(await refusal(path)).split('\n');
  expect(lines.map((line) => line.slice(`${path}: `.length).replace(/: there are .*| with .*/, ''))).toEqual([
    'options: has no "functons"',
    'functions[0]: has no "nam"',
    'functions[0]: lacks "name"',
    'functions[1]: is no object',
    'queues: is no list',
    'routes[0]: lacks "method"',
    'routes[0]: lacks "functionName"',
  ]);
  expect(await refusal(configFile('none.mjs', 'export const option = {};'))).toContain('it exports no options: write');
  const options = { functions: [{ name: 'a', entry: 'a.ts' }], queues: [{ name: 'q' }] };
  expect(await readConfig(configFile('good.json', JSON.stringify(options)))).toEqual(options);
});
