import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AlarmEvent, type AlarmRecords, replay, type StateValue, setAlarmState } from '../../../src/alarms.ts';
import { alarmOf, NO_MATH, sourceOf } from '../given.ts';

type Timeline = readonly (readonly [at: number, state: 'OK' | 'ALARM'])[];
type Vectors = {
  suppressor: {
    waitPeriod: number;
    extensionPeriod: number;
    cases: { id: number; suppressor: Timeline; composite: Timeline; actionsAt: Timeline }[];
  };
};
const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../fixtures/alarm-vectors.json', import.meta.url), 'utf8'),
);

const topic = 'arn:aws:sns:us-east-1:123456789012:alarms';
const metric = (name: string) =>
  alarmOf({
    AlarmName: name,
    Namespace: 'ns',
    MetricName: name,
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'ignore',
  });

/** Lets the children be what the timelines say, by hand, and gives back the composite alarm's actions. */
const actionsOf = (suppressor: Timeline, composite: Timeline, waitPeriod: number, extensionPeriod: number) => {
  const alarms = [
    metric('child'),
    metric('suppressor'),
    alarmOf({
      AlarmName: 'composite',
      AlarmRule: 'ALARM(child)',
      AlarmActions: [topic],
      OKActions: [topic],
      ActionsSuppressor: 'suppressor',
      ActionsSuppressorWaitPeriod: waitPeriod,
      ActionsSuppressorExtensionPeriod: extensionPeriod,
    }),
  ];
  // Units are seconds, of which none is a whole minute: no evaluation comes between.
  const begin = 1;
  let records: AlarmRecords = {};
  const events: AlarmEvent[] = [];
  for (let unit = 0; unit <= 20; unit += 1) {
    const at = begin + unit;
    const passed = replay(alarms, sourceOf({}), { from: at - 1, to: at, math: NO_MATH, records });
    records = passed.records;
    events.push(...passed.events);
    for (const [name, timeline] of [
      ['suppressor', suppressor],
      ['child', composite],
    ] as const) {
      const [, state] = timeline.find(([when]) => when === unit) ?? [];
      if (state === undefined) continue;
      const set = setAlarmState(alarms, { AlarmName: name, StateValue: state as StateValue, StateReason: 'test' }, at, {
        records,
      });
      records = set.records;
      events.push(...set.events);
    }
  }
  return events.flatMap((event) =>
    event.kind === 'actions' && event.alarm === 'composite' && event.at > begin + 1
      ? [{ at: event.at - begin, to: event.state.value, after: event.afterSuppression?.by }]
      : [],
  );
};

describe("the user guide's timelines of suppressed actions", () => {
  const { waitPeriod, extensionPeriod, cases } = vectors.suppressor;
  for (const { id, suppressor, composite, actionsAt } of cases) {
    it(`case ${id}: actions at ${JSON.stringify(actionsAt)}`, () => {
      const actions = actionsOf(suppressor, composite, waitPeriod, extensionPeriod);
      expect(actions.map(({ at, to }) => [at, to])).toEqual(actionsAt);
    });
  }

  it('say what had held the actions back', () => {
    const child: Timeline = [[8, 'ALARM']];
    const suppressor: Timeline = [
      [7, 'ALARM'],
      [10, 'OK'],
    ];
    const alarmed = (timeline: Timeline, waitPeriod: number, extensionPeriod: number) =>
      actionsOf(timeline, child, waitPeriod, extensionPeriod).filter(({ to }) => to === 'ALARM');
    expect(alarmed([], 3, 3)).toEqual([{ at: 11, to: 'ALARM', after: 'WaitPeriod' }]);
    expect(alarmed(suppressor, 3, 3)).toEqual([{ at: 13, to: 'ALARM', after: 'ExtensionPeriod' }]);
    expect(alarmed(suppressor, 0, 0)).toEqual([{ at: 10, to: 'ALARM', after: 'Alarm' }]);
    expect(alarmed([], 0, 0)).toEqual([{ at: 8, to: 'ALARM', after: undefined }]);
  });
});
