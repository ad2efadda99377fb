import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { bundlePage } from '../../src/server/bundle-page.ts';

const MOST_BYTES = 150_000;

it('is at most 150 kB over the wire, all files together', async () => {
  const files = await bundlePage();
  const bytes = files.reduce((sum, { body }) => sum + gzipSync(body).length, 0);
  expect(files.map(({ path }) => path).sort()).toEqual(['index.html', 'main.css', 'main.js']);
  expect(bytes).toBeLessThan(MOST_BYTES);
});
