import { voiceCampaign } from '@voice-campaign/metrics-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineMonitoring, MonitoringError, plan, type Reading, voiceCampaignMonitoring } from '../../src/index.ts';
import { shortName } from '../../src/plan/short-name.ts';
import { inputs, planned } from '../voice-campaign/deployment.ts';

describe('a plan', () => {
  it('has an alarm for each resource, named after it, and roll-ups that notify once', () => {
    const { metricAlarms, compositeAlarms, topic, namespace } = planned();
    expect(namespace).toBe('voice-campaign/production');
    expect(topic.arn).toBe('arn:aws:sns:us-east-1:123456789012:voice-campaign-production-alarms');
    const names = metricAlarms.map(({ AlarmName }) => AlarmName?.replace('voice-campaign-production-', ''));
    expect(names).toMatchInlineSnapshot(`
      [
        "critical-lambda-errors-api-handler",
        "critical-lambda-errors-dispatcher",
        "critical-lambda-errors-dialer-worker",
        "critical-lambda-throttles-api-handler",
        "critical-lambda-throttles-dispatcher",
        "critical-lambda-throttles-dialer-worker",
        "warning-lambda-near-timeout-api-handler",
        "warning-lambda-near-timeout-dispatcher",
        "warning-lambda-near-timeout-dialer-worker",
        "critical-queue-depth-dial-tasks",
        "critical-queue-depth-sms-tasks",
        "critical-queue-stalled-dial-tasks",
        "critical-queue-stalled-sms-tasks",
        "warning-dead-letters-dial-tasks-dlq",
        "critical-asterisk-cpu-high-i-1234567890abcdef0",
        "warning-asterisk-cpu-elevated-i-1234567890abcdef0",
        "critical-asterisk-status-check-i-1234567890abcdef0",
        "warning-rds-connections-db",
        "warning-rds-storage-db",
        "warning-answer-rate",
        "warning-opt-out-rate",
        "critical-no-calls",
      ]
    `);
    expect(metricAlarms.find(({ AlarmName }) => AlarmName?.includes('lambda-errors'))?.AlarmActions).toEqual([]);
    expect(compositeAlarms.map(({ AlarmName, AlarmActions }) => [AlarmName, AlarmActions])).toEqual([
      ['voice-campaign-production-critical-functions', [topic.arn]],
      ['voice-campaign-production-warning-asterisk-cpu', [topic.arn]],
    ]);
  });

  it('reads the namespace of the deployment, and thresholds that are shares of its inputs', () => {
    const { metricAlarms } = planned({ lambdaTimeoutsMs: { 'voice-campaign-production-dialer-worker': 300_000 } });
    const thresholdOf = (part: string) => metricAlarms.find(({ AlarmName }) => AlarmName?.endsWith(part))?.Threshold;
    expect([
      thresholdOf('near-timeout-dispatcher'),
      thresholdOf('near-timeout-dialer-worker'),
      thresholdOf('rds-connections-db'),
      thresholdOf('rds-storage-db'),
    ]).toEqual([24_000, 240_000, 80, 0.2 * 100 * 1024 ** 3]);
    const answer = metricAlarms.find(({ AlarmName }) => AlarmName?.endsWith('answer-rate'));
    expect(answer?.Metrics).toMatchObject([
      {
        MetricStat: { Metric: { Namespace: 'voice-campaign/production', MetricName: 'AnsweredCalls', Dimensions: [] } },
      },
      { MetricStat: { Metric: { MetricName: 'TotalCalls' } } },
      { Expression: 'IF(whole >= 50, 100 * part / whole)', ReturnData: true },
    ]);
  });

  it('without resources has what needs none', () => {
    const { metricAlarms, compositeAlarms } = plan(voiceCampaignMonitoring, { projectName: 'a', environment: 'b' });
    expect(metricAlarms.map(({ AlarmName }) => AlarmName)).toEqual([
      'a-b-warning-answer-rate',
      'a-b-warning-opt-out-rate',
      'a-b-critical-no-calls',
    ]);
    expect(compositeAlarms).toEqual([]);
  });

  it('says and draws the thresholds that the deployment has', () => {
    const linesOf = ({ dashboards }: ReturnType<typeof planned>, title: string) =>
      dashboards.flatMap(({ body }) =>
        body.widgets
          .filter(({ properties }) => properties.title === title)
          .map(({ properties }) => (properties.annotations as { horizontal: object[] } | undefined)?.horizontal),
      );
    const told = ({ metricAlarms }: ReturnType<typeof planned>) =>
      metricAlarms.find(({ AlarmName }) => AlarmName?.includes('queue-depth'))?.AlarmDescription?.split('\n')[0];
    const plain = planned();
    expect(told(plain)).toBe('More than 10000 messages wait in a queue: workers do not keep up.');
    expect(linesOf(plain, 'Queue depth')).toEqual([[expect.objectContaining({ label: 'Alarm', value: 10_000 })]]);
    const other = planned({
      alarmOverrides: { 'queue-depth': { threshold: 0.1 }, 'asterisk-cpu-high': { enabled: false } },
    });
    expect(told(other)).toBe('More than 0.1 messages wait in a queue: workers do not keep up.');
    expect(linesOf(other, 'Queue depth')).toEqual([[expect.objectContaining({ value: 0.1 })]]);
    expect(linesOf(other, 'Telephone server: CPU')).toEqual([
      [expect.objectContaining({ label: 'Warning', value: 70 })],
    ]);
    const without = { 'asterisk-cpu-high': { enabled: false }, 'asterisk-cpu-elevated': { enabled: false } };
    expect(linesOf(planned({ alarmOverrides: without }), 'Telephone server: CPU')).toEqual([undefined]);
  });

  it.each([
    [-3, '-3'],
    [1e-7, '0.0000001'],
    [-1.2345678901234567e-8, '-0.000000012345678901234567'],
    [1e-21, '0.000000000000000000001'],
    [1e21, '1000000000000000000000'],
  ])('tells a threshold of %d with all of its digits, as Terraform does', (threshold, told) => {
    const { metricAlarms } = planned({ alarmOverrides: { 'answer-rate': { threshold } } });
    const description = metricAlarms.find(({ AlarmName }) => AlarmName?.endsWith('answer-rate'))?.AlarmDescription;
    expect(description).toContain(`Fewer than ${told} %`);
  });

  it('takes overrides by the names of the definition', () => {
    const { metricAlarms } = planned({
      alarmOverrides: { 'answer-rate': { threshold: 10, datapoints: [2, 2] }, 'dead-letters': { enabled: false } },
    });
    expect(metricAlarms.find(({ AlarmName }) => AlarmName?.endsWith('answer-rate'))).toMatchObject({
      Threshold: 10,
      DatapointsToAlarm: 2,
      EvaluationPeriods: 2,
    });
    expect(metricAlarms.some(({ AlarmName }) => AlarmName?.includes('dead-letters'))).toBe(false);
  });

  it('splits a roll-up of more alarms than a rule can name', () => {
    const lambdaFunctionNames = Array.from({ length: 130 }, (_, index) => `fn-${index}`);
    const rollUps = planned({ lambdaFunctionNames }).compositeAlarms.filter(({ AlarmName }) =>
      AlarmName?.includes('functions'),
    );
    expect(rollUps.map(({ AlarmName }) => AlarmName)).toEqual(
      [1, 2, 3].map((part) => `voice-campaign-production-critical-functions-${part}`),
    );
  });

  it('says everything that is wrong with the inputs at once', () => {
    const wrong = () =>
      plan(voiceCampaignMonitoring, {
        ...inputs,
        projectName: 'voice campaign',
        accountId: '1',
        lambdaFunctionNames: ['a', 'a'],
        rdsMaxConnections: 0,
        lambdaTimeoutsMs: { none: 3000 },
        alarmOverrides: { 'no-such': {} },
      });
    expect(wrong).toThrow(MonitoringError);
    try {
      wrong();
    } catch (error) {
      expect((error as MonitoringError).issues.map(({ path }) => path)).toEqual([
        'projectName',
        'accountId',
        'lambdaFunctionNames[1]',
        'rdsMaxConnections',
        'lambdaTimeoutsMs.none',
        'alarmOverrides.no-such',
      ]);
    }
  });
});

