import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { shown, states } from './readme-example.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('shows an example that compiles', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``);
});

it('shows an example that does what it says', () => {
  expect(shown([30, 5, 4])).toEqual(['Answer rate: 8 % (60 10 8)']);
  expect(states([30, 5, 4])).toEqual([
    expect.stringMatching(/^OK: Threshold Crossed: 1 datapoint \[60\.0 /),
    expect.stringMatching(/^ALARM: Threshold Crossed: 2 datapoints \[8\.0 .*were less than the threshold \(20\.0\)\.$/),
  ]);
});
