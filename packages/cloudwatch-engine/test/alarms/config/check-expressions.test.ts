import { describe, expect, it } from 'vitest';
import { type MetricAlarmInput, validateAlarm } from '../../../src/alarms.ts';

const m1 = {
  Id: 'm1',
  MetricStat: { Metric: { Namespace: 'ns', MetricName: 'm' }, Period: 60, Stat: 'Sum' },
  ReturnData: false,
};

const issuesOf = (Expression: string, change: MetricAlarmInput = {}) => {
  const Metrics = [m1, { Id: 'e1', Expression, ...(Expression.startsWith('SELECT') ? { Period: 60 } : {}) }];
  const input = { AlarmName: 'a', EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' };
  const validated = validateAlarm({ ...input, Metrics, ...change });
  return validated.ok ? [] : validated.issues.map(({ code, path, message }) => ({ code, path, message }));
};

const wrong = (message: string, code = 'expression') => [{ code, path: 'Metrics[1].Expression', message }];

describe('the expressions of an alarm', () => {
  it.each([
    'IF(m1 > 5, 100 / m1)',
    'SUM(METRICS())',
    'SELECT SUM(x) FROM y',
    'SELECT SUM(x) FROM y GROUP BY z ORDER BY SUM() DESC',
  ])('may be %s', (expression) => {
    expect(issuesOf(expression)).toEqual([]);
  });

  it('point at the character that is wrong', () => {
    expect(issuesOf('NOPE(((')).toEqual(
      wrong(
        "Error in expression 'e1': the expression ends where a number, an Id, a function, (, [ or - belongs (at character 8).",
      ),
    );
    expect(issuesOf('m1 + m2')).toEqual(
      wrong(`Error in expression 'e1': no query has the Id "m2": did you mean m1?; there are m1 (at character 6).`),
    );
    expect(issuesOf('m1 + AVG(m1) + RATE(2)')).toMatchObject([{ code: 'expression' }]);
  });

  it('come to one time series', () => {
    expect(issuesOf('METRICS()')).toEqual(
      wrong(
        "Error in expression 'e1': an alarm watches a single time series, this is an array of them.",
        'single-series',
      ),
    );
    expect(issuesOf('SELECT SUM(x) FROM y GROUP BY z')).toMatchObject([{ code: 'single-series' }]);
    expect(issuesOf('AVG(m1)')).toMatchObject([{ code: 'expression' }]);
  });

  it('may be the band that an alarm watches a metric with', () => {
    const Metrics = [
      { ...m1, ReturnData: true },
      { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 2)' },
    ];
    const band = { ThresholdMetricId: 'ad1', Threshold: undefined, ComparisonOperator: 'GreaterThanUpperThreshold' };
    expect(issuesOf('', { ...band, Metrics })).toEqual([]);
  });

  it('are looked at where something else is wrong, too, and nothing is said twice', () => {
    const Metrics = [
      { ...m1, Id: 'M1' },
      { Id: 'e1', Expression: 'm1 +' },
    ];
    expect(issuesOf('', { Metrics }).map(({ code, path }) => [code, path])).toEqual([
      ['id', 'Metrics[0].Id'],
      ['expression', 'Metrics[1].Expression'],
    ]);
  });
});
