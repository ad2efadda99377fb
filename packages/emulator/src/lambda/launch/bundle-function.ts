import { mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { ResolvedFunction } from '../resolve-functions.ts';

/** The code of a function: its folder, and the handler in it as `_HANDLER` names it. */
export type Code = { readonly taskRoot: string; readonly handler: string };

/** CommonJS inside an ESM bundle asks for these, and esbuild's own stand-ins cannot load node's modules. */
const ESM_BANNER = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __toPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  "const __filename = __toPath(import.meta.url), __dirname = __toPath(new URL('.', import.meta.url));",
].join('');

/**
 * Bundles the function's entry into a folder of its own under `folder`, AWS SDK included, names of functions kept.
 * With `bundle: false` the code is the entry file as it stands. @throws what esbuild finds wrong.
 */
export async function bundleFunction(
  fn: ResolvedFunction,
  folder: string,
  conditions: readonly string[],
): Promise<Code> {
  const entry = resolve(fn.entry);
  if (!fn.bundle) {
    return { taskRoot: dirname(entry), handler: `${basename(entry, extname(entry))}.${fn.handler}` };
  }
  const taskRoot = join(folder, fn.name);
  await mkdir(taskRoot, { recursive: true });
  const esm = fn.format === 'esm';
  await build({
    entryPoints: [entry],
    outfile: join(taskRoot, esm ? 'index.mjs' : 'index.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: fn.format,
    keepNames: true,
    sourcemap: fn.nodeOptions?.includes('--enable-source-maps') ? 'linked' : false,
    external: [...(fn.external ?? [])],
    conditions: [...conditions],
    banner: esm ? { js: ESM_BANNER } : {},
    logLevel: 'silent',
  });
  return { taskRoot, handler: `index.${fn.handler}` };
}

/** Bundles our own runtime client into `folder`; gives back the file to run. */
export async function bundleRuntime(folder: string): Promise<string> {
  // Beside the sources it is TypeScript, beside the build JavaScript.
  const entry = fileURLToPath(new URL(`../../bootstrap/main${extname(import.meta.url)}`, import.meta.url));
  const outfile = join(folder, 'bootstrap.mjs');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'silent',
  });
  return outfile;
}
