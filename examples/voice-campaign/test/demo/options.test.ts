import { expect, test, vi } from 'vitest';
import { parseOptions } from '../../src/demo/options.ts';

const parse = (...flags: string[]) => parseOptions(['node', 'demo', ...flags]);

test('runs 2000 contacts with nothing going wrong unless asked', () => {
  expect(parse()).toMatchObject({
    contacts: 2000,
    seed: 1,
    failingRecord: false,
    deadLetter: false,
    killWorker: false,
    sampling: 'all',
    json: false,
  });
});

test('keeps the other outcomes in proportion when the answer rate is given', () => {
  const { rates } = parse('--answer-rate', '0.81');
  expect(rates.answer).toBe(0.81);
  expect(rates.busy).toBeCloseTo(0.055);
  expect(rates.noAnswer).toBeCloseTo(0.115);
});

test.each([
  [['--contacts', '0'], 'whole number from 1'],
  [['--answer-rate', '1.5'], 'share from 0 to 1'],
  [['--answer-rate', '0.9', '--busy-rate', '0.5'], 'add up to more than 1'],
  [['--sampling', 'some'], 'Allowed choices are all, lambda'],
  [['--nonsense'], "unknown option '--nonsense'"],
])('refuses %s and says why', (flags, reason) => {
  const said: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  expect(() => parse(...flags)).toThrow('exit 1');
  expect(said.join('')).toContain(reason);
  write.mockRestore();
  exit.mockRestore();
});
