/** A dashboard body with every type of widget of the grammar, over the metrics and logs of `sample-data.ts`. */
const NAMESPACE = 'voice/showcase';
const row = (name: string, more: object = {}) => [NAMESPACE, name, more];

const metric = (x: number, y: number, size: readonly [number, number], properties: object) => ({
  type: 'metric',
  x,
  y,
  width: size[0],
  height: size[1],
  properties: { region: 'us-east-1', period: 60, stat: 'Sum', ...properties },
});

const log = (x: number, y: number, title: string, view: string, query: string) => ({
  type: 'log',
  x,
  y,
  width: 6,
  height: 6,
  properties: { region: 'us-east-1', title, view, query: `SOURCE '/voice/calls' | ${query}` },
});

const outcomes = [
  row('Answered', { label: 'Answered', color: '#009e73' }),
  row('Busy', { label: 'Busy', color: '#e69f00' }),
  row('NoAnswer', { label: 'No answer', color: '#56b4e9' }),
  row('Failed', { label: 'Failed', color: '#d55e00' }),
];

const markdown = `# Showcase
Every widget of the grammar. **Bold**, \`code\`, [a link](https://docs.aws.amazon.com/) and a dashboard: [the same](#dashboards/dashboard/showcase).

[button:primary:Primary](https://example.com/a) [button:Plain](https://example.com/b)

| Metric | Unit |
| --- | --- |
| Calls | Count |`;

const later = (minutes: number): string => new Date(Date.UTC(2026, 10, 24, 12, minutes)).toISOString();

export const showcase = {
  start: '-PT3H',
  periodOverride: 'inherit',
  variables: [
    {
      type: 'pattern',
      pattern: 'spring',
      inputType: 'select',
      id: 'campaign',
      label: 'Campaign',
      defaultValue: 'spring',
      values: [
        { value: 'spring', label: 'Spring' },
        { value: 'autumn', label: 'Autumn' },
      ],
    },
    {
      type: 'property',
      property: 'Campaign',
      inputType: 'radio',
      id: 'chosen',
      label: 'Campaign of the share',
      search: `{${NAMESPACE},Campaign} MetricName="Share"`,
      populateFrom: 'Campaign',
      defaultValue: '__FIRST',
    },
    { type: 'property', property: 'period', inputType: 'input', id: 'seconds', label: 'Period', defaultValue: '60' },
  ],
  widgets: [
    { type: 'text', x: 0, y: 0, width: 12, height: 5, properties: { markdown } },
    metric(12, 0, [12, 5], {
      title: 'Now',
      view: 'singleValue',
      sparkline: true,
      metrics: [row('Calls', { label: 'Calls' }), row('Latency', { stat: 'p95', label: 'p95 latency' }), row('Cost')],
    }),
    metric(0, 5, [12, 7], {
      title: 'Lines on two axes, a threshold and a deployment',
      metrics: [
        row('Calls', { label: 'Calls (last ${LAST})', id: 'calls' }),
        row('Latency', { stat: 'p95', yAxis: 'right', label: 'Latency p95' }),
        [{ expression: 'calls / 2', label: 'Half of the calls', id: 'half' }],
        row('Answered', { visible: false, id: 'hidden' }),
      ],
      yAxis: { left: { label: 'Calls', showUnits: false, min: 0 }, right: { label: 'Time' } },
      annotations: {
        horizontal: [
          { value: 95, label: 'Too many', fill: 'above', color: '#d55e00' },
          [
            { value: 20, label: 'Low' },
            { value: 30, label: 'Less low' },
          ],
        ],
        vertical: [{ value: later(0), label: 'Deployed' }],
      },
    }),
    metric(12, 5, [12, 7], { title: 'Outcomes, stacked', stacked: true, metrics: outcomes }),
    metric(0, 12, [6, 6], {
      title: 'Answer rate',
      view: 'gauge',
      metrics: [
        [{ expression: '100 * a / c', label: 'Answer rate', id: 'rate' }],
        row('Answered', { id: 'a', visible: false }),
        row('Calls', { id: 'c', visible: false }),
      ],
      yAxis: { left: { min: 0, max: 100 } },
      annotations: {
        horizontal: [
          { value: 40, fill: 'below', color: '#d55e00', label: 'Low' },
          { value: 60, fill: 'above', color: '#009e73', label: 'Good' },
        ],
      },
    }),
    metric(6, 12, [6, 6], { title: 'Bars', view: 'bar', setPeriodToTimeRange: true, metrics: outcomes }),
    metric(12, 12, [6, 6], {
      title: 'How calls end',
      view: 'pie',
      setPeriodToTimeRange: true,
      legend: { position: 'right' },
      metrics: outcomes,
    }),
    metric(18, 12, [6, 6], { title: 'Table', view: 'table', metrics: outcomes, table: { layout: 'vertical' } }),
    metric(0, 18, [12, 6], {
      title: 'Search: share of each campaign',
      legend: { position: 'right' },
      metrics: [[{ expression: `SEARCH('{${NAMESPACE},Campaign} MetricName="Share"', 'Average', 60)`, id: 's' }]],
    }),
    metric(12, 18, [6, 6], {
      title: 'Share of the chosen one',
      metrics: [[NAMESPACE, 'Share', 'Campaign', 'spring', { stat: 'Average' }]],
    }),
    {
      type: 'metric',
      x: 18,
      y: 18,
      width: 6,
      height: 6,
      properties: {
        title: 'What an alarm watches',
        annotations: { alarms: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:calls-high'] },
      },
    },
    log(0, 24, 'Newest events', 'table', 'fields @timestamp, @message | sort @timestamp desc | limit 20'),
    log(6, 24, 'Calls by campaign', 'pie', 'stats count(*) as calls by campaignId'),
    log(12, 24, 'Calls by outcome', 'bar', 'stats count(*) as calls by outcome | sort calls desc'),
    log(18, 24, 'Calls over time', 'timeSeries', 'stats count(*) as calls by bin(5m)'),
    {
      type: 'alarm',
      x: 0,
      y: 30,
      width: 12,
      height: 4,
      properties: {
        title: 'Alarms',
        alarms: ['calls-high', 'calls-low', 'campaign', 'gone'].map(
          (name) => `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`,
        ),
      },
    },
    {
      type: 'explorer',
      x: 12,
      y: 30,
      width: 6,
      height: 6,
      properties: {
        title: 'Explorer',
        metrics: [{ metricName: 'Invocations', resourceType: 'AWS::Lambda::Function', stat: 'Sum' }],
        labels: [{ key: 'Name' }],
        widgetOptions: { legend: { position: 'bottom' }, view: 'timeSeries' },
        period: 60,
      },
    },
    {
      type: 'custom',
      x: 18,
      y: 30,
      width: 6,
      height: 3,
      properties: { endpoint: 'arn:aws:lambda:us-east-1:123456789012:function:draws', title: 'Custom' },
    },
  ],
};
