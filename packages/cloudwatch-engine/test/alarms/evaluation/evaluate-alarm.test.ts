import { describe, expect, it } from 'vitest';
import { initialState } from '../../../src/alarms/evaluation/alarm-state.ts';
import { evaluateAlarm } from '../../../src/alarms/evaluation/evaluate-alarm.ts';
import { datapoints, metricAlarm } from '../given.ts';

// 2026-09-14T05:42:20Z, as in responses recorded against AWS.
const START = 1789364540;
const AT = START + 47.551;

function evaluate(input: Parameters<typeof metricAlarm>[0], letters: string, samples = 1) {
  const alarm = metricAlarm({ Statistic: 'Average', Period: 10, ...input });
  const points = { ...datapoints([...letters], START), sampleCounts: new Float64Array(letters.length).fill(samples) };
  return evaluateAlarm(alarm, initialState(0), points, AT);
}

describe('the reasons of a new state', () => {
  it('lists the datapoints that breach, newest first, of an alarm that says its M', () => {
    const state = evaluate({ EvaluationPeriods: 3, DatapointsToAlarm: 2, Unit: 'Count' }, 'X0X');
    expect(state.reason).toBe(
      'Threshold Crossed: 2 out of the last 3 datapoints [100.0 (14/09/26 05:42:40), 100.0 (14/09/26 05:42:20)] were greater than the threshold (50.0) (minimum 2 datapoints for OK -> ALARM transition).',
    );
    expect(state.reasonData).toBe(
      '{"version":"1.0","queryDate":"2026-09-14T05:43:07.551+0000","startDate":"2026-09-14T05:42:20.000+0000","unit":"Count","statistic":"Average","period":10,"recentDatapoints":[100.0,1.0,100.0],"threshold":50.0,"evaluatedDatapoints":[{"timestamp":"2026-09-14T05:42:40.000+0000","sampleCount":1.0,"value":100.0},{"timestamp":"2026-09-14T05:42:20.000+0000","sampleCount":1.0,"value":100.0}]}',
    );
  });

  it('names one datapoint plainly where the alarm does not say its M', () => {
    expect(evaluate({ Threshold: 21 }, 'X').reason).toBe(
      'Threshold Crossed: 1 datapoint [100.0 (14/09/26 05:42:20)] was greater than the threshold (21.0).',
    );
    expect(evaluate({ ComparisonOperator: 'LessThanOrEqualToThreshold' }, 'X').reason).toBe(
      'Threshold Crossed: 1 datapoint [100.0 (14/09/26 05:42:20)] was not less than or equal to the threshold (50.0).',
    );
  });

  it('says how many datapoints are wanted to leave ALARM', () => {
    expect(evaluate({ EvaluationPeriods: 3, DatapointsToAlarm: 2 }, '--X0').reason).toBe(
      'Threshold Crossed: 1 out of the last 3 datapoints [1.0 (14/09/26 05:42:50)] was not greater than the threshold (50.0) (minimum 2 datapoints for ALARM -> OK transition).',
    );
  });

  it('counts a missing period with the good ones, and lists its moment', () => {
    const { reasonData } = evaluate({ EvaluationPeriods: 3, DatapointsToAlarm: 2 }, '0X-');
    expect(JSON.parse(reasonData ?? '').evaluatedDatapoints).toEqual([
      { timestamp: '2026-09-14T05:42:40.000+0000' },
      { timestamp: '2026-09-14T05:42:20.000+0000', sampleCount: 1, value: 1 },
    ]);
    expect(JSON.parse(reasonData ?? '').recentDatapoints).toEqual([1, 100]);
  });

  it('shows the gaps between datapoints as null', () => {
    const { reasonData } = evaluate({ EvaluationPeriods: 3, DatapointsToAlarm: 3 }, '0-X-X----');
    expect(JSON.parse(reasonData ?? '').recentDatapoints).toEqual([1, null, 100, null, 100]);
  });

  it('says that nothing came, and what that was taken for', () => {
    const breaching = evaluate(
      { EvaluationPeriods: 2, TreatMissingData: 'breaching', Unit: 'Seconds', Threshold: 2 },
      '----',
    );
    expect(breaching.reason).toBe(
      'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].',
    );
    expect(breaching.reasonData).toBe(
      '{"version":"1.0","queryDate":"2026-09-14T05:43:07.551+0000","unit":"Seconds","statistic":"Average","period":10,"recentDatapoints":[],"threshold":2.0,"evaluatedDatapoints":[{"timestamp":"2026-09-14T05:42:50.000+0000"},{"timestamp":"2026-09-14T05:42:40.000+0000"}]}',
    );
    expect(evaluate({ TreatMissingData: 'notBreaching' }, '---').reason).toBe(
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
    );
  });

  it('says how many periods were filled beside the real ones', () => {
    expect(
      evaluate({ EvaluationPeriods: 3, DatapointsToAlarm: 3, TreatMissingData: 'breaching' }, 'X-X--').reason,
    ).toBe(
      'Threshold Crossed: 2 out of the last 3 datapoints [100.0 (14/09/26 05:42:40), 100.0 (14/09/26 05:42:20)] were greater than the threshold (50.0) and 1 missing datapoint was treated as [Breaching] (minimum 3 datapoints for OK -> ALARM transition).',
    );
    expect(evaluate({ EvaluationPeriods: 3, DatapointsToAlarm: 3, TreatMissingData: 'breaching' }, '---0').reason).toBe(
      'Threshold Crossed: 1 out of the last 3 datapoints [1.0 (14/09/26 05:42:50)] was not greater than the threshold (50.0) and 2 missing datapoints were treated as [Breaching] (minimum 1 datapoint for ALARM -> OK transition).',
    );
  });

  it('counts the periods of which nothing is known', () => {
    const alarm = metricAlarm({ EvaluationPeriods: 3, Period: 10 });
    const ok = { ...initialState(0), value: 'OK' } as const;
    const state = evaluateAlarm(alarm, ok, datapoints(['-', '-', '-', '-', '-'], START), AT);
    expect(state).toMatchObject({
      value: 'INSUFFICIENT_DATA',
      reason: 'Insufficient Data: 3 datapoints were unknown.',
    });
    expect(JSON.parse(state.reasonData ?? '').evaluatedDatapoints).toHaveLength(3);
  });

  it('lists the newest five datapoints where there are many', () => {
    const state = evaluate({ EvaluationPeriods: 6, Threshold: 20 }, 'XXXXXX');
    expect(state.reason).toBe(
      'Threshold Crossed: 6 datapoints were greater than the threshold (20.0). The most recent datapoints which crossed the threshold: [100.0 (14/09/26 05:43:10), 100.0 (14/09/26 05:43:00), 100.0 (14/09/26 05:42:50), 100.0 (14/09/26 05:42:40), 100.0 (14/09/26 05:42:30)].',
    );
  });

  it('says how many came where it is the missing ones that make the state', () => {
    const heartbeat = { EvaluationPeriods: 3, DatapointsToAlarm: 2, TreatMissingData: 'breaching' } as const;
    expect(evaluate(heartbeat, '--0--').reason).toBe(
      'Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as [Breaching].',
    );
    expect(evaluate({ ...heartbeat, TreatMissingData: 'notBreaching' }, '--X--').reason).toBe(
      'Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as [NonBreaching].',
    );
  });

  it('explains an early alarm by the breach and the missing periods after it', () => {
    const { reason, reasonData } = evaluate({ EvaluationPeriods: 3, DatapointsToAlarm: 3 }, 'X--');
    expect(reason).toBe(
      'Threshold Crossed: 1 out of the last 3 datapoints [100.0 (14/09/26 05:42:20)] was greater than the threshold (50.0) (minimum 3 datapoints for OK -> ALARM transition).',
    );
    expect(JSON.parse(reasonData ?? '').evaluatedDatapoints).toHaveLength(3);
  });
});

