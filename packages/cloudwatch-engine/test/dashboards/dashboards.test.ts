import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Dashboard,
  dashboardQueries,
  parseDashboard,
  printDashboard,
  substituteVariables,
} from '../../src/dashboards.ts';
import { parseLogQuery } from '../../src/logs.ts';
import { compileQueries } from '../../src/math.ts';

const directory = new URL('../fixtures/dashboards/', import.meta.url);
const published = readdirSync(directory).filter((name) => name !== 'INDEX.json');
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, directory), 'utf8'));
const bodiesOf = (name: string): readonly string[] => {
  const json = read(name);
  return (Array.isArray(json) ? json : [json]).map((body) => JSON.stringify(body));
};
const parsed = (body: unknown, options?: Parameters<typeof parseDashboard>[1]): Dashboard => {
  const result = parseDashboard(typeof body === 'string' ? body : JSON.stringify(body), options);
  if (!result.ok) throw new Error(JSON.stringify(result.messages, undefined, 1));
  return result.dashboard;
};
const metricWidget = (properties: object, more: object = {}) => ({
  type: 'metric',
  properties: { region: 'us-east-1', ...properties },
  ...more,
});

describe('dashboards that others published', () => {
  it.each(published)('%s is read, and printed so that it is read as the same', (name) => {
    for (const body of bodiesOf(name)) {
      const dashboard = parsed(body, { templates: true });
      expect(dashboard.widgets.length).toBeGreaterThan(0);
      const again = parsed(printDashboard(dashboard), { templates: true });
      const [withoutFlow, againWithoutFlow] = [dashboard, again].map(({ widgets, ...rest }) => ({
        ...rest,
        widgets: widgets.map(({ placement: { flows: _, ...placement }, ...widget }) => ({ ...widget, placement })),
      }));
      expect(againWithoutFlow).toEqual(withoutFlow);
    }
  });

  it.each(published)('%s asks for data that the engine understands', (name) => {
    for (const body of bodiesOf(name)) {
      for (const asked of dashboardQueries(parsed(body, { templates: true }), { start: 0, end: 10_800 })) {
        if (asked.kind !== 'metrics') continue;
        const text = JSON.stringify(asked.queries);
        if (text.includes('${')) continue;
        const compiled = compileQueries(asked.queries);
        expect(compiled.ok ? [] : compiled.issues.map(({ message }) => message)).toEqual([]);
      }
    }
  });
});

describe('rows of metrics', () => {
  it('are whole, whatever dots stand in them', () => {
    const dashboard = parsed({
      widgets: [
        metricWidget({
          metrics: [
            ['AWS/Lambda', 'Errors', 'FunctionName', 'dialer-worker', { stat: 'Sum', id: 'm1' }],
            ['.', 'Duration', '.', 'dispatcher'],
            ['...', 'api-handler', { yAxis: 'right' }],
            ['..', 'FunctionName', 'sms-worker'],
            [{ expression: 'm1 * 2', label: 'Twice' }],
          ],
        }),
      ],
    });
    const [widget] = dashboard.widgets;
    if (widget?.kind !== 'metric') throw new Error('no metric widget');
    expect(widget.properties.metrics).toMatchObject([
      { namespace: 'AWS/Lambda', name: 'Errors', dimensions: [{ name: 'FunctionName', value: 'dialer-worker' }] },
      { namespace: 'AWS/Lambda', name: 'Duration', dimensions: [{ name: 'FunctionName', value: 'dispatcher' }] },
      { name: 'Duration', dimensions: [{ value: 'api-handler' }], render: { yAxis: 'right' } },
      { name: 'Duration', dimensions: [{ value: 'sms-worker' }] },
      { kind: 'expression', expression: 'm1 * 2', render: { label: 'Twice' } },
    ]);
  });

  it('become queries with the period that the range asks for', () => {
    const dashboard = parsed({
      widgets: [
        metricWidget({
          metrics: [['ns', 'Calls'], [{ expression: 'row0 / PERIOD(row0)', id: 'rate' }]],
          stat: 'Sum',
          period: 60,
        }),
      ],
    });
    const periodOf = (hours: number, periodOverride?: 'inherit') => {
      const [asked] = dashboardQueries(dashboard, {
        start: 0,
        end: hours * 3600,
        ...(periodOverride && { periodOverride }),
      });
      if (asked?.kind !== 'metrics') throw new Error('no queries');
      const [query] = asked.queries;
      return query && 'MetricStat' in query ? query.MetricStat.Period : undefined;
    };
    expect([periodOf(3), periodOf(24), periodOf(24 * 30), periodOf(24 * 30, 'inherit')]).toEqual([60, 300, 21_600, 60]);
    const [asked] = dashboardQueries(dashboard, { start: 0, end: 3600 });
    expect(asked).toMatchObject({
      queries: [
        { Id: 'row0', MetricStat: { Metric: { Namespace: 'ns', MetricName: 'Calls' }, Stat: 'Sum' }, ReturnData: true },
        { Id: 'rate', Expression: 'row0 / PERIOD(row0)' },
      ],
    });
  });
});

