import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** What each package may build on, from the bottom up. The emulator meets instrumentation on the wire alone. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  'metrics-schema': [],
  instrumentation: ['metrics-schema'],
  'cloudwatch-engine': ['metrics-schema'],
  provisioning: ['metrics-schema', 'cloudwatch-engine'],
  emulator: ['metrics-schema', 'cloudwatch-engine', 'provisioning'],
  viewer: ['metrics-schema', 'cloudwatch-engine', 'provisioning', 'emulator'],
  cli: ['metrics-schema', 'cloudwatch-engine', 'provisioning', 'emulator', 'viewer'],
};
const PURE = ['metrics-schema', 'cloudwatch-engine'];

type Source = { readonly path: string; readonly text: string };

const sourcesOf = (folder: string): Source[] =>
  readdirSync(join('packages', folder, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

const packages = readdirSync('packages');

it('knows the layer of every package', () => {
  expect(packages.filter((name) => !(name in LAYERS))).toEqual([]);
});

it.each(packages)('%s imports only what is below it', (name) => {
  const allowed = LAYERS[name] ?? [];
  const wrong = sourcesOf(name).flatMap(({ path, text }) =>
    [...text.matchAll(/(?:from|import)\s*\(?\s*'@voice-campaign\/([a-z-]+)/g)]
      .map(([, imported = '']) => imported)
      .filter((imported) => imported !== name && !allowed.includes(imported))
      .map((imported) => `${path} imports ${imported}`),
  );
  expect(wrong).toEqual([]);
});

it.each(packages)('%s declares only dependencies that are below it', (name) => {
  const { dependencies = {} } = JSON.parse(readFileSync(join('packages', name, 'package.json'), 'utf8'));
  const own = Object.keys(dependencies).flatMap((key) => /^@voice-campaign\/(.*)/.exec(key)?.[1] ?? []);
  expect(own.filter((dependency) => !LAYERS[name]?.includes(dependency))).toEqual([]);
});

it.each(PURE)('%s takes chance and time as arguments', (name) => {
  const impure = /\bMath\.random\b|\bperformance\.|\bcrypto\.|\bset(?:Timeout|Interval|Immediate)\(|\bnew Date\(\)/;
  expect(sourcesOf(name).flatMap(({ path, text }) => (impure.test(text) ? [path] : []))).toEqual([]);
});

it.each(packages)('%s has no source file that is more than one screenful of ideas', (name) => {
  const long = sourcesOf(name).filter(({ text }) => text.split('\n').length > 251);
  expect(long.map(({ path }) => path)).toEqual([]);
});
