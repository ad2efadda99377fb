import { defineMetrics, extendMetrics, voiceCampaign } from '@voice-campaign/metrics-schema';
import { describe, expect, it } from 'vitest';
import { plan, voiceCampaignMonitoring } from '../../src/index.ts';
import { lintDeployed, lintPlan } from '../../src/lint.ts';
import { inputs, planned } from '../voice-campaign/deployment.ts';

const prefix = 'voice-campaign/production';

/** A line as a handler writes it. */
const emf = (
  name: string,
  more: { namespace?: string; unit?: string; dimensions?: Record<string, string> } = {},
): string => {
  const { namespace = prefix, unit = 'Count', dimensions = {} } = more;
  return JSON.stringify({
    _aws: {
      Timestamp: Date.UTC(2026, 10, 24),
      CloudWatchMetrics: [
        { Namespace: namespace, Dimensions: [Object.keys(dimensions)], Metrics: [{ Name: name, Unit: unit }] },
      ],
    },
    ...dimensions,
    [name]: 1,
  });
};

const dashboard = (...metrics: readonly unknown[]) => ({
  name: 'calls',
  body: JSON.stringify({
    widgets: [
      { type: 'metric', properties: { title: 'Calls', region: 'us-east-1', period: 60, stat: 'Sum', metrics } },
    ],
  }),
});

const alarm = (change: object) => ({
  AlarmName: 'few',
  ...{ Namespace: prefix, MetricName: 'TotalCalls', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1 },
  ComparisonOperator: 'LessThanThreshold' as const,
  ...change,
});

const found = (deployed: Parameters<typeof lintDeployed>[0]) =>
  lintDeployed(deployed).map(({ code, where }) => `${code} ${where}`);

describe('the lint of a plan', () => {
  it('finds nothing in the built-in monitoring, with everything that can be asked for', () => {
    const all = planned({ restApiNames: ['calls'], anomalyDetection: true, serviceLevelObjective: true });
    expect(lintPlan(all, voiceCampaign)).toEqual([]);
  });

  it('finds what is emitted and never read, with what it costs', () => {
    const contract = extendMetrics(voiceCampaign, {
      metrics: { Voicemails: { kind: 'counter', unit: 'Count', description: 'v', dimensions: [[], ['CampaignId']] } },
      emitters: { 'dialer-worker': { emits: ['Voicemails'] } },
    });
    const findings = lintPlan(plan(voiceCampaignMonitoring, inputs), contract);
    expect(findings.map(({ code, where }) => [code, where])).toEqual([
      ['unread', 'dialer-worker'],
      ['unread', 'dialer-worker'],
    ]);
    expect(findings.map(({ message }) => /\$[\d.]+/.exec(message)?.[0])).toEqual(['$0.30', '$6.00']);
    expect(
      lintPlan(plan(voiceCampaignMonitoring, inputs), contract, { cardinalityBudget: 10 }).map(({ code }) => code),
    ).toContain('cardinality');
  });

  it('finds what is read and no longer emitted', () => {
    const { OptOuts, ...metrics } = voiceCampaign.metrics;
    const contract = defineMetrics({
      ...voiceCampaign,
      metrics,
      emitters: {
        ...voiceCampaign.emitters,
        'api-handler': { kind: 'handler', emits: ['ConvertedCalls', 'SmsDelivered', 'SmsFailed'] },
      },
      rates: {},
    } as never);
    expect(OptOuts.kind).toBe('counter');
    const places = lintPlan(planned(), contract).filter(({ code }) => code === 'unemitted');
    expect(places.map(({ where }) => where)).toEqual(
      expect.arrayContaining([
        'voice-campaign-production-campaign-overview: Converted and opted out',
        'alarm voice-campaign-production-warning-opt-out-rate',
      ]),
    );
  });
});

describe('the lint of what is deployed', () => {
  it('finds nothing where everything that is read is emitted, and the other way round', () => {
    const lines = ['not EMF at all', emf('TotalCalls'), emf('Sent', { dimensions: { Provider: 'polly' } })];
    const searched = [{ expression: `SEARCH('{"${prefix}",Provider} MetricName="Sent"', 'Sum', 60)` }];
    expect(
      found({ dashboards: [dashboard([prefix, 'TotalCalls'], searched)], alarms: [alarm({})], emf: lines }),
    ).toEqual([]);
    const insights = [{ expression: `SELECT SUM(Sent) FROM "${prefix}"`, period: 60 }];
    expect(found({ dashboards: [dashboard([prefix, 'TotalCalls'], insights)], alarms: [], emf: lines })).toEqual([]);
  });

  it('finds series that nobody emits: by name, namespace, dimensions and their values', () => {
    const rows = [
      [prefix, 'TotalCall'],
      ['voice-campaign/staging', 'TotalCalls'],
      [prefix, 'TotalCalls', 'service', 'dialer'],
      [prefix, 'Sent', 'Provider', 'siri'],
    ];
    const lines = [emf('TotalCalls'), emf('Sent', { dimensions: { Provider: 'polly' } })];
    expect(found({ dashboards: [dashboard(...rows)], alarms: [], emf: lines }).slice(0, 4)).toEqual([
      'unemitted calls: Calls',
      'namespace calls: Calls',
      'dimensions calls: Calls',
      'dimension-value calls: Calls',
    ]);
  });

  it('finds searches that find nothing, and math that cannot be read', () => {
    const rows = [
      [{ expression: `SEARCH('{"${prefix}",CampaignId} MetricName="Done"', 'Sum', 60)`, id: 'a' }],
      [{ expression: 'SUM(', id: 'b' }],
    ];
    const codes = found({ dashboards: [dashboard(...rows)], alarms: [], emf: [emf('Done')] });
    expect(codes).toEqual(
      expect.arrayContaining(['unemitted calls: Calls', 'expression calls: Calls', 'unread line 1']),
    );
  });

  it('finds statistics, units and periods that make no sense', () => {
    const bytes = { Namespace: 'AWS/RDS', MetricName: 'FreeStorageSpace', Threshold: 20 };
    const dimensions = { Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'db' }] };
    const aws = (change: object) =>
      alarm({ AlarmName: 'db', ...bytes, ...dimensions, Statistic: 'Minimum', ...change });
    const check = (change: object) => found({ dashboards: [], alarms: [aws(change)], emf: [] });
    expect(check({})).toEqual(['unit alarm db']);
    expect(check({ Threshold: 20 * 1024 ** 3 })).toEqual([]);
    expect(check({ Threshold: 20 * 1024 ** 3, Statistic: 'Sum' })).toEqual(['statistic alarm db']);
    expect(check({ Threshold: 1e12, Dimensions: [] })).toEqual(['dimensions alarm db']);
    expect(check({ MetricName: 'FreeDiskSpace' })).toEqual(['aws-metric alarm db']);
    const own = (change: object) => found({ dashboards: [], alarms: [alarm(change)], emf: [emf('TotalCalls')] });
    expect(own({ Unit: 'Seconds' })).toEqual(['unit alarm few']);
    expect(own({ Period: 10 })).toEqual(['resolution alarm few']);
  });

  it('finds lines that CloudWatch would not take', () => {
    const line = emf('TotalCalls', { unit: 'Calls' });
    expect(found({ dashboards: [], alarms: [], emf: [line] })[0]).toBe('emf line 1');
  });
});
