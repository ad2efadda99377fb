import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateAlarmRule } from '../../../src/alarms/composite/evaluate-rule.ts';
import {
  type AlarmRule,
  type CompositeAlarm,
  compositeOrder,
  parseAlarmRule,
  printAlarmRule,
  type StateValue,
  unknownChildren,
  validateAlarm,
} from '../../../src/alarms.ts';
import { alarmOf } from '../given.ts';

type Vectors = { compositeRules: { rule: string; states: Record<string, StateValue>; expect: 'ALARM' | 'OK' }[] };
const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../fixtures/alarm-vectors.json', import.meta.url), 'utf8'),
);

const ruleOf = (text: string): AlarmRule => {
  const parsed = parseAlarmRule(text);
  if (!parsed.ok) throw new Error(parsed.issue.message);
  return parsed.rule;
};
const holds = (text: string, states: Readonly<Record<string, StateValue>>) =>
  evaluateAlarmRule(ruleOf(text), (name) => states[name]);
const composite = (name: string, rule: string, more: object = {}): CompositeAlarm => {
  const alarm = alarmOf({ AlarmName: name, AlarmRule: rule, ...more });
  if (alarm.kind !== 'composite') throw new Error('not composite');
  return alarm;
};

describe('rules of composite alarms', () => {
  for (const { rule, states, expect: wanted } of vectors.compositeRules) {
    it(`${rule} over ${JSON.stringify(states)} is ${wanted}`, () => {
      expect(holds(rule, states).holds).toBe(wanted === 'ALARM');
    });
  }

  it('count alarms, or a share of them, in a state or out of it', () => {
    const states = { a: 'ALARM', b: 'ALARM', c: 'OK', d: 'INSUFFICIENT_DATA' } as const;
    expect(holds('AT_LEAST(2, ALARM, (a, b, c, d))', states)).toEqual({ holds: true, because: ['a', 'b'] });
    expect(holds('AT_LEAST(3, ALARM, (a, b, c, d))', states)).toEqual({ holds: false, because: ['c', 'd'] });
    expect(holds('AT_LEAST(50%, NOT OK, (a, b, c, d))', states).holds).toBe(true);
    expect(holds('AT_LEAST(76%, NOT OK, (a, b, c, d))', states).holds).toBe(false);
  });

  it('take names and ARNs, in quotes or not', () => {
    const arn = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:a b';
    expect(holds(`ALARM("${arn}") AND ALARM("a b")`, { 'a b': 'ALARM' }).holds).toBe(true);
  });

  it.each([
    ['ALARM(a', "must be: ')'"],
    ['ALARM a', "Unsupported token 'a' at char 6, must be: '('"],
    ['ALARM(a) OR', 'must be: '],
    ['alarm(a)', "Unsupported token 'alarm' at char 0"],
    ['AT_LEAST(0, ALARM, (a))', 'AT_LEAST absolute threshold must be between 1 and number of alarms (1)'],
    ['AT_LEAST(101%, ALARM, (a))', 'AT_LEAST percentage threshold must be between 1 and 100'],
    [`${'NOT '.repeat(700)}TRUE`, 'at most 500 elements'],
  ])('%s is refused where it breaks', (rule, message) => {
    const parsed = parseAlarmRule(rule);
    expect(parsed.ok ? '' : parsed.issue.message).toContain(message);
  });

  it('are printed so that they are read as the same', () => {
    const state = fc.constantFrom<StateValue>('OK', 'ALARM', 'INSUFFICIENT_DATA');
    const name = fc.string({ minLength: 1, maxLength: 10 });
    const rule = fc.letrec<{ any: AlarmRule }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.boolean().map((value) => ({ kind: 'constant', value }) as const),
        fc.record({ kind: fc.constant('state' as const), state, alarm: name }),
        fc.record({ kind: fc.constant('not' as const), of: tie('any') }),
        fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), of: fc.tuple(tie('any'), tie('any')) }),
        fc.array(name, { minLength: 1, maxLength: 4 }).chain((alarms) =>
          fc.record({
            kind: fc.constant('at-least' as const),
            count: fc.integer({ min: 1, max: alarms.length }),
            unit: fc.constant('alarms' as const),
            negated: fc.boolean(),
            state,
            alarms: fc.constant(alarms),
          }),
        ),
      ),
    })).any;
    fc.assert(
      fc.property(rule, (each) => {
        expect(ruleOf(printAlarmRule(each))).toEqual(each);
      }),
      { numRuns: 300 },
    );
  });

  it('are read or refused, whatever the text', () => {
    const piece = fc.constantFrom(
      'ALARM',
      'OK',
      '(',
      ')',
      'a',
      '"b"',
      'AND',
      'OR',
      'NOT',
      'AT_LEAST',
      '2',
      '50%',
      ',',
      'TRUE',
      '"',
    );
    const soup = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(' '));
    fc.assert(
      fc.property(fc.oneof(fc.string(), soup), (rule) => {
        const parsed = parseAlarmRule(rule);
        expect(parsed.ok || parsed.issue.message.startsWith('Error in AlarmRule [')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('composite alarms among others', () => {
  it('stand behind what they depend on, whatever the order given, and cycles are found', () => {
    const alarms = [
      composite('top', 'ALARM(middle) OR ALARM(leaf)'),
      composite('middle', 'ALARM(leaf)'),
      composite('x', 'ALARM(y)'),
      composite('y', 'NOT ALARM(x)'),
    ];
    for (const each of [alarms, alarms.toReversed()]) {
      const { order, cyclic, parents } = compositeOrder(each);
      const names = order.map(({ name }) => name);
      expect(names.indexOf('middle')).toBeLessThan(names.indexOf('top'));
      expect([...cyclic].sort()).toEqual(['x', 'y']);
      expect(parents.get('leaf')?.toSorted()).toEqual(['middle', 'top']);
    }
  });

  it('cannot name alarms that are not there, or of another account', () => {
    const identity = { partition: 'aws', region: 'us-east-1', accountId: '123456789012' };
    const messages = (rule: string, more: object = {}) =>
      unknownChildren(composite('top', rule, more), (name) => name === 'known', identity).map(({ message }) => message);
    expect(messages('ALARM(known)')).toEqual([]);
    expect(messages('ALARM(a) OR ALARM(b)')).toEqual([
      'Could not save the composite alarm as alarms [arn:aws:cloudwatch:us-east-1:123456789012:alarm:a, arn:aws:cloudwatch:us-east-1:123456789012:alarm:b] in the alarm rule do not exist',
    ]);
    expect(messages('ALARM("arn:aws:cloudwatch:us-east-1:999999999999:alarm:known")')).toEqual([
      'A composite alarm cannot have a child relation with alarms from another AWS account',
    ]);
    expect(messages('ALARM("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:known")')[0]).toContain('Wrong ARN region');
    const suppressor = {
      ActionsSuppressor: 'none',
      ActionsSuppressorWaitPeriod: 1,
      ActionsSuppressorExtensionPeriod: 1,
    };
    expect(messages('ALARM(known)', suppressor)).toEqual([
      'Could not save the composite alarm as the actions suppressor none does not exist',
    ]);
  });

  it('are refused with everything that is wrong with them', () => {
    const validated = validateAlarm({
      AlarmName: 'self',
      AlarmRule: 'ALARM(self)',
      AlarmActions: ['arn:aws:automate:us-east-1:ec2:stop', 'topic'],
      ActionsSuppressorWaitPeriod: 1,
    });
    expect(validated.ok ? [] : validated.issues.map(({ code, path }) => [code, path])).toEqual([
      ['not-an-arn', 'AlarmActions[1]'],
      ['composite-action', 'AlarmActions[0]'],
      ['self-reference', 'AlarmRule'],
      ['no-suppressor', 'ActionsSuppressorWaitPeriod'],
    ]);
  });
});
