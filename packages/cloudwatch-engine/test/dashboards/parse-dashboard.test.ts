import { type MetricRow, parseDashboard } from '@voice-campaign/cloudwatch-engine/dashboards';
import { describe, expect, it } from 'vitest';
import { dashboardOf, findingsOf, graph } from './read-body.ts';

const rowsOf = (metrics: readonly unknown[]): readonly string[] => {
  const [widget] = dashboardOf(graph({ metrics })).widgets;
  if (widget?.kind !== 'metric') throw new Error('not a metric widget');
  return (widget.properties.metrics ?? []).map(textOf);
};

const textOf = (row: MetricRow): string =>
  row.kind === 'expression'
    ? row.expression
    : [row.namespace, row.name, ...row.dimensions.map(({ name, value }) => `${name}=${value}`)].join(' ');

const adviceOn = (body: unknown): readonly string[] =>
  findingsOf(body)
    .filter(({ severity }) => severity === 'advice')
    .map(({ DataPath, Message }) => `${DataPath}: ${Message}`);

describe('the rows of a metric widget', () => {
  it('say with one dot what stands above', () => {
    expect(
      rowsOf([
        ['AWS/EC2', 'CPUUtilization', 'InstanceId', 'i-1'],
        ['.', '.', '.', 'i-2'],
        ['.', 'NetworkIn', '.', '.'],
      ]),
    ).toEqual([
      'AWS/EC2 CPUUtilization InstanceId=i-1',
      'AWS/EC2 CPUUtilization InstanceId=i-2',
      'AWS/EC2 NetworkIn InstanceId=i-2',
    ]);
  });

  it('say with two dots two fields, and with three as many as are left', () => {
    expect(
      rowsOf([
        ['AWS/EC2', 'CPUUtilization', 'InstanceId', 'i-1', { stat: 'Sum' }],
        ['..', 'InstanceId', 'i-2'],
        ['...', 'i-3', { label: 'third' }],
        ['AWS/SQS', 'Sent', '...'],
      ]),
    ).toEqual([
      'AWS/EC2 CPUUtilization InstanceId=i-1',
      'AWS/EC2 CPUUtilization InstanceId=i-2',
      'AWS/EC2 CPUUtilization InstanceId=i-3',
      'AWS/SQS Sent InstanceId=i-3',
    ]);
  });

  it('mean the last metric above, over an expression between', () => {
    expect(
      rowsOf([['AWS/SQS', 'Sent', 'QueueName', 'tasks'], [{ expression: 'm1*2' }], ['.', 'Received', '.', '.']]),
    ).toEqual(['AWS/SQS Sent QueueName=tasks', 'm1*2', 'AWS/SQS Received QueueName=tasks']);
  });

  it('are refused where there is nothing above', () => {
    expect(findingsOf(graph({ metrics: [['.', 'Sent']] }))).toMatchObject([
      { DataPath: '/widgets/0/properties/metrics/0', severity: 'error' },
    ]);
  });

  it('may be 500, and no more', () => {
    const rows = (count: number) => graph({ metrics: Array.from({ length: count }, (_, index) => ['n', `m${index}`]) });
    expect(findingsOf(rows(500))).toEqual([]);
    expect(findingsOf(rows(501))).toMatchObject([
      { DataPath: '/widgets/0/properties/metrics', Message: 'Should NOT have more than 500 items' },
    ]);
  });
});

