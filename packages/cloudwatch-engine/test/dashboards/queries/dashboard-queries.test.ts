import { readFileSync } from 'node:fs';
import {
  type DashboardQueriesOptions,
  dashboardQueries,
  parseDashboard,
  type WidgetQueries,
} from '@voice-campaign/cloudwatch-engine/dashboards';
import { compileQueries } from '@voice-campaign/cloudwatch-engine/math';
import { describe, expect, it } from 'vitest';
import { dashboardOf, graph } from '../read-body.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const noon = Date.UTC(2026, 10, 23, 12) / 1000;
const lastHours = (hours: number) => ({ start: noon - hours * HOUR, end: noon });

const asked = (body: unknown, options: DashboardQueriesOptions = lastHours(3)): WidgetQueries => {
  const [first] = dashboardQueries(dashboardOf(body), options);
  if (!first) throw new Error('nothing is asked');
  return first;
};
const metricsOf = (properties: object, options?: DashboardQueriesOptions) => {
  const found = asked(graph(properties), options);
  if (found.kind !== 'metrics') throw new Error('no metrics are asked');
  return found;
};
const calls = ['voice', 'Calls'];

describe('dashboards that others wrote', () => {
  const read = (file: string) => readFileSync(new URL(`../../fixtures/dashboards/${file}`, import.meta.url), 'utf8');
  const sources: readonly { readonly file: string }[] = JSON.parse(read('INDEX.json'));

  it.each(sources)('ask what the engine understands: $file', ({ file }) => {
    const parsed = parseDashboard(read(file));
    if (!parsed.ok) throw new Error('it is refused');
    const queries = dashboardQueries(parsed.dashboard, lastHours(3));
    expect(queries.length).toBeGreaterThan(0);
    for (const each of queries) {
      if (each.kind !== 'metrics') continue;
      const compiled = compileQueries(each.queries);
      expect(compiled.ok ? [] : compiled.issues.map(({ message }) => message)).toEqual([]);
    }
  });
});

describe('what a metric widget asks', () => {
  it('is a query for each row, of which the row says more than the widget', () => {
    const { queries, series, wholeRange } = metricsOf({
      stat: 'Sum',
      period: 60,
      accountId: '111111111111',
      metrics: [
        ['voice', 'Calls', 'Trunk', 'a', { label: 'A', yAxis: 'right', color: '#fff' }],
        [
          '.',
          'Lost',
          { stat: 'p99', period: 10, visible: false, accountId: '222222222222', region: 'eu-west-1', id: 'm1' },
        ],
        [{ expression: 'm1 * 2', id: 'e1' }],
      ],
    });
    const metric = (MetricName: string, Dimensions: object[] = []) => ({ Namespace: 'voice', MetricName, Dimensions });
    expect(queries).toEqual([
      {
        Id: 'row0',
        Label: 'A',
        ReturnData: true,
        AccountId: '111111111111',
        MetricStat: { Metric: metric('Calls', [{ Name: 'Trunk', Value: 'a' }]), Period: 60, Stat: 'Sum' },
      },
      {
        Id: 'm1',
        ReturnData: false,
        AccountId: '222222222222',
        MetricStat: { Metric: metric('Lost'), Period: 60, Stat: 'p99' },
      },
      { Id: 'e1', ReturnData: true, AccountId: '111111111111', Expression: 'm1 * 2', Period: 60 },
    ]);
    expect(series).toEqual([
      { id: 'row0', yAxis: 'right', visible: true, color: '#fff' },
      { id: 'm1', yAxis: 'left', visible: false, region: 'eu-west-1' },
      { id: 'e1', yAxis: 'left', visible: true },
    ]);
    expect(wholeRange).toBe(false);
  });

  it('has the average of five minutes where nobody says otherwise', () => {
    expect(metricsOf({ metrics: [calls] }).queries).toMatchObject([{ MetricStat: { Period: 300, Stat: 'Average' } }]);
  });

  it('has ids that no row has taken', () => {
    const { queries } = metricsOf({ metrics: [calls, ['voice', 'Lost', { id: 'row0' }]] });
    expect(queries.map(({ Id }) => Id)).toEqual(['row0_', 'row0']);
  });

  it.each([
    [3, 60],
    [24, 300],
    [15 * 24, HOUR],
    [63 * 24, 6 * HOUR],
    [64 * 24, DAY],
  ])('grows coarser with its range: %i hours', (hours, period) => {
    const periodOf = (options: object) => {
      const [query] = metricsOf({ metrics: [calls], period: 60 }, { ...lastHours(hours), ...options }).queries;
      return query && 'MetricStat' in query ? query.MetricStat.Period : undefined;
    };
    expect(periodOf({})).toBe(period);
    expect(periodOf({ periodOverride: 'inherit' })).toBe(60);
    expect(periodOf({ autoPeriod: () => 7200 })).toBe(7200);
  });

  it('is one period over all of the range for a number or a pie that wants that', () => {
    const whole = { metrics: [calls], setPeriodToTimeRange: true, view: 'singleValue' };
    expect(metricsOf(whole, { start: noon - 5400.5, end: noon })).toMatchObject({
      wholeRange: true,
      queries: [{ MetricStat: { Period: 5460 } }],
    });
    expect(metricsOf({ ...whole, view: 'timeSeries' }).wholeRange).toBe(false);
  });

  it.each([
    ['-PT90M', undefined, noon - 1.5 * HOUR, noon],
    ['-P3D', '-P1D', noon - 4 * DAY, noon - DAY],
    ['-P2W', undefined, noon - 14 * DAY, noon],
    ['-P1M', undefined, Date.UTC(2026, 9, 23, 12) / 1000, noon],
    ['2026-11-23T10:00:00Z', '2026-11-23T12:00:00+01:00', noon - 2 * HOUR, noon - HOUR],
    ['2026-11-24T00:00:00Z', undefined, noon - 3 * HOUR, noon],
    ['whenever', undefined, noon - 3 * HOUR, noon],
  ])('has the range of its own start %s and end %s', (start, end, from, to) => {
    const properties = { metrics: [calls], start, ...(end !== undefined && { end }) };
    expect(metricsOf(properties).range).toEqual({ start: from, end: to });
  });
});

describe('what other widgets ask', () => {
  it('is an alarm, a rule, or a log query', () => {
    const alarms = ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:busy'];
    expect(asked(graph({ annotations: { alarms } }))).toMatchObject({
      kind: 'alarm',
      alarmArn: alarms[0],
      periodSeconds: 300,
    });
    expect(asked(graph({ insightRule: { ruleName: 'callers' }, period: 60 }))).toMatchObject({
      kind: 'insight-rule',
      rule: { ruleName: 'callers' },
      periodSeconds: 60,
    });
    const text = { type: 'text', properties: { markdown: '' } };
    const log = { type: 'log', properties: { query: "SOURCE 'g' | limit 1", region: 'eu-west-1' } };
    expect(asked({ widgets: [text, log] })).toEqual({
      kind: 'logs',
      widget: 1,
      query: "SOURCE 'g' | limit 1",
      region: 'eu-west-1',
      range: lastHours(3),
    });
  });

  it('may be nothing', () => {
    const widgets = [
      { type: 'text', properties: { markdown: '' } },
      { type: 'log', properties: {} },
      { type: 'metric', properties: { region: 'us-east-1', metrics: [] } },
    ];
    expect(dashboardQueries(dashboardOf({ widgets }), lastHours(3))).toEqual([]);
  });
});
