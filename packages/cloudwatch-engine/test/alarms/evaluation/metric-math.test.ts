import { describe, expect, it } from 'vitest';
import { replay } from '../../../src/alarms.ts';
import { createAlarmMath } from '../../../src/math.ts';
import { metricAlarm, type Series, sourceOf } from '../given.ts';

const stat = (Id: string, MetricName: string) => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { Namespace: 'ns', MetricName }, Period: 60, Stat: 'Sum' },
});
const alarmOn = (Expression: string, more: object = {}) =>
  metricAlarm({
    Metrics: [stat('answered', 'answered'), stat('total', 'total'), { Id: 'rate', Expression, ReturnData: true }],
    Threshold: 20,
    ComparisonOperator: 'LessThanThreshold',
    ...more,
  });
const minutes = (...values: (number | undefined)[]): Series => ({ start: 0, step: 60, values });
const statesOf = (alarm: ReturnType<typeof alarmOn>, source: ReturnType<typeof sourceOf>) =>
  replay([alarm], source, { from: 0, to: 1200, math: createAlarmMath() }).events.flatMap((event) =>
    event.kind === 'state' ? [[event.at / 60, event.to.value]] : [],
  );

describe('alarms on metric math', () => {
  const source = sourceOf({
    answered: minutes(5, 5, 1, 1, 5, undefined),
    total: minutes(10, 10, 10, 10, 10, undefined, 0, 0),
  });

  it('watch the result of an expression; a division by zero is a missing point', () => {
    expect(statesOf(alarmOn('100 * answered / total'), source)).toEqual([
      [1, 'OK'],
      [3, 'ALARM'],
      [5, 'OK'],
      [8, 'INSUFFICIENT_DATA'],
    ]);
  });

  it('guard a rate against low volume', () => {
    const guarded = alarmOn('IF(total > 5, 100 * answered / total, 100)', { TreatMissingData: 'notBreaching' });
    expect(statesOf(guarded, source).map(([, state]) => state)).toEqual(['OK', 'ALARM', 'OK']);
  });

  it('watch a band by its edges', () => {
    const banded = metricAlarm({
      Metrics: [
        { ...stat('total', 'total'), ReturnData: true },
        { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(total, 2)', ReturnData: true },
      ],
      ThresholdMetricId: 'band',
      ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
      TreatMissingData: 'ignore',
    });
    const steady = Array.from({ length: 600 }, (_, index) => 100 + (index % 7));
    const jump = sourceOf({ total: minutes(...steady, 900, 900, 100) });
    const { events } = replay([banded], jump, { from: 590 * 60, to: 604 * 60, math: createAlarmMath() });
    const [, alarmed] = events.flatMap((event) => (event.kind === 'state' ? [event] : []));
    expect([alarmed?.at, alarmed?.to.value]).toEqual([601 * 60, 'ALARM']);
    expect(alarmed?.to.reason).toMatch(
      /^Thresholds Crossed: 1 datapoint \[900\.0 .*greater than the upper thresholds \[1\d\d\./,
    );
  });
});
