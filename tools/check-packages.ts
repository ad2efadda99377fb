// Packs each package as a registry would get it, and checks its exports and types as Node and TypeScript resolve them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

let problems = 0;
const report = (name: string, problem: string) => {
  problems += 1;
  console.log(`${name}: ${problem}`);
};

for (const folder of readdirSync('packages')) {
  const pkgDir = join('packages', folder);
  const manifest = JSON.parse(readFileSync(join(pkgDir, 'package.json'), 'utf8'));
  if (manifest.private) continue;
  const target = mkdtempSync(join(tmpdir(), 'packed-'));
  try {
    execFileSync('pnpm', ['pack', '--pack-destination', target], { cwd: pkgDir, stdio: 'ignore' });
    const tarball = readFileSync(join(target, readdirSync(target)[0]!));
    const { messages } = await publint({ strict: true, pack: { tarball: new Uint8Array(tarball).buffer } });
    for (const message of messages) report(manifest.name, formatMessage(message, manifest) ?? message.code);
    const { problems: found = [] } = (await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)))) as {
      problems?: { kind: string; resolutionKind?: string; entrypoint?: string }[];
    };
    for (const { kind, resolutionKind, entrypoint } of found) {
      // ESM only, by design: CommonJS callers use require(esm); resolution without `exports` is not supported.
      if (kind === 'CJSResolvesToESM' || resolutionKind === 'node10') continue;
      report(manifest.name, [kind, entrypoint, resolutionKind].filter(Boolean).join(' '));
    }
  } finally {
    rmSync(target, { recursive: true });
  }
}
console.log(problems === 0 ? 'Every package resolves as published.' : `${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;
