import { mkdir, writeFile } from 'node:fs/promises';
import { bundlePage } from '../src/server/bundle-page.ts';

const out = new URL('../dist/page/', import.meta.url);
await mkdir(out, { recursive: true });
for (const { path, body } of await bundlePage()) await writeFile(new URL(path, out), body);
