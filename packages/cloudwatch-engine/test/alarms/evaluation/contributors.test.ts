import { describe, expect, it } from 'vitest';
import { type AlarmState, initialState } from '../../../src/alarms/evaluation/alarm-state.ts';
import { evaluateContributors } from '../../../src/alarms/evaluation/contributors.ts';
import { eventBridgeAlarmEvent } from '../../../src/alarms.ts';
import { metricAlarm } from '../given.ts';

const query = 'SELECT AVG(ConsumedWriteCapacityUnits) FROM "AWS/DynamoDB" GROUP BY TableName ORDER BY MAX() DESC';
const alarmOn = (TreatMissingData?: string) =>
  metricAlarm({
    AlarmName: 'DynamoDBInsightsAlarm',
    Metrics: [{ Id: 'm1', Expression: query, Period: 60, ReturnData: true }],
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    ...(TreatMissingData !== undefined && { TreatMissingData }),
  });

const start = Date.UTC(2025, 11, 1, 13, 34) / 1000;
const range = { start, end: start + 60 };
const at = start + 124.919;

/** One datapoint of each table. */
const seriesOf = (values: readonly number[]) =>
  values.map((value, index) => ({
    ...{ id: 'm1', attributes: { TableName: `table-${index}` } },
    points: { timestamps: [start], values: [value] },
  }));

const before: AlarmState = { ...initialState(0), value: 'OK' };
const evaluate = (values: readonly number[], treatment?: string) =>
  evaluateContributors(alarmOn(treatment), before, seriesOf(values), range, at);

describe('an alarm with contributors', () => {
  it.each([
    ['ALARM', '6 out of 6 time series evaluated to ALARM', Array(6).fill(0)],
    ['ALARM', '95 out of 150 time series evaluated to ALARM', [...Array(95).fill(0), ...Array(55).fill(1)]],
    ['ALARM', '100+ time series evaluated to ALARM', [...Array(105).fill(0), ...Array(45).fill(1)]],
    ['OK', '2 time series evaluated to OK', [1, 2]],
  ])('is in %s as "%s"', (value, reason, values) => {
    expect(evaluate(values).state).toMatchObject({ value, reason });
    expect(evaluate(values).state.reasonData).toMatch(/^\{"version":"1\.0","queryDate":"[^"]+"\}$/);
  });

  it.each([
    ['notBreaching', 'OK', 'NonBreaching'],
    ['breaching', 'ALARM', 'Breaching'],
    ['missing', 'INSUFFICIENT_DATA', 'Missing'],
  ])('without any series goes by its treatment of missing data: %s', (treatment, value, named) => {
    expect(evaluate([], treatment).state).toMatchObject({
      value,
      reason: `No time series were returned by the query. Treat missing data is configured as [${named}].`,
    });
  });

  it('without any series stays as it was where missing data are ignored', () => {
    expect(evaluate([], 'ignore').state).toMatchObject({ value: before.value, reason: before.reason });
  });

  it('sends events of itself and of each contributor, as documented', () => {
    const { state, changes } = evaluate([0]);
    const identity = { partition: 'aws', accountId: '123456789012', region: 'us-east-1' };
    const transition = { alarm: alarmOn(), identity, from: initialState(start), to: state, configuredAt: 0 };
    const configuration = { metrics: [{ id: 'm1', expression: query, returnData: true, period: 60 }] };
    const timestamp = '2025-12-01T13:36:04.919+0000';
    expect(eventBridgeAlarmEvent(transition, () => 'id')).toMatchObject({
      'detail-type': 'CloudWatch Alarm State Change',
    });
    expect(eventBridgeAlarmEvent(transition, () => 'id').detail).toEqual({
      alarmName: 'DynamoDBInsightsAlarm',
      configuration,
      previousState: expect.objectContaining({
        value: 'INSUFFICIENT_DATA',
        reason: 'Unchecked: Initial alarm creation',
      }),
      state: { value: 'ALARM', reason: '1 out of 1 time series evaluated to ALARM', timestamp },
    });
    const contributor = changes[0]?.contributor;
    if (!contributor) throw new Error('no contributor changed');
    const to: AlarmState = { value: 'ALARM', reason: contributor.reason, updatedAt: at, transitionedAt: at };
    const event = eventBridgeAlarmEvent({ ...transition, to, contributor }, () => 'id');
    expect(event).toMatchObject({ 'detail-type': 'CloudWatch Alarm Contributor State Change' });
    expect(event.detail).toEqual({
      alarmName: 'DynamoDBInsightsAlarm',
      alarmContributor: { id: expect.stringMatching(/^[\da-f]{16}$/), attributes: { TableName: 'table-0' } },
      configuration,
      state: {
        value: 'ALARM',
        reason:
          'Threshold Crossed: 1 datapoint was less than the threshold (1.0). The most recent datapoint which crossed the threshold: [0.0 (01/12/25 13:34:00)].',
        timestamp,
      },
    });
  });
});
