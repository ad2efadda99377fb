import { describe, expect, it } from 'vitest';
import { type AlarmMuteRuleInput, muteWindowEnd, validateMuteRule } from '../../../src/alarms.ts';

const at = (text: string): number => Date.parse(text) / 1000;
const ruleOf = (schedule: NonNullable<NonNullable<AlarmMuteRuleInput['Rule']>['Schedule']>, more: object = {}) => {
  const validated = validateMuteRule({ Name: 'r', Rule: { Schedule: schedule }, ...more });
  if (!validated.ok) throw new Error(JSON.stringify(validated.issues));
  return validated.rule;
};
const endOf = (rule: ReturnType<typeof ruleOf>, moment: string) => {
  const end = muteWindowEnd(rule, at(moment));
  return end === undefined ? undefined : new Date(end * 1000).toISOString();
};

describe('mute rules', () => {
  it('open a window once', () => {
    const rule = ruleOf({ Expression: 'at(2026-12-24T18:00)', Duration: 'P2DT6H' });
    expect(endOf(rule, '2026-12-24T17:59:59Z')).toBeUndefined();
    expect(endOf(rule, '2026-12-24T18:00:00Z')).toBe('2026-12-27T00:00:00.000Z');
    expect(endOf(rule, '2026-12-27T00:00:00Z')).toBeUndefined();
  });

  it('open windows again and again, on the clocks of a time zone through summer and winter', () => {
    const rule = ruleOf({ Expression: 'cron(0 2 * * SUN)', Duration: 'PT4H', Timezone: 'Europe/Berlin' });
    expect(endOf(rule, '2026-11-22T01:30:00Z')).toBe('2026-11-22T05:00:00.000Z');
    expect(endOf(rule, '2026-07-05T00:30:00Z')).toBe('2026-07-05T04:00:00.000Z');
    expect(endOf(rule, '2026-11-23T01:30:00Z')).toBeUndefined();
  });

  it('keep to their first and last day', () => {
    const dates = { StartDate: at('2026-11-02T00:00:00Z'), ExpireDate: at('2026-11-03T01:00:00Z') };
    const rule = ruleOf({ Expression: 'cron(0 0 * * *)', Duration: 'PT2H' }, dates);
    expect(endOf(rule, '2026-11-01T01:00:00Z')).toBeUndefined();
    expect(endOf(rule, '2026-11-02T01:00:00Z')).toBe('2026-11-02T02:00:00.000Z');
    expect(endOf(rule, '2026-11-03T00:30:00Z')).toBe('2026-11-03T01:00:00.000Z');
    expect(endOf(rule, '2026-11-03T01:30:00Z')).toBeUndefined();
  });

  it('are refused with everything that is wrong with them', () => {
    const validated = validateMuteRule({
      Rule: { Schedule: { Expression: 'every day', Duration: 'P20D', Timezone: 'Mars/Base' } },
      MuteTargets: { AlarmNames: Array.from({ length: 101 }, (_, index) => `a${index}`) },
    });
    expect(validated.ok ? [] : validated.issues.map(({ path }) => path)).toEqual([
      'Name',
      'Rule.Schedule.Expression',
      'Rule.Schedule.Duration',
      'Rule.Schedule.Timezone',
      'MuteTargets.AlarmNames',
    ]);
  });
});
