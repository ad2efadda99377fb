// Writes what is made of the sources and checked in. `--check` says what is stale, and writes nothing.
import { writeFileSync } from 'node:fs';
import { staleFiles } from './generated-files.ts';

const isCheck = process.argv.includes('--check');
for (const { path, text } of staleFiles()) {
  if (!isCheck) writeFileSync(path, text);
  console.log(isCheck ? `${path} is stale: run pnpm generate` : `wrote ${path}`);
  if (isCheck) process.exitCode = 1;
}
