import type { MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { observeProcess, type ProcessIssue, type ProcessOptions } from '@voice-campaign/instrumentation/process';
import { defineMetrics } from '@voice-campaign/metrics-schema';

/** One metric of every kind and resolution. */
export const contract = defineMetrics({
  metrics: {
    ActiveCalls: { kind: 'gauge', unit: 'Count', resolution: 1, description: 'calls in progress' },
    FreeTrunks: { kind: 'gauge', unit: 'Count', description: 'trunks without a call' },
    Ringing: { kind: 'counter', unit: 'Count', resolution: 1, description: 'calls that began to ring' },
    Hangups: { kind: 'counter', unit: 'Count', dimensions: [[], ['Trunk'], ['Trunk', 'Cause']], description: 'ended' },
    CampaignHangups: { kind: 'counter', unit: 'Count', dimensions: [['CampaignId']], description: 'ended' },
    SetupTime: { kind: 'distribution', unit: 'Milliseconds', description: 'INVITE to 180' },
    TotalCalls: { kind: 'counter', unit: 'Count', description: 'calls' },
  },
  dimensions: {
    Trunk: { values: ['east', 'west'] },
    Cause: { maxValues: 2 },
    CampaignId: { maxValues: 2 },
  },
  properties: { campaignId: { type: 'string', description: 'campaign' } },
  emitters: {
    asterisk: {
      kind: 'process',
      emits: ['ActiveCalls', 'FreeTrunks', 'Ringing', 'Hangups', 'CampaignHangups', 'SetupTime'],
    },
    reporter: { kind: 'process', emits: ['TotalCalls'] },
    'dialer-worker': { kind: 'handler', emits: ['TotalCalls'] },
  },
});

/** 2024-01-01T00:00:00Z */
export const START = 1_704_067_200_000;

export type Put = { readonly namespace: string | undefined; readonly data: readonly MetricDatum[] };

/** A process on a clock that stands still until it is set, whose calls of CloudWatch end as `answer` says. */
export function testProcess(options: Partial<ProcessOptions> = {}) {
  const puts: Put[] = [];
  const issues: ProcessIssue[] = [];
  const clock = { now: START };
  const ticks: { ms: number; run: () => void; stopped: boolean }[] = [];
  const calls: { answer: (call: number) => Promise<unknown> } = { answer: async () => ({}) };
  let made = 0;
  const observer = observeProcess(contract, 'asterisk', {
    client: {
      async send({ input }: PutMetricDataCommand) {
        await calls.answer(++made);
        puts.push({ namespace: input.Namespace, data: input.MetricData ?? [] });
      },
    },
    namespace: 'voice-campaign/test',
    environment: {},
    now: () => clock.now,
    every: (ms, run) => {
      const tick = { ms, run, stopped: false };
      ticks.push(tick);
      return () => {
        tick.stopped = true;
      };
    },
    onError: (issue) => issues.push(issue),
    ...options,
  });
  const tick = () => {
    for (const { run, stopped } of ticks) if (!stopped) run();
  };
  return { ...observer, puts, issues, clock, calls, ticks, tick, data: () => puts.flatMap(({ data }) => data) };
}

/** What CloudWatch would sum up of the data of one metric and dimension set. */
export function sumOf(data: readonly MetricDatum[], name: string, dimensions: Record<string, string> = {}): number {
  const wanted = JSON.stringify(Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })));
  return data
    .filter((datum) => datum.MetricName === name && JSON.stringify(datum.Dimensions ?? []) === wanted)
    .flatMap(({ Value, Values = [], Counts = [] }) => [Value ?? 0, ...Values.map((v, at) => v * (Counts[at] ?? 1))])
    .reduce((sum, value) => sum + value, 0);
}
