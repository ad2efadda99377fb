import { type Contract, voiceCampaign } from '@voice-campaign/metrics-schema';
import { describe, expect, it } from 'vitest';
import { lambdaTraces } from '../../src/cost/estimate-cost.ts';
import { estimateCost, type Volumes } from '../../src/cost.ts';
import { type DeploymentInputs, plan, voiceCampaignMonitoring } from '../../src/index.ts';
import { inputs } from '../voice-campaign/deployment.ts';
import { described, twenty } from './described.ts';

const costOf = (calls: number, more: Partial<Volumes> = {}, change: Partial<DeploymentInputs> = {}) => {
  const { lines, usd } = estimateCost(plan(described, { ...inputs, ...change }), twenty, {
    callsPerMonth: calls,
    ...more,
  });
  return { usd, of: Object.fromEntries(lines.map(({ line, usd: own }) => [line, own])) };
};

const M = 1e6;

describe('the estimate for the system’s own example', () => {
  it('bills four dashboards of 50 metrics or fewer as one: $3', () => {
    expect(costOf(M).of.Dashboards).toBe(3);
    // Where an account has three others, none is free: $12.
    expect(costOf(M, { otherDashboards: 3 }).of.Dashboards).toBe(12);
  });

  it('says of searches that nobody knows yet how many metrics they find', () => {
    const [first, ...rest] = plan(described, inputs).dashboards;
    const found = { expression: "SEARCH('{AWS/SQS,QueueName}', 'Sum', 60)" };
    const widget = { type: 'metric', properties: { region: 'us-east-1', metrics: [[found], [{ expression: 'm1' }]] } };
    const body = { ...first!.body, widgets: [...first!.body.widgets, widget, widget] };
    const planned = { ...plan(described, inputs), dashboards: [{ ...first!, body }, ...rest] };
    const basisOf = (of: typeof planned) =>
      estimateCost(of as never, twenty, { callsPerMonth: M }).lines.find(({ line }) => line === 'Dashboards')?.basis;
    const before = Number(/what (\d+) search/.exec(basisOf(plan(described, inputs) as never) ?? '')?.[1] ?? 0);
    expect(basisOf(planned)).toContain(`without what ${before + 2} searches find`);
  });

  it('bills the 23 metrics that 18 alarms read, 10 of them free: $1.30', () => {
    expect(plan(described, inputs).metricAlarms).toHaveLength(18);
    expect(costOf(M).of.Alarms).toBeCloseTo(1.3, 6);
    // 4 × 8 functions + 2 queues + 2 dead-letter queues + 8 = 44 metrics: $3.40.
    const names = (count: number, name: string) => Array.from({ length: count }, (_, index) => `${name}-${index}`);
    const eight = { lambdaFunctionNames: names(8, 'fn'), sqsDlqNames: names(2, 'dlq') };
    expect(costOf(M, {}, eight).of.Alarms).toBeCloseTo(3.4, 6);
  });

  it('bills 20 series, 10 of them free: $3; 8 metrics of 50 campaigns are $117', () => {
    expect(costOf(M).of['Custom metrics']).toBeCloseTo(3, 6);
    const perCampaign: Contract = {
      ...twenty,
      dimensions: { CampaignId: { maxValues: 50 } },
      metrics: Object.fromEntries(
        Object.entries(twenty.metrics)
          .slice(0, 8)
          .map(([name, metric]) => [name, { ...metric, dimensions: [['CampaignId']] }]),
      ),
      emitters: { one: { kind: 'handler', emits: Object.keys(twenty.metrics).slice(0, 8) } },
    };
    const { lines } = estimateCost(plan(described, inputs), perCampaign, { callsPerMonth: M });
    expect(lines.find(({ line }) => line === 'Custom metrics')?.usd).toBeCloseTo(117, 6);
  });

  it('bills logs by calls: $17.7 at 10 M, $179 at 90 M', () => {
    expect(costOf(10 * M).of.Logs).toBeCloseTo(17.7, 1);
    expect(costOf(90 * M).of.Logs).toBeCloseTo(179, 0);
    // 4 GB are below the 5 that are free: what is left is 0.6 GB kept, 2 cents.
    expect(costOf(M).of.Logs).toBeCloseTo(0.018, 3);
  });

  it('bills X-Ray by Lambda’s fixed sampling: $9.5, $14.8 and $55, where 20 % would be $19.5 and $180', () => {
    expect([M, 10 * M, 90 * M].map((calls) => costOf(calls).of['X-Ray'])).toEqual([
      expect.closeTo(9.5, 1),
      expect.closeTo(14.8, 1),
      expect.closeTo(54.8, 1),
    ]);
    const twentyPercent = (calls: number) => ((calls * 2 * 0.2) / M - 0.1) * 5;
    expect([twentyPercent(10 * M), twentyPercent(90 * M)]).toEqual([expect.closeTo(19.5, 1), expect.closeTo(179.5, 1)]);
    expect(lambdaTraces(100, 1000)).toBe(100);
  });

  it('bills a log widget’s refresh: $53 every 10 s, $8.8 every 60 s', () => {
    const widgets = plan(described, inputs)
      .dashboards.flatMap(({ body }) => body.widgets)
      .filter(({ type }) => type === 'log');
    const each = (refreshSeconds: number) =>
      (costOf(10 * M, { logWidgets: { hoursPerMonth: 8 * 22, refreshSeconds } }).of['Log widgets'] ?? 0) /
      widgets.length;
    expect([each(10), each(60)]).toEqual([expect.closeTo(52.8, 1), expect.closeTo(8.8, 1)]);
  });

  it('comes to $17, $40 and $243 for 1 M, 10 M and 90 M calls a month', () => {
    const oneRule = (calls: number) => costOf(calls).usd - (costOf(calls).of['Composite alarms'] ?? 0);
    expect([M, 10 * M, 90 * M].map((calls) => Math.round(oneRule(calls)))).toEqual([17, 40, 243]);
  });

  it('bills what is asked for besides', () => {
    const pollers = [{ metrics: 30, everySeconds: 2 }];
    expect(costOf(M, { pollers }).of.GetMetricData).toBeCloseTo(388.8, 1);
    expect(costOf(M, { detailedInstances: 1 }).of['EC2 detailed monitoring']).toBeCloseTo(2.1, 6);
    expect(costOf(M, {}, { kmsKey: 'create' }).of['KMS key']).toBe(1);
    expect(costOf(10 * M).of['Contributor Insights']).toBeCloseTo(0.18, 6);
  });
});

describe('the estimate of the built-in monitoring', () => {
  it('counts anomaly bands three times, burn rates by what they read, and composite alarms', () => {
    const of = (change: Partial<DeploymentInputs>) => {
      const { lines } = estimateCost(plan(voiceCampaignMonitoring, { ...inputs, ...change }), voiceCampaign, {
        callsPerMonth: M,
      });
      return Object.fromEntries(lines.map(({ line, usd }) => [line, usd]));
    };
    const usual = of({});
    expect(usual.Alarms).toBeCloseTo((30 - 10) * 0.1, 6);
    expect(usual['Composite alarms']).toBe(1);
    expect((of({ anomalyDetection: true }).Alarms ?? 0) - (usual.Alarms ?? 0)).toBeCloseTo(0.3, 6);
    expect((of({ serviceLevelObjective: true }).Alarms ?? 0) - (usual.Alarms ?? 0)).toBeCloseTo(6 * 2 * 0.1, 6);
    // 16 without dimensions, 2 × 3 providers, 2 × 20 campaigns.
    expect(usual['Custom metrics']).toBeCloseTo((16 + 6 + 40 - 10) * 0.3, 6);
  });
});
