import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A file of the page, ready to be served. */
export type PageFile = { readonly path: string; readonly type: string; readonly body: Uint8Array };

const TYPES = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' } as const;

/** Bundles the page from its source with esbuild, which is there in the workspace only. */
export async function bundlePage({ minify = true } = {}): Promise<readonly PageFile[]> {
  const { build } = await import('esbuild');
  const source = (path: string): string => fileURLToPath(new URL(`../page/${path}`, import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [source('main.tsx')],
    bundle: true,
    write: false,
    minify,
    format: 'esm',
    target: 'es2022',
    outdir: source('out'),
    jsx: 'automatic',
    jsxImportSource: 'preact',
    conditions: ['@voice-campaign/source'],
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'silent',
  });
  const bundled = outputFiles.map(({ path, contents }): PageFile => {
    const extension = path.endsWith('.css') ? 'css' : 'js';
    return { path: `main.${extension}`, type: TYPES[extension], body: contents };
  });
  const html = await readFile(source('index.html'));
  return [{ path: 'index.html', type: 'text/html; charset=utf-8', body: html }, ...bundled];
}
