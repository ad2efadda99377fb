import { describe, expect, it } from 'vitest';
import { type MetricAlarmInput, validateAlarm } from '../../../src/alarms.ts';

const good: MetricAlarmInput = {
  AlarmName: 'a',
  Namespace: 'ns',
  MetricName: 'm',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 3,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold',
};
const issuesOf = (change: MetricAlarmInput) => {
  const validated = validateAlarm({ ...good, ...change });
  return validated.ok ? [] : validated.issues.map(({ code, path, message }) => ({ code, path, message }));
};
const m1 = {
  Id: 'm1',
  MetricStat: { Metric: { Namespace: 'ns', MetricName: 'm' }, Period: 60, Stat: 'Sum' },
  ReturnData: false,
};
const ofQueries: MetricAlarmInput = {
  Namespace: undefined,
  MetricName: undefined,
  Statistic: undefined,
  Period: undefined,
};

describe('PutMetricAlarm', () => {
  it('takes what is right', () => {
    expect(issuesOf({})).toEqual([]);
    expect(issuesOf({ ...ofQueries, Metrics: [m1, { Id: 'e1', Expression: 'm1 * 2', ReturnData: true }] })).toEqual([]);
  });

  it.each([
    ['EvaluationPeriods', { EvaluationPeriods: 0 }, 'greater than or equal to 1'],
    [
      'DatapointsToAlarm',
      { DatapointsToAlarm: 4 },
      'DatapointsToAlarm must be less than or equal to EvaluationPeriods',
    ],
    ['ComparisonOperator', { ComparisonOperator: 'Above' }, 'enum value set'],
    ['TreatMissingData', { TreatMissingData: 'maybe' }, 'Supported values for TreatMissingData are breaching'],
    ['Threshold', { Threshold: undefined }, 'should have valid Threshold parameter'],
    ['Period', { Period: 45 }, ''],
    ['AlarmName', { AlarmName: '' }, 'length greater than or equal to 1'],
    ['AlarmActions[0]', { AlarmActions: ['topic'] }, 'Invalid arn syntax: topic'],
    ['EvaluateLowSampleCountPercentile', { EvaluateLowSampleCountPercentile: 'ignore' }, 'enabled only for percentile'],
    ['EvaluationWindow', { EvaluationWindow: { WallClockWindow: {} } }, 'wall-clock windows are not evaluated here'],
    ['EvaluationCriteria', { EvaluationCriteria: {} }, 'PromQL alarms are not evaluated here'],
    [
      'ThresholdMetricId',
      { ThresholdMetricId: 'b', Threshold: undefined, ComparisonOperator: 'GreaterThanUpperThreshold' },
      'list of Metrics',
    ],
  ] as const)('says what is wrong with %s', (path, change, message) => {
    const issues = issuesOf(change);
    expect(issues.map((issue) => issue.path)).toContain(path);
    expect(issues.find((issue) => issue.path === path)?.message).toContain(message);
  });

  it('says everything at once', () => {
    expect(issuesOf({ Threshold: undefined, EvaluationPeriods: 0, TreatMissingData: 'x' })).toHaveLength(3);
  });
});