describe('variables', () => {
  const dashboard = parsed({
    variables: [
      {
        type: 'property',
        property: 'FunctionName',
        inputType: 'select',
        id: 'fn',
        defaultValue: 'dispatcher',
        values: [{ value: 'dispatcher' }, { value: 'api-handler' }],
      },
      { type: 'pattern', pattern: 'us-[a-z]+-1', inputType: 'input', id: 'region' },
    ],
    widgets: [
      metricWidget({
        metrics: [['AWS/Lambda', 'Errors', 'FunctionName', 'dialer-worker']],
        title: 'Errors in us-east-1',
      }),
    ],
  });
  const shown = (values?: Record<string, string>) => {
    const [widget] = substituteVariables(dashboard, values).dashboard.widgets;
    if (widget?.kind !== 'metric') throw new Error('no metric widget');
    const [row] = widget.properties.metrics ?? [];
    return [
      row?.kind === 'metric' ? row.dimensions[0]?.value : undefined,
      widget.properties.region,
      widget.properties.title,
    ];
  };

  it('put their values, or their defaults, into the widgets', () => {
    expect(shown()).toEqual(['dispatcher', 'us-east-1', 'Errors in us-east-1']);
    expect(shown({ fn: 'api-handler', region: 'us-west-1' })).toEqual([
      'api-handler',
      'us-west-1',
      'Errors in us-west-1',
    ]);
  });
});

describe('placement', () => {
  it('lets widgets without a position flow on the grid of 24 columns', () => {
    const text = (width?: number, height?: number) => ({
      type: 'text',
      properties: { markdown: 'x' },
      ...(width && { width }),
      ...(height && { height }),
    });
    const { widgets } = parsed({ widgets: [text(12, 3), text(12, 6), text(), text(24, 1)] });
    expect(widgets.map(({ placement: { x, y } }) => [x, y])).toEqual([
      [0, 0],
      [12, 0],
      [0, 3],
      [0, 9],
    ]);
  });
});

describe('every kind of widget', () => {
  it('is read with its properties', () => {
    const kinds = parsed({
      start: '-PT3H',
      periodOverride: 'inherit',
      widgets: [
        { type: 'text', properties: { markdown: '# Title', background: 'transparent' } },
        {
          type: 'log',
          properties: { query: "SOURCE '/a' | stats count(*) by bin(5m)", region: 'us-east-1', view: 'timeSeries' },
        },
        {
          type: 'alarm',
          properties: { alarms: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:a'], sortBy: 'timestamp' },
        },
        {
          type: 'explorer',
          properties: {
            metrics: [{ metricName: 'CPUUtilization', resourceType: 'AWS::EC2::Instance', stat: 'Average' }],
            labels: [{ key: 'Name', value: 'asterisk' }],
          },
        },
        {
          type: 'custom',
          properties: { endpoint: 'arn:aws:lambda:us-east-1:123456789012:function:draw', updateOn: { refresh: true } },
        },
        metricWidget({ annotations: { alarms: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:a'] } }),
        metricWidget({
          metrics: [['ns', 'm']],
          view: 'gauge',
          yAxis: { left: { min: 0, max: 100 } },
          annotations: { horizontal: [{ value: 50, fill: 'above' }, [{ value: 1 }, { value: 2 }]] },
        }),
        { type: 'chatter', properties: {} },
      ],
    }).widgets.map(({ kind }) => kind);
    expect(kinds).toEqual(['text', 'log', 'alarm', 'explorer', 'custom', 'metric', 'metric', 'other']);
  });

  it('warns of expressions and queries that would not work', () => {
    const { messages } = parseDashboard(
      JSON.stringify({
        widgets: [
          metricWidget({ metrics: [[{ expression: 'SUM(', id: 'e1' }]] }),
          { type: 'log', properties: { query: "SOURCE '/a' | pattern @message", region: 'us-east-1' } },
        ],
      }),
      {
        checkExpression: (Expression) => {
          const compiled = compileQueries([{ Id: 'e', Expression, ReturnData: true }]);
          return compiled.ok ? undefined : compiled.issues[0]?.message;
        },
        checkLogQuery: (query) => {
          try {
            parseLogQuery(query);
            return undefined;
          } catch (error) {
            return String(error);
          }
        },
      },
    );
    expect(messages.map(({ DataPath, severity }) => [DataPath, severity])).toEqual([
      ['/widgets/0/properties/metrics/0', 'warning'],
      ['/widgets/1/properties/query', 'warning'],
    ]);
  });
});

describe('laws of dashboard bodies', () => {
  it('any JSON is a dashboard or has messages, and never breaks the reader', () => {
    const widget = fc.record(
      {
        type: fc.constantFrom('metric', 'text', 'log', 'alarm', 'explorer', 'custom', 'x'),
        x: fc.oneof(fc.integer({ min: -1, max: 30 }), fc.constant('1')),
        y: fc.integer({ min: -1, max: 30 }),
        width: fc.integer({ min: 0, max: 30 }),
        properties: fc.oneof(
          fc.jsonValue(),
          fc.record({
            region: fc.constant('us-east-1'),
            metrics: fc.array(
              fc.oneof(
                fc.array(fc.oneof(fc.constantFrom('.', '..', '...', 'ns', 'm'), fc.jsonValue())),
                fc.jsonValue(),
              ),
            ),
          }),
        ),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ widgets: fc.array(widget), variables: fc.jsonValue() }, { requiredKeys: [] })
        .map((each) => JSON.stringify(each)),
    );
    fc.assert(
      fc.property(body, (text) => {
        const result = parseDashboard(text);
        if (!result.ok) {
          expect(result.messages.length).toBeGreaterThan(0);
          return;
        }
        expect(parseDashboard(printDashboard(result.dashboard)).ok).toBe(true);
        dashboardQueries(result.dashboard, { start: 0, end: 3600 });
      }),
      { numRuns: 1000 },
    );
  });
});
