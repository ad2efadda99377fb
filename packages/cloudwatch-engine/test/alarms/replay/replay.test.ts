import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlarmRecords, createAlarmScheduler, replay, validateMuteRule } from '../../../src/alarms.ts';
import { createMetricStore } from '../../../src/index.ts';
import { alarmOf, NO_MATH, sourceOf } from '../given.ts';

const topic = 'arn:aws:sns:us-east-1:123456789012:alarms';
const metric = (name: string, more: object = {}) =>
  alarmOf({
    AlarmName: name,
    Namespace: 'ns',
    MetricName: 'm',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    AlarmActions: [topic],
    OKActions: [topic],
    ...more,
  });
const minutes = (...values: (number | undefined)[]) => sourceOf({ m: { start: 0, step: 60, values } });
const transitions = (...args: Parameters<typeof replay>) =>
  replay(...args).events.flatMap((event) =>
    event.kind === 'state' && event.from.value !== event.to.value ? [[event.alarm, event.at / 60, event.to.value]] : [],
  );

describe('replay', () => {
  it('evaluates each minute, and says why at every change', () => {
    const source = minutes(0, 0, 5, 5, 0);
    const { events, records } = replay([metric('high')], source, { from: 0, to: 300, math: NO_MATH });
    expect(
      events
        .filter(({ kind }) => kind === 'state')
        .map((each) => [each.at / 60, each.kind === 'state' && each.to.value]),
    ).toEqual([
      [1, 'OK'],
      [3, 'ALARM'],
      [5, 'OK'],
    ]);
    expect(records.high?.state.reason).toBe(
      'Threshold Crossed: 1 datapoint [0.0 (01/01/70 00:04:00)] was not greater than the threshold (1.0).',
    );
    expect(events.filter(({ kind }) => kind === 'actions').map(({ at }) => at / 60)).toEqual([1, 3, 5]);
  });

  it('slides the window of a long period each minute (user guide, Evaluating an alarm)', () => {
    const alarm = metric('slides', { Period: 300, Threshold: 9 });
    // Ten within minutes 3 to 7: a grid of five minutes would never see them together.
    const source = minutes(0, 0, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0);
    expect(transitions([alarm], source, { from: 0, to: 720, math: NO_MATH })).toContainEqual(['slides', 7, 'ALARM']);
  });

  it('evaluates short periods every ten seconds', () => {
    const alarm = metric('fast', { Period: 10 });
    const source = sourceOf({ m: { start: 0, step: 10, values: [0, 0, 0, 5, 5, 5, 0, 0, 0, 0] } });
    const [, up] = transitions([alarm], source, { from: 0, to: 120, math: NO_MATH });
    expect(up).toEqual(['fast', 50 / 60, 'ALARM']);
  });

  it('lets composite alarms follow at the same moment, after their children', () => {
    const alarms = [
      alarmOf({ AlarmName: 'both', AlarmRule: 'ALARM(a) AND ALARM(b)' }),
      metric('a'),
      metric('b', { EvaluationPeriods: 2 }),
    ];
    const source = minutes(0, 5, 5, 0, 0);
    expect(transitions(alarms, source, { from: 0, to: 300, math: NO_MATH })).toEqual([
      ['both', 0, 'OK'],
      ['a', 1, 'OK'],
      ['b', 1, 'OK'],
      ['a', 2, 'ALARM'],
      ['b', 3, 'ALARM'],
      ['both', 3, 'ALARM'],
      ['a', 4, 'OK'],
      ['b', 4, 'OK'],
      ['both', 4, 'OK'],
    ]);
  });

  it('holds actions back while a mute rule has its window open, and runs them at its end', () => {
    const rule = validateMuteRule({
      Name: 'night',
      Rule: { Schedule: { Expression: 'at(1970-01-01T00:02)', Duration: 'PT3M' } },
      MuteTargets: { AlarmNames: ['high'] },
    });
    if (!rule.ok) throw new Error(JSON.stringify(rule.issues));
    const source = minutes(0, 5, 5, 5, 5, 5, 5);
    const { events } = replay([metric('high')], source, { from: 0, to: 420, math: NO_MATH, muteRules: [rule.rule] });
    expect(events.flatMap((event) => (event.kind === 'muted' ? [[event.at / 60, event.until / 60]] : []))).toEqual([
      [2, 5],
    ]);
    expect(
      events.flatMap((event) =>
        event.kind === 'actions' ? [[event.at / 60, event.state.value, event.afterMuteWindow]] : [],
      ),
    ).toEqual([
      [1, 'OK', false],
      [5, 'ALARM', true],
    ]);
  });

  it('runs actions that a mute rule held back as soon as it is gone', () => {
    const rule = validateMuteRule({
      Name: 'night',
      Rule: { Schedule: { Expression: 'at(1970-01-01T00:02)', Duration: 'PT30M' } },
      MuteTargets: { AlarmNames: ['high'] },
    });
    if (!rule.ok) throw new Error(JSON.stringify(rule.issues));
    const source = minutes(0, 5, 5, 5, 5);
    const options = { from: 0, to: 180, math: NO_MATH };
    const { records } = replay([metric('high')], source, { ...options, muteRules: [rule.rule] });
    const goesOn = { ...options, from: 180, records };
    const [unmuted] = createAlarmScheduler([metric('high')], source, goesOn).evaluateDue(180);
    expect(unmuted).toMatchObject({ kind: 'actions', at: 180, state: { value: 'ALARM' }, afterMuteWindow: true });
    const muted = createAlarmScheduler([metric('high')], source, { ...goesOn, muteRules: [rule.rule] });
    expect(muted.evaluateDue(180)).toEqual([]);
  });
});

