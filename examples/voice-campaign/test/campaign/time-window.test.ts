import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOpen } from '../../src/campaign/time-window.ts';

const at = (iso: string) => Date.parse(iso);

test('opens at from and closes at to, on the wall clock of its time zone', () => {
  const window = { from: '09:00', to: '20:00', timeZone: 'Europe/Lisbon' };
  // Lisbon is UTC+1 in July and UTC in January.
  expect(isOpen(window, at('2026-07-01T07:59:59Z'))).toBe(false);
  expect(isOpen(window, at('2026-07-01T08:00:00Z'))).toBe(true);
  expect(isOpen(window, at('2026-07-01T18:59:59Z'))).toBe(true);
  expect(isOpen(window, at('2026-07-01T19:00:00Z'))).toBe(false);
  expect(isOpen(window, at('2026-01-01T08:59:59Z'))).toBe(false);
  expect(isOpen(window, at('2026-01-01T19:59:59Z'))).toBe(true);
});

test('spans midnight when from is after to', () => {
  const window = { from: '21:00', to: '02:00', timeZone: 'UTC' };
  expect(isOpen(window, at('2026-07-01T23:00:00Z'))).toBe(true);
  expect(isOpen(window, at('2026-07-01T01:59:00Z'))).toBe(true);
  expect(isOpen(window, at('2026-07-01T02:00:00Z'))).toBe(false);
  expect(isOpen(window, at('2026-07-01T20:59:00Z'))).toBe(false);
});

test('is open all day from 00:00 to 24:00, in every zone', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia'),
      (now, timeZone) => isOpen({ from: '00:00', to: '24:00', timeZone }, now.getTime()),
    ),
  );
});

test('refuses what is no time of day, and what is no time zone', () => {
  expect(() => isOpen({ from: '9:00', to: '20:00', timeZone: 'UTC' }, 0)).toThrow('"9:00" is no time of day');
  expect(() => isOpen({ from: '09:00', to: '24:01', timeZone: 'UTC' }, 0)).toThrow('"24:01" is no time of day');
  expect(() => isOpen({ from: '09:00', to: '20:00', timeZone: 'Mars/Olympus' }, 0)).toThrow(RangeError);
});