describe('a metric widget', () => {
  it('has every documented property', () => {
    const properties = {
      metrics: [['voice', 'Calls', { id: 'm1', color: '#1f77b4', yAxis: 'right', visible: false, accountId: '1' }]],
      region: 'eu-central-1',
      accountId: '123456789012',
      period: 60,
      stat: 'p99.9',
      view: 'gauge',
      title: 'Calls',
      stacked: true,
      liveData: true,
      sparkline: true,
      trend: true,
      setPeriodToTimeRange: true,
      singleValueFullPrecision: true,
      legend: { position: 'right' },
      labels: { visible: true },
      yAxis: { left: { min: 0, max: 100, label: '%', showUnits: false }, right: { min: 1 } },
      timezone: '+0130',
      table: { layout: 'vertical', stickySummary: true, showTimeSeriesData: false, summaryColumns: ['MIN', 'AVG'] },
      annotations: {
        horizontal: [{ value: 5, label: 'limit', fill: 'above', yAxis: 'right' }, [{ value: 1 }, { value: 2 }]],
        vertical: [
          { value: '2026-11-23T10:00:00Z', fill: 'after' },
          [{ value: '2026-11-23' }, { value: '2026-11-24' }],
        ],
      },
      start: '-PT3H',
      end: '-PT1H',
      insightRule: { ruleName: 'callers', maxContributorCount: 10, orderBy: 'Sum' },
    };
    const body = { widgets: [{ type: 'metric', properties }] };
    expect(findingsOf(body)).toEqual([]);
    const row = {
      kind: 'metric',
      namespace: 'voice',
      name: 'Calls',
      dimensions: [],
      render: properties.metrics[0]?.[2],
    };
    expect(dashboardOf(body).widgets[0]?.properties).toEqual({ ...properties, metrics: [row] });
  });

  it('loses a member that is only warned of', () => {
    const { widgets } = dashboardOf(graph({ metrics: [], view: 'lines', legend: { position: 'top' } }));
    expect(widgets[0]?.properties).toEqual({ region: 'us-east-1', metrics: [], legend: {} });
    expect(findingsOf(graph({ metrics: [], legend: { position: 'top' } }))).toMatchObject([{ severity: 'warning' }]);
  });

  it('is given advice where the documentation asks for more than PutDashboard', () => {
    const alarms = ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:busy'];
    expect(adviceOn(graph({ metrics: [['n', 'm']], annotations: { alarms, horizontal: [{ value: 1 }] } }))).toEqual([
      '/widgets/0/properties/annotations: a widget draws either an alarm or metrics: drop one of them',
      '/widgets/0/properties/annotations: a widget that draws an alarm has no horizontal or vertical annotations',
    ]);
    expect(adviceOn(graph({ metrics: [], view: 'gauge', yAxis: { left: { min: 0 } } }))).toEqual([
      '/widgets/0/properties/yAxis: a gauge is drawn between yAxis.left.min and yAxis.left.max: set both',
    ]);
    expect(adviceOn(graph({ metrics: [[{ expression: 'SELECT 1' }], [{ expression: 'select 2' }]] }))).toEqual([
      '/widgets/0/properties/metrics: a widget draws one Metrics Insights query: CloudWatch shows an error for more',
    ]);
    expect(
      adviceOn(
        graph({
          metrics: [
            ['n', 'a', { id: 'm' }],
            ['n', 'b', { id: 'm' }],
          ],
        }),
      ),
    ).toEqual(['/widgets/0/properties/metrics/1: the id "m" is taken by a row above']);
  });
});

