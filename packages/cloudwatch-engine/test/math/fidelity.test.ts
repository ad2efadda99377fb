import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS, REFUSED } from '../../src/math/check/function-table.ts';

describe('docs/fidelity.md', () => {
  const rows = readFileSync(new URL('../../../../docs/fidelity.md', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));

  it.each(Object.keys(FUNCTIONS))('says how near %s is to AWS', (name) => {
    expect(rows.filter((row) => row.split('|')[1]?.includes(`\`${name}\``))).toEqual([
      expect.not.stringContaining('**refused**'),
    ]);
  });

  it.each(Object.keys(REFUSED))('says that %s is refused', (name) => {
    expect(rows.filter((row) => row.split('|')[1]?.includes(`\`${name}\``))).toEqual([
      expect.stringContaining('**refused**'),
    ]);
  });
});
