import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const lockfile = readFileSync(new URL('../../pnpm-lock.yaml', import.meta.url), 'utf8');

// An installation without a network leaves out of the lockfile what its store does not hold.
it.each(['@esbuild', '@rollup/rollup', '@biomejs/cli'])('the lockfile has %s for each platform', (name) => {
  const parts = ['linux', 'darwin', 'win32'].map(
    (platform) => `'${name}${name.startsWith('@esbuild') ? '/' : '-'}${platform}-`,
  );
  for (const part of parts) expect(lockfile).toContain(part);
});
