import { expect, test } from 'vitest';
import { generatedFiles, staleFiles } from '../generate/generated-files.ts';

test('what is generated is as its sources are: else run pnpm generate', () => {
  expect(generatedFiles().length).toBeGreaterThan(1);
  expect(staleFiles().map(({ path }) => path)).toEqual([]);
});
