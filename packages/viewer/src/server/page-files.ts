import { readFile } from 'node:fs/promises';
import type { PageFile } from './bundle-page.ts';

const FILES = [
  ['index.html', 'text/html; charset=utf-8'],
  ['main.js', 'text/javascript; charset=utf-8'],
  ['main.css', 'text/css; charset=utf-8'],
] as const;

/** The files of the page by their paths: those that were built with the package, or bundled now from its source. */
export async function pageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const files = import.meta.url.endsWith('.ts') ? await bundled() : await built();
  return new Map(files.map((file) => [file.path, file]));
}

const bundled = async (): Promise<readonly PageFile[]> => (await import('./bundle-page.ts')).bundlePage();

const built = (): Promise<readonly PageFile[]> =>
  Promise.all(
    FILES.map(async ([path, type]) => ({
      path,
      type,
      body: await readFile(new URL(`../page/${path}`, import.meta.url)),
    })),
  );
