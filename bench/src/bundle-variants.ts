import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

export const FORMATS = ['cjs', 'esm'] as const;
export type Format = (typeof FORMATS)[number];

export type Bundle = { readonly file: string; readonly bytes: number; readonly gzipBytes: number };

/** CommonJS inside an ESM bundle asks for these. */
const ESM_BANNER =
  "import { createRequire as __r } from 'node:module';const require = __r(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;";

/** Bundles a handler of `variants/` as it would be deployed: one minified file with all it needs. */
export async function bundleVariant(name: string, format: Format, folder: string): Promise<Bundle> {
  const file = join(folder, `${name}.${format === 'cjs' ? 'cjs' : 'mjs'}`);
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`./variants/${name}.ts`, import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format,
    ...(format === 'esm' && { mainFields: ['module', 'main'], banner: { js: ESM_BANNER } }),
  });
  const { contents } = outputFiles[0] as { contents: Uint8Array };
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, contents);
  const banner = format === 'esm' ? ESM_BANNER.length : 0;
  return { file, bytes: contents.length - banner, gzipBytes: gzipSync(contents).length };
}

/** Bundles a process that runs variants: `main` under the Runtime API, `loop` without it. */
export async function bundleChild(folder: string, name: 'main' | 'loop'): Promise<string> {
  const outfile = join(folder, `child-${name}.mjs`);
  await build({
    entryPoints: [fileURLToPath(new URL(`./child/${name}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
  });
  return outfile;
}
