import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'stdout-'));
const outfile = join(folder, 'worker.mjs');

beforeAll(async () => {
  const entry = fileURLToPath(new URL('./stdout-worker.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' });
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['nobody else writes', '0'],
  ['others write to the stream', '1'],
])('loses and mixes no line when the reader is slow and %s', async (_what, stream) => {
  const child = spawn(process.execPath, [outfile, stream], { stdio: ['ignore', 'pipe', 'pipe'] });
  // Unread until the child has begun to write: the pipe fills up.
  await once(child.stderr, 'data');
  const ended = once(child, 'close');
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await ended;
  const expected = Array.from({ length: 2000 }, (_, n) => `${n} é ${'x'.repeat(150)}`);
  expect(text.split('\n').slice(0, -1)).toEqual(expected);
});