describe('a dashboard body', () => {
  it('has widgets of every documented type', () => {
    const widgets = [
      { type: 'text', properties: { markdown: '# Calls', background: 'transparent' } },
      {
        type: 'log',
        properties: { query: "SOURCE 'g' | limit 1", region: 'us-east-1', title: 'Errors', view: 'bar', stacked: true },
      },
      { type: 'alarm', properties: { alarms: ['arn'], title: 'Now', sortBy: 'timestamp', states: ['ALARM', 'OK'] } },
      {
        type: 'explorer',
        properties: {
          metrics: [{ metricName: 'CPUUtilization', resourceType: 'AWS::EC2::Instance', stat: 'Maximum' }],
          labels: [{ key: 'Team', value: 'voice' }],
          aggregateBy: { key: 'Team', func: 'MAX' },
          splitBy: 'Stage',
          period: 300,
          title: 'Hosts',
          widgetOptions: {
            legend: { position: 'hidden' },
            rowsPerPage: 1,
            stacked: false,
            view: 'bar',
            widgetsPerRow: 2,
          },
        },
      },
      {
        type: 'custom',
        properties: {
          endpoint: 'arn:aws:lambda:us-east-1:123456789012:function:draw:live',
          params: { any: [1] },
          title: 'Map',
          updateOn: { refresh: true, resize: false, timeRange: true },
        },
      },
    ];
    expect(findingsOf({ widgets })).toEqual([]);
    expect(dashboardOf({ widgets }).widgets).toMatchObject(
      widgets.map(({ type, properties }) => ({ kind: type, properties })),
    );
  });

  it('is advised of more than 2,500 metrics', () => {
    const metrics = Array.from({ length: 500 }, (_, index) => ['n', `m${index}`]);
    const widget = { type: 'metric', properties: { region: 'us-east-1', metrics } };
    expect(adviceOn({ widgets: new Array(5).fill(widget) })).toEqual([]);
    expect(adviceOn({ widgets: new Array(6).fill(widget) })).toEqual([
      ": the dashboard has 3000 metrics, CloudWatch's quota is 2500: drop some of its graphs",
    ]);
  });

  it('puts widgets without a place where they fit, as far up and left as that goes', () => {
    const text = (place: object) => ({ type: 'text', properties: { markdown: '' }, ...place });
    const { widgets } = dashboardOf({
      widgets: [
        text({ width: 12 }),
        text({ width: 6, height: 3 }),
        text({ width: 12 }),
        text({ x: 0, y: 20, width: 24 }),
        text({}),
      ],
    });
    expect(widgets.map(({ placement: { x, y } }) => [x, y])).toEqual([
      [0, 0],
      [12, 0],
      [12, 3],
      [0, 20],
      [0, 26],
    ]);
  });

  it('is asked about its expressions and log queries where one wants to', () => {
    const widgets = [
      { type: 'metric', properties: { region: 'us-east-1', metrics: [[{ expression: 'm1 +' }]] } },
      { type: 'log', properties: { region: 'us-east-1', query: 'fields @message' } },
    ];
    const { messages } = parseDashboard(JSON.stringify({ widgets }), {
      checkExpression: (expression) => `cannot read ${expression}`,
      checkLogQuery: (query) => `cannot run ${query}`,
    });
    expect(messages.map(({ DataPath, Message, severity }) => [severity, DataPath, Message])).toEqual([
      ['advice', '/widgets/0/properties/metrics/0', 'cannot read m1 +'],
      [
        'advice',
        '/widgets/1/properties/query',
        "a query begins with the log groups it reads: SOURCE '/aws/lambda/name' | …",
      ],
      ['advice', '/widgets/1/properties/query', 'cannot run fields @message'],
    ]);
  });

  it('may hold places of a template, if one says so', () => {
    const body = JSON.stringify(
      graph({ metrics: [['n', 'm', { color: '${color}' }]], stat: '${stat}', view: '${view}' }),
    );
    expect(parseDashboard(body).ok).toBe(false);
    expect(parseDashboard(body, { templates: true })).toMatchObject({ ok: true, messages: [] });
  });
});

describe('a body that means harm', () => {
  it('is refused where it is nested deeper than calls can go', () => {
    const deep = `{"widgets":[],"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(parseDashboard(deep)).toMatchObject({ ok: false, messages: [{ severity: 'error' }] });
    expect(parseDashboard(`{"widgets":[],"x":"${'['.repeat(100_000)}"}`).ok).toBe(true);
  });

  it('is answered with the first thousand findings of a kind', () => {
    const { messages } = parseDashboard(JSON.stringify({ widgets: [], variables: new Array(100_000).fill(1) }));
    expect(messages).toHaveLength(1000);
  });

  it('is read in time that grows with its length alone', { timeout: 5000 }, () => {
    const quotes = `{"widgets":["${'\\"'.repeat(400_000)}`;
    expect(parseDashboard(quotes).ok).toBe(false);
    const stat = `TM(${'1'.repeat(400_000)}`;
    expect(parseDashboard(JSON.stringify(graph({ metrics: [], stat, start: `-PT${'9'.repeat(100_000)}` }))).ok).toBe(
      false,
    );
  });

  it('cannot reach what all objects share', () => {
    const parsed = parseDashboard('{"widgets":[],"__proto__":{"polluted":true},"constructor":1}');
    expect(parsed.messages.map(({ Message }) => Message)).toEqual([
      'The "__proto__" property is not expected, will be ignored',
      'The "constructor" property is not expected, will be ignored',
    ]);
    expect({}).not.toHaveProperty('polluted');
  });
});