describe('short names', () => {
  it('keep to their length, stay what they are where they fit, and differ where the long ones do', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 80 }), { maxLength: 30 }), (names) => {
        const short = names.map((name) => shortName(name, 32));
        expect(short.every((name) => name.length <= 32)).toBe(true);
        expect(new Set(short).size).toBe(names.length);
      }),
    );
    expect(shortName('voice-campaign-production-errors', 32)).toBe('voice-campaign-production-errors');
    expect(shortName('voice-campaign-production-campaign-execution', 32)).toMatch(/^voice-campai-[0-9a-f]{6}-.{12}$/);
  });
});

describe('a definition', () => {
  const alarm = {
    kind: 'metric',
    scope: 'system',
    severity: 'warning',
    comparison: '>',
    threshold: 1,
    period: 60,
    datapoints: [1, 1],
    missingData: 'missing',
    description: 'd',
    runbook: 'r',
  } as const;

  it('cannot read what nobody emits, nor with a statistic or dimensions that make no sense', () => {
    defineMonitoring(voiceCampaign, ({ metric, rate }) => {
      metric('TotalCalls');
      metric('TtsRequests', { dimensions: { Provider: 'polly' } });
      metric('ActiveCalls', { statistic: 'Maximum' });
      rate('AnswerRate', { atLeast: 50 });
      // @ts-expect-error no such metric
      const unknown = () => metric('AnsweredCall');
      // @ts-expect-error a counter has no average
      const average = () => metric('TotalCalls', { statistic: 'Average' });
      // @ts-expect-error a gauge has no sum
      const sum = () => metric('ActiveCalls', { statistic: 'Sum' });
      // @ts-expect-error no such dimension
      const dimension = () => metric('TotalCalls', { dimensions: { Provider: 'polly' } });
      // @ts-expect-error no such value
      const value = () => metric('TtsRequests', { dimensions: { Provider: 'siri' } });
      // @ts-expect-error it has no series without dimensions
      const without = () => metric('CampaignContactsDone');
      // @ts-expect-error no such rate
      const noRate = () => rate('BusyRate', { atLeast: 50 });
      // @ts-expect-error an alarm reads no rate without a guard
      const noGuard = (): Reading => rate('AnswerRate');
      expect([unknown, average, sum, dimension, value, without, noRate, noGuard]).toHaveLength(8);
      return { alarms: {} };
    });
  });

  it('is checked where types do not reach, all at once', () => {
    const wrong = () =>
      defineMonitoring(voiceCampaign, ({ metric, aws }) => ({
        alarms: {
          'Bad Name': { ...alarm, reads: metric('TotalCalls') },
          unknown: { ...alarm, reads: metric('NoCalls' as never) },
          sum: { ...alarm, reads: metric('ActiveCalls', { statistic: 'Sum' as never }) },
          scope: { ...alarm, reads: aws('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'Maximum') },
          statistic: { ...alarm, scope: 'function', reads: aws('AWS/Lambda', 'Errors', 'Average') },
          points: { ...alarm, datapoints: [3, 2], reads: metric('TotalCalls') },
          roll: { kind: 'roll-up', severity: 'critical', any: ['nothing'], description: 'd', runbook: 'r' },
        },
      }));
    try {
      wrong();
      throw new Error('it was taken');
    } catch (error) {
      if (!(error instanceof MonitoringError)) throw error;
      expect(error.issues.map(({ code, path }) => [code, path])).toEqual([
        ['name', 'alarms.Bad Name'],
        ['unknown-metric', 'alarms.unknown.reads'],
        ['statistic', 'alarms.sum.reads'],
        ['scope', 'alarms.scope.reads'],
        ['statistic', 'alarms.statistic.reads'],
        ['datapoints', 'alarms.points.datapoints'],
        ['unknown-alarm', 'alarms.roll'],
      ]);
    }
  });
});
