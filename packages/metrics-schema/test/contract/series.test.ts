import { defineMetrics, seriesOf, voiceCampaign, withDefaults } from '@voice-campaign/metrics-schema';
import { describe, expect, it } from 'vitest';

describe('withDefaults', () => {
  const described = { unit: 'Count', description: 'd' } as const;

  it.each([
    ['counter', 'on-commit', 'Sum'],
    ['gauge', 'at-once', 'Maximum'],
    ['distribution', 'at-once', 'Average'],
  ] as const)('completes a %s', (kind, counted, statistic) => {
    expect(withDefaults({ kind, ...described })).toEqual({
      kind,
      ...described,
      counted,
      statistic,
      dimensions: [[]],
      resolution: 60,
    });
  });

  it('keeps what is declared', () => {
    const metric = { kind: 'gauge', ...described, resolution: 1, statistic: 'Average', dimensions: [['A']] } as const;
    expect(withDefaults(metric)).toEqual({ ...metric, counted: 'at-once' });
  });
});

describe('seriesOf', () => {
  it('multiplies the values of the dimensions of each set', () => {
    const contract = defineMetrics({
      metrics: {
        Calls: { kind: 'counter', unit: 'Count', description: 'c', dimensions: [[], ['A', 'B'], ['B', 'C']] },
      },
      dimensions: { A: { values: ['1', '2', '3'] }, B: { values: ['1', '2'] }, C: { maxValues: 20 } },
      emitters: { worker: { kind: 'handler', emits: ['Calls'] } },
    });
    expect(seriesOf(contract)).toEqual([
      { metric: 'Calls', dimensions: [], maxSeries: 1 },
      { metric: 'Calls', dimensions: ['A', 'B'], maxSeries: 6 },
      { metric: 'Calls', dimensions: ['B', 'C'], maxSeries: 40 },
    ]);
  });

  it('counts the dimensionless series that a capped dimension falls back to', () => {
    expect(seriesOf(voiceCampaign).filter(({ metric }) => metric === 'CampaignContactsDone')).toEqual([
      { metric: 'CampaignContactsDone', dimensions: ['CampaignId'], maxSeries: 20 },
      { metric: 'CampaignContactsDone', dimensions: [], maxSeries: 1 },
    ]);
  });

  it('keeps the built-in contract within a budget of 65 series', () => {
    expect(seriesOf(voiceCampaign).reduce((sum, { maxSeries }) => sum + maxSeries, 0)).toBe(64);
  });
});