const value = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined });
const anyAlarm = (name: string) =>
  fc
    .record({
      Period: fc.constantFrom(10, 60, 300),
      EvaluationPeriods: fc.integer({ min: 1, max: 4 }),
      TreatMissingData: fc.constantFrom('missing', 'ignore', 'breaching', 'notBreaching'),
    })
    .chain((alarm) =>
      fc.integer({ min: 1, max: alarm.EvaluationPeriods }).map((m) => metric(name, { ...alarm, DatapointsToAlarm: m })),
    );
const world = fc.record({
  a: anyAlarm('a'),
  b: anyAlarm('b'),
  values: fc.array(value, { maxLength: 40 }),
  cut: fc.integer({ min: 1, max: 2399 }),
});
const composite = alarmOf({ AlarmName: 'c', AlarmRule: 'ALARM(a) AND NOT ALARM(b)', AlarmActions: [topic] });

describe('laws of replay', () => {
  it('in pieces is the same as at once, and the order of the alarms does not matter', () => {
    fc.assert(
      fc.property(world, ({ a, b, values, cut }) => {
        const source = minutes(...values);
        const run = (from: number, to: number, records: AlarmRecords = {}, alarms = [a, b, composite]) =>
          replay(alarms, source, { from, to, math: NO_MATH, records });
        const whole = run(0, 2400);
        const first = run(0, cut);
        const second = run(cut, 2400, first.records);
        expect([...first.events, ...second.events]).toEqual(whole.events);
        expect(second.records).toEqual(whole.records);
        expect(run(0, 2400, {}, [composite, b, a])).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  it('step by step by a scheduler is the same as at once', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 600 }), { maxLength: 20 });
    fc.assert(
      fc.property(world, steps, ({ a, b, values }, lengths) => {
        const source = minutes(...values);
        const alarms = [a, b, composite];
        const scheduler = createAlarmScheduler(alarms, source, { from: 0, math: NO_MATH });
        let [now, records]: [number, AlarmRecords] = [0, {}];
        const events = [...lengths, 2400].flatMap((length) => {
          now = length === 2400 ? 2400 : Math.min(2400, now + length);
          const due = scheduler.evaluateDue(now);
          records = { ...records, ...scheduler.takeChanged() };
          return due;
        });
        const whole = replay(alarms, source, { from: 0, to: 2400, math: NO_MATH });
        expect(events).toEqual(whole.events);
        expect(records).toEqual(whole.records);
        expect(scheduler.takeChanged()).toEqual({});
      }),
      { numRuns: 150 },
    );
  });

  it('does not depend on the order in which the data came', () => {
    const shuffled = fc
      .array(fc.record({ minute: fc.nat({ max: 39 }), value: fc.integer({ min: 0, max: 3 }) }), { maxLength: 60 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, anyAlarm('a'), (orders, alarm) => {
        const [first, second] = orders.map((order) => {
          const store = createMetricStore();
          for (const { minute, value } of order) {
            const metric = { namespace: 'ns', name: 'm', dimensions: {}, unit: 'None', resolution: 60 } as const;
            store.add([{ ...metric, timestamp: minute * 60_000, values: [value] }], 2_400_000);
          }
          return replay([alarm], store, { from: 0, to: 2400, math: NO_MATH });
        });
        expect(first).toEqual(second);
      }),
      { numRuns: 100 },
    );
  });

  it('gives no new state without a reason, and never the same state twice', () => {
    fc.assert(
      fc.property(world, ({ a, b, values }) => {
        const { events } = replay([a, b, composite], minutes(...values), { from: 0, to: 2400, math: NO_MATH });
        const last = new Map<string, string>();
        for (const event of events) {
          if (event.kind !== 'state') continue;
          expect(event.to.reason).not.toBe('');
          expect(event.from.value).toBe(last.get(event.alarm) ?? 'INSUFFICIENT_DATA');
          expect(event.to.value).not.toBe(event.from.value);
          last.set(event.alarm, event.to.value);
        }
      }),
      { numRuns: 150 },
    );
  });
});
