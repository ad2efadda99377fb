import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { describe, expect, it } from 'vitest';
import { defineMonitoring, MonitoringError } from '../../src/index.ts';

type Define = Parameters<typeof defineMonitoring<typeof voiceCampaign>>[1];

const pathsOf = (define: Define): readonly string[] => {
  try {
    defineMonitoring(voiceCampaign, define);
    return [];
  } catch (error) {
    if (!(error instanceof MonitoringError)) throw error;
    return error.issues.map(({ code, path }) => `${code} ${path}`);
  }
};

describe('a definition is refused, all of it at once,', () => {
  it('where a dashboard could not be laid out, or reads what is not there', () => {
    const series = [] as const;
    expect(
      pathsOf(({ metric, aws, rate, search }) => ({
        alarms: {},
        dashboards: {
          wide: {
            rows: [
              {
                height: 0,
                widgets: [
                  { kind: 'text', width: 20, markdown: '' },
                  { kind: 'metric', title: 'none', width: 20, series },
                ],
              },
            ],
          },
          reads: {
            rows: [
              {
                height: 4,
                widgets: [
                  {
                    kind: 'metric',
                    title: 'wrong',
                    width: 8,
                    view: 'gauge',
                    series: [
                      { reads: metric('NoCalls' as never) },
                      { scope: 'queue', reads: aws('AWS/Lambda', 'Errors', 'Sum') },
                      { reads: rate('NoRate' as never) },
                      { reads: search('TotalCalls', ['CampaignId'], 'Sum') },
                      { scope: 'trace-group:none', reads: aws('AWS/X-Ray', 'ApproximateTraceCount', 'Sum') },
                    ],
                  },
                  { kind: 'log', title: 'log', width: 8, scopes: ['function'], query: 'sort' },
                  { kind: 'contributors', title: 'top', width: 8, rule: 'none' },
                ],
              },
              { height: 2, widgets: [{ kind: 'alarms', title: 'alarms', of: ['none'] }] },
            ],
          },
        },
      })),
    ).toEqual([
      'limit dashboards.wide.rows[0].height',
      'limit dashboards.wide.rows[0].widgets',
      'limit dashboards.wide.rows[0].widgets[1].series',
      'dashboard dashboards.reads.rows[0].widgets[0].yAxis.left',
      'unknown-metric dashboards.reads.rows[0].widgets[0].series[0].reads',
      'scope dashboards.reads.rows[0].widgets[0].series[1].reads',
      'unknown-rate dashboards.reads.rows[0].widgets[0].series[2].reads',
      'dimensions dashboards.reads.rows[0].widgets[0].series[3].reads',
      'scope dashboards.reads.rows[0].widgets[0].series[4].scope',
      'query dashboards.reads.rows[0].widgets[1].query',
      'unknown-rule dashboards.reads.rows[0].widgets[2].rule',
      'unknown-alarm dashboards.reads.rows[1].widgets[0].of',
    ]);
  });

  it('where X-Ray would take no group or rule', () => {
    const rule = { scope: 'system', reservoirSize: 1, effective: 'at-its-roots' } as const;
    expect(
      pathsOf(() => ({
        alarms: {},
        traceGroups: { none: { services: [] }, wrong: { services: ['function'], condition: 'duration > > 5' } },
        samplingRules: {
          high: { ...rule, priority: 10_000, fixedRate: 2, serviceName: '{{prefix}}-*' },
          all: { ...rule, priority: 1, fixedRate: 1, serviceName: '*' },
          long: { ...rule, priority: 1, fixedRate: 1, serviceName: 'x'.repeat(65) },
        },
      })),
    ).toEqual([
      'scope traceGroups.none.services',
      'trace-group traceGroups.wrong.condition',
      'limit samplingRules.high.priority',
      'limit samplingRules.high.fixedRate',
      'limit samplingRules.all.serviceName',
      'limit samplingRules.long.serviceName',
    ]);
  });

  it('where CloudWatch Logs would take no query or rule', () => {
    expect(
      pathsOf(() => ({
        alarms: {},
        queries: { none: { scopes: [], query: 'limit 1' }, wrong: { scopes: ['function'], query: 'select *' } },
        contributorRules: { keys: { scopes: ['function'], keys: ['$.a', '$.b', '$.c', '$.d', '$.e'] } },
      })),
    ).toEqual([
      'scope queries.none.scopes',
      'query queries.wrong.query',
      expect.stringMatching(/^rule contributorRules\.keys\./),
    ]);
  });

  it('where a line or a description tells a threshold that is no number, or of no alarm', () => {
    const alarm = {
      severity: 'warning',
      period: 60,
      datapoints: [1, 1],
      missingData: 'missing',
      runbook: 'r',
    } as const;
    const description = 'Beyond {{threshold}}.';
    expect(
      pathsOf(({ metric, aws }) => ({
        alarms: {
          number: {
            ...{ ...alarm, kind: 'metric', scope: 'system', comparison: '>', threshold: 1, description },
            reads: metric('TotalCalls'),
          },
          share: {
            ...{ ...alarm, kind: 'metric', scope: 'database', comparison: '>', description },
            threshold: { share: 0.5, of: 'rdsMaxConnections' },
            reads: aws('AWS/RDS', 'DatabaseConnections', 'Maximum'),
          },
          band: {
            ...{ ...alarm, kind: 'anomaly', scope: 'system', outside: 'below', deviations: 2, description },
            reads: metric('TotalCalls'),
          },
          all: { kind: 'roll-up', severity: 'warning', any: ['number'], description, runbook: 'r' },
        },
        dashboards: {
          lines: {
            rows: [
              {
                height: 4,
                widgets: [
                  {
                    ...{ kind: 'metric', title: 't', width: 8, series: [{ reads: metric('TotalCalls') }] },
                    thresholds: ['number', 'share', 'band', 'all', 'none', 'toString'].map((name) => ({ alarm: name })),
                  },
                ],
              },
            ],
          },
        },
      })),
    ).toEqual([
      'alarm alarms.share.description',
      'alarm alarms.band.description',
      'alarm alarms.all.description',
      'dashboard dashboards.lines.rows[0].widgets[0].thresholds[1].alarm',
      'dashboard dashboards.lines.rows[0].widgets[0].thresholds[2].alarm',
      'dashboard dashboards.lines.rows[0].widgets[0].thresholds[3].alarm',
      'unknown-alarm dashboards.lines.rows[0].widgets[0].thresholds[4].alarm',
      'unknown-alarm dashboards.lines.rows[0].widgets[0].thresholds[5].alarm',
    ]);
  });

  it('where a roll-up rolls up what is made after it, or a description is too long', () => {
    const rollUp = { kind: 'roll-up', severity: 'warning', description: 'd', runbook: 'r' } as const;
    expect(
      pathsOf(({ metric }) => ({
        alarms: {
          early: { ...rollUp, any: ['late'] },
          one: {
            kind: 'metric',
            scope: 'system',
            severity: 'warning',
            reads: metric('TotalCalls'),
            comparison: '>',
            threshold: 1,
            period: 60,
            datapoints: [1, 1],
            missingData: 'missing',
            description: 'd'.repeat(1000),
            runbook: 'r',
          },
          late: { ...rollUp, any: ['one'] },
        },
      })),
    ).toEqual(['unknown-alarm alarms.early', 'limit alarms.one.description']);
  });
});