describe('an anomaly alarm', () => {
  const band = {
    Metrics: [
      {
        Id: 'm1',
        MetricStat: { Metric: { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' }, Period: 60, Stat: 'Average' },
      },
      { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 0.8)' },
    ],
    ThresholdMetricId: 'ad1',
    ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
    DatapointsToAlarm: 1,
  };
  const points = (value: number) => ({
    start: 1570118280,
    values: Float64Array.of(value),
    lower: Float64Array.of(0.020599444741798756),
    upper: Float64Array.of(0.3006915352732461),
  });

  it('compares with both edges, and says so as the user guide has it', () => {
    const state = evaluateAlarm(metricAlarm(band), initialState(0), points(0), 1570118404.65);
    expect(state.value).toBe('ALARM');
    expect(state.reason).toBe(
      'Thresholds Crossed: 1 out of the last 1 datapoints [0.0 (03/10/19 15:58:00)] was less than the lower thresholds [0.020599444741798756] or greater than the upper thresholds [0.3006915352732461] (minimum 1 datapoint for OK -> ALARM transition).',
    );
    expect(state.reasonData).toContain(
      '"recentDatapoints":[0.0],"recentLowerThresholds":[0.020599444741798756],"recentUpperThresholds":[0.3006915352732461]',
    );
  });

  it('says what it is not in OK', () => {
    expect(evaluateAlarm(metricAlarm(band), initialState(0), points(0.1), 1570118404.65).reason).toContain(
      'was not less than the lower thresholds [0.020599444741798756] or not greater than the upper thresholds [0.3006915352732461]',
    );
  });

  it('lists the newest five of many, and the edges they crossed, as recorded', () => {
    const many = { ...band, EvaluationPeriods: 10, DatapointsToAlarm: 7 };
    const seven = Float64Array.of(0, 0, 0, 21, 22, 23, 24, 25, 26, 27);
    const edge = (value: number) => new Float64Array(10).fill(value);
    const ten = { start: 1602409500 - 9 * 60, values: seven, lower: edge(-1.5), upper: edge(20) };
    expect(evaluateAlarm(metricAlarm(many), initialState(0), ten, 1602410000).reason).toBe(
      'Thresholds Crossed: 7 out of the last 10 datapoints were less than the lower thresholds or greater than the upper thresholds. Recent datapoints [27.0 (11/10/20 09:45:00), 26.0 (11/10/20 09:44:00), 25.0 (11/10/20 09:43:00), 24.0 (11/10/20 09:42:00), 23.0 (11/10/20 09:41:00)] crossed the lower thresholds [-1.5, -1.5, -1.5, -1.5, -1.5] or upper thresholds [20.0, 20.0, 20.0, 20.0, 20.0] (minimum 7 datapoints for OK -> ALARM transition).',
    );
  });

  it('has the data of one edge alone where it asks of one, as recorded', () => {
    const above = { ...band, ComparisonOperator: 'GreaterThanUpperThreshold' };
    const one = { ...points(239), upper: Float64Array.of(225.71426732099445) };
    const state = evaluateAlarm(metricAlarm(above), initialState(0), one, 1570118404.65);
    expect(state.reason).toBe(
      'Thresholds Crossed: 1 out of the last 1 datapoints [239.0 (03/10/19 15:58:00)] was greater than the upper thresholds [225.71426732099445] (minimum 1 datapoint for OK -> ALARM transition).',
    );
    expect(state.reasonData).toBe(
      '{"version":"1.0","queryDate":"2019-10-03T16:00:04.650+0000","startDate":"2019-10-03T15:58:00.000+0000","period":60,"recentDatapoints":[239.0],"recentUpperThresholds":[225.71426732099445],"evaluatedDatapoints":[{"timestamp":"2019-10-03T15:58:00.000+0000","value":239.0,"threshold":225.71426732099445}]}',
    );
  });

  it('takes a period without a band for missing', () => {
    const bare = { start: 0, values: Float64Array.of(7) };
    expect(evaluateAlarm(metricAlarm(band), { ...initialState(0), value: 'OK' }, bare, 60).value).toBe(
      'INSUFFICIENT_DATA',
    );
  });
});

describe('comparison operators', () => {
  const band = { lower: Float64Array.of(10), upper: Float64Array.of(20) };
  it.each([
    ['GreaterThanOrEqualToThreshold', [50, 51], [49]],
    ['GreaterThanThreshold', [51], [50]],
    ['LessThanThreshold', [49], [50]],
    ['LessThanOrEqualToThreshold', [49, 50], [51]],
    ['LessThanLowerOrGreaterThanUpperThreshold', [9, 21], [10, 20]],
    ['LessThanLowerThreshold', [9], [10, 21]],
    ['GreaterThanUpperThreshold', [21], [20, 9]],
  ])('%s breaches at %j and not at %j', (operator, breaching, good) => {
    const alarm = { ...metricAlarm(), operator: operator as 'GreaterThanThreshold' };
    const state = (value: number) =>
      evaluateAlarm(alarm, initialState(0), { start: 0, values: Float64Array.of(value), ...band }, 60).value;
    expect(breaching.map(state)).toEqual(breaching.map(() => 'ALARM'));
    expect(good.map(state)).toEqual(good.map(() => 'OK'));
  });
});
