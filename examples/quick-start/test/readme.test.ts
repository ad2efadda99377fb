import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const shown = [...read('README.md').matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);

it('shows code of this repository, word for word', () => {
  expect(shown.length).toBeGreaterThan(0);
  for (const code of shown) {
    const [, path = '', excerpt = ''] = /^\/\/ (\S+)\n(.*)$/s.exec(code) ?? [];
    expect(path, code).toMatch(/^examples\/quick-start\//);
    expect(read(path)).toContain(excerpt);
  }
});
