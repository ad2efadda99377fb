import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const conditions = ['@voice-campaign/source', 'node', 'import', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
      'tools/test/**/*.test.ts',
      'tools/*/test/**/*.test.mjs',
    ],
    setupFiles: ['tools/yield-between-tests.ts'],
    pool: 'forks',
    // Many tests wait for processes of their own: where there are two processors, vitest would leave one idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    minWorkers: 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
