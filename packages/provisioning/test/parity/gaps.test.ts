import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { describe, expect, it } from 'vitest';
import { type DeploymentInputs, defineMonitoring, plan } from '../../src/index.ts';
import { inputs, planned } from '../voice-campaign/deployment.ts';

const parity = (change: Partial<DeploymentInputs>) =>
  planned(change)
    .warnings.filter(({ code }) => code === 'parity')
    .map(({ about, waysOut }) => [about, waysOut]);

const shared = {
  severity: 'warning',
  period: 300,
  datapoints: [3, 3],
  missingData: 'notBreaching',
  description: 'Too few.',
  runbook: 'too-few.md',
} as const;

describe('what a way out cannot express', () => {
  it('is no warning where a plan has nothing of it', () => {
    expect(parity({})).toEqual([]);
  });

  it('is a warning of the plan that has it, with those that cannot', () => {
    const slackChannel = { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' };
    expect(parity({ slackChannel })).toEqual([['voice-campaign-production-alarms', ['sdk']]]);
    expect(parity({ tags: { Team: 'calls' } })).toEqual([
      ['dashboards, saved queries', ['terraform', 'cloudformation', 'cdk']],
      ['topic, log groups, trace groups', ['sdk']],
    ]);
  });

  it('names roll-ups of roll-ups, and expressions that the provider refuses', () => {
    const long = `calls${' + 0 * calls'.repeat(90)}`;
    const own = defineMonitoring(voiceCampaign, ({ math, metric }) => ({
      alarms: {
        few: {
          ...shared,
          kind: 'metric',
          scope: 'system',
          reads: math(long, { calls: metric('TotalCalls') }),
          comparison: '<',
          threshold: 1,
        },
        some: { ...shared, kind: 'roll-up', any: ['few'] },
        all: { ...shared, kind: 'roll-up', any: ['some'] },
      },
    }));
    const { warnings } = plan(own, inputs);
    expect(warnings.filter(({ code }) => code === 'parity')).toMatchObject([
      { about: 'voice-campaign-production-warning-all', waysOut: ['terraform'] },
      { about: 'voice-campaign-production-warning-few', waysOut: ['terraform'] },
    ]);
  });
});
