import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aggregateFunctions, refusedCommands, scalarFunctions } from '../../src/logs/query/syntax/function-table.ts';
import { LogQueryError, parseLogQuery } from '../../src/logs.ts';

const [, section = ''] = readFileSync(new URL('../../../../docs/fidelity.md', import.meta.url), 'utf8').split(
  '\n## Logs Insights\n',
);
const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
const rowOf = (name: string): readonly string[] =>
  rows.filter((row) => new RegExp(`\`${name}[\` ]`, 'i').test(row.split(' | ')[0] ?? ''));

/** The commands that the parser says it takes. */
const commands = (): readonly string[] => {
  try {
    parseLogQuery('nothing');
  } catch (error) {
    if (error instanceof LogQueryError) return /a command \((.*)\)/.exec(error.message)?.[1]?.split(', ') ?? [];
  }
  return [];
};

describe('docs/fidelity.md', () => {
  it.each([...commands(), ...Object.keys(scalarFunctions), ...Object.keys(aggregateFunctions)])(
    'says how near %s of Logs Insights is to AWS',
    (name) => {
      expect(rowOf(name)).toEqual([expect.not.stringMatching(/ \| \*\*refused\*\* +\|/)]);
    },
  );

  it.each(refusedCommands)('says that %s of Logs Insights is refused', (name) => {
    expect(rowOf(name)).toEqual([expect.stringMatching(/ \| \*\*refused\*\* +\|/)]);
  });
});
