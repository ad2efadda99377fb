import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseDashboard } from '../../src/dashboards.ts';

it('docs/fidelity.md names every type of widget that CloudWatch names', () => {
  const text = readFileSync(new URL('../../../../docs/fidelity.md', import.meta.url), 'utf8');
  const [, section = ''] = text.split('\n| Widget ');
  const names = [...(section.split('\n\n')[0] ?? '').matchAll(/^\| ((?:`\w+` ?)+)/gm)].flatMap(
    ([, cell = '']) => cell.match(/\w+/g) ?? [],
  );
  const [message] = parseDashboard('{"widgets":[{"type":"none","properties":{}}]}').messages;
  expect(names.sort()).toEqual(message?.Message.split(': ')[1]?.split(',').sort());
});
