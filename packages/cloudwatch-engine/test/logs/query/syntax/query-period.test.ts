import { describe, expect, it } from 'vitest';
import { LogQueryError, parseLogQuery } from '../../../../src/logs.ts';
import { value } from '../query-rows.ts';

const periodOf = (period: string) => {
  const [command] = parseLogQuery(`stats count(*) by bin(${period})`).commands;
  const [by] = command?.kind === 'stats' ? command.by : [];
  const [arg] = by?.expression.kind === 'call' ? by.expression.args : [];
  return arg?.kind === 'period' ? arg.period : undefined;
};
const length = (period: string) => {
  const found = periodOf(period);
  return found?.unit === 'fixed' ? found.milliseconds : found?.months;
};

describe('periods', () => {
  it.each([
    [1, ['ms', 'msec', 'msecs', 'millisecond', 'milliseconds']],
    [1000, ['s', 'sec', 'secs', 'second', 'seconds']],
    [60_000, ['m', 'min', 'mins', 'minute', 'minutes']],
    [3_600_000, ['h', 'hr', 'hrs', 'hour', 'hours']],
    [86_400_000, ['d', 'day', 'days']],
    [7 * 86_400_000, ['w', 'week', 'weeks']],
    [1, ['mo', 'mos', 'mon', 'mons', 'month', 'months']],
    [3, ['q', 'qtr', 'qtrs', 'quarter', 'quarters']],
    [12, ['y', 'yr', 'yrs', 'year', 'years']],
  ])('of %s milliseconds or months have the names %j, with a blank before them or none', (one, names) => {
    expect(names.flatMap((name) => [length(`2${name}`), length(`2 ${name}`)])).toEqual(
      names.flatMap(() => [2 * one, 2 * one]),
    );
  });

  it.each([
    ['300s', 60_000],
    ['61 seconds', 60_000],
    ['60s', 60_000],
    ['90m', 3_600_000],
    ['48h', 86_400_000],
    ['5000ms', 1000],
    ['48d', 48 * 86_400_000],
    ['18mo', 18],
  ])('such as %s are cut to what the service caps their unit at', (period, expected) => {
    expect(length(period)).toBe(expected);
  });

  it('are cut in datefloor and dateceil as in bin, and printed as they were written', () => {
    const late = '@timestamp + 90000';
    expect(value(`datefloor(${late}, 300s)`)).toBe('2026-11-23 12:01:00.000');
    expect(value(`dateceil(${late}, 300s)`)).toBe('2026-11-23 12:02:00.000');
    expect(periodOf('300 seconds')?.text).toBe('300seconds');
  });

  it.each(['5 fortnights', '5hs', '5ds', '0m', '0.5mo', '0y'])('such as %s are refused', (period) => {
    expect(() => parseLogQuery(`stats count(*) by bin(${period})`)).toThrow(LogQueryError);
  });
});
