import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { refusedCommands, refusedFunctions } from '../../../../src/logs/query/syntax/function-table.ts';
import { parseLogQuery } from '../../../../src/logs.ts';

const fidelity = readFileSync(new URL('../../../../../../docs/fidelity.md', import.meta.url), 'utf8');
const [, section = ''] = fidelity.split('\n## Logs Insights\n');
const rows = (section.split('\n## ')[0] ?? '').split('\n');

describe('what is not emulated of Logs Insights', () => {
  it.each(refusedCommands)('is refused by the name of its command: %s', (name) => {
    expect(() => parseLogQuery(`fields @message | ${name} x`)).toThrow(`the command ${name} is not emulated`);
  });

  it.each(refusedFunctions)('is refused by the name of its function, and docs/fidelity.md says so: %s', (name) => {
    expect(() => parseLogQuery(`fields ${name}(x)`)).toThrow(`the function ${name} of Logs Insights is not emulated`);
    const own = rows.filter((row) => row.split(' | ')[0]?.toLowerCase().includes(`\`${name}\``));
    expect(own).toEqual([expect.stringMatching(/ \| \*\*refused\*\* +\|/)]);
  });

  it.each([
    ["filter id in (SOURCE '/b' | fields id)", 'subqueries are not emulated'],
    ['stats count(*) by bin(5m) offset 1h', 'offset of stats is not emulated'],
    ['fields regexReplace(x, y, "z")', 'takes its expression as a text in quotes'],
    ['fields regexReplace(x, "(", "z")', 'cannot read its expression'],
    ['stats count(*) as n, n / other', 'names of items before'],
    ['stats n * 2, count(*) as n', 'names of items before'],
    ['stats 1', 'names of items before'],
  ])('is refused with a reason: %s', (query, text) => {
    expect(() => parseLogQuery(query)).toThrow(text);
  });
});
