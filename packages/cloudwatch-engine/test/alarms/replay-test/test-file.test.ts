import { describe, expect, it } from 'vitest';
import { readAlarmTestFile } from '../../../src/alarm-tests.ts';

describe('a file of alarm tests', () => {
  it('is read with what it leaves out', () => {
    const read = readAlarmTestFile({
      alarms: 'alarms.json',
      tests: [
        { name: 'one', series: { A: '1x3', B: 7 }, expect: { low: { '1m': 'OK' }, high: 'OKx3' } },
        { name: 404, series: {}, expect: { low: 'OK' } },
        { series: {}, expect: { low: 'OK' }, interval: '10s', length: '5m', start: '2026-01-05T09:30Z' },
      ],
    });
    expect(read).toEqual({
      ok: true,
      file: {
        alarms: ['alarms.json'],
        values: {},
        tests: [
          { name: 'one', series: { A: '1x3', B: '7' }, expect: { low: { '1m': 'OK' }, high: 'OKx3' } },
          { name: '404', series: {}, expect: { low: 'OK' } },
          { name: 'tests[2]', series: {}, expect: { low: 'OK' }, interval: '10s', length: '5m', start: 1_767_605_400 },
        ],
      },
    });
  });

  it('is refused with everything that is wrong with it', () => {
    const untimely = { expect: { low: 'OK' }, start: '2026-02-30T09:30Z' };
    const read = readAlarmTestFile({
      values: { Stage: ['test'] },
      tests: [{ name: 'one', serie: {}, expect: {} }, 7, { expect: { low: { '1m': {} } }, start: 'noon' }, untimely],
      more: 1,
    });
    expect(read.ok ? [] : read.issues.map(({ where, message }) => `${where}: ${message}`)).toEqual([
      'file: has no "more": there are alarms, values, tests',
      'alarms: is missing: name a file of alarms, or list them',
      'tests[0]: has no "serie": there are name, interval, length, start, series, expect',
      'tests[0] "one": expects nothing: give states by alarm, as in low: { 5m: ALARM }',
      'tests[1]: is no object with name, interval, length, start, series, expect',
      'tests[1] "tests[1]": expects nothing: give states by alarm, as in low: { 5m: ALARM }',
      'tests[2] "tests[2]": start is no moment of the form 2026-01-05T09:30Z',
      'tests[2] "tests[2]", expect low: 1m is no text',
      'tests[3] "tests[3]": start is no moment of the form 2026-01-05T09:30Z',
      'values: Stage is no text',
    ]);
  });
});
