import { describe, expect, it } from 'vitest';
import { type DeployedAlarm, describePlace, lintDeployed } from '../../src/lint.ts';

// The example of "Specification: Embedded metric format" in the CloudWatch user guide, and lines of the same kind.
const emf = (metrics: object, { sets = [[]] as string[][], namespace = 'shop', resolution = 60, ...members } = {}) =>
  JSON.stringify({
    _aws: {
      Timestamp: 1_574_109_732_004,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: sets,
          Metrics: Object.entries(metrics).map(([Name, { unit }]) => ({
            Name,
            Unit: unit,
            StorageResolution: resolution,
          })),
        },
      ],
    },
    ...Object.fromEntries(Object.entries(metrics).map(([name, { value = 1 }]) => [name, value])),
    ...members,
  });

const documented =
  '{"_aws":{"Timestamp":1574109732004,"CloudWatchMetrics":[{"Namespace":"lambda-function-metrics","Dimensions":[["functionVersion"]],' +
  '"Metrics":[{"Name":"time","Unit":"Milliseconds","StorageResolution":60}]}]},"functionVersion":"$LATEST","time":100,"requestId":"989ffbf8"}';

const dashboard = (metrics: unknown[], rest: object = {}, variables: unknown[] = []) => ({
  name: 'shop',
  body: JSON.stringify({
    ...(variables.length > 0 && { variables }),
    widgets: [
      { type: 'text', properties: { markdown: 'Shop' } },
      { type: 'metric', properties: { region: 'us-east-1', title: 'Sold', stat: 'Sum', period: 60, metrics, ...rest } },
    ],
  }),
});

const alarm = (change: Partial<DeployedAlarm> = {}): DeployedAlarm => ({
  AlarmName: 'few-orders',
  Namespace: 'shop',
  MetricName: 'Orders',
  Dimensions: [],
  Statistic: 'Sum',
  Period: 60,
  Threshold: 5,
  ...change,
});

const orders = emf({ Orders: { unit: 'Count' } });
const byProvider = (provider: string) =>
  emf({ Paid: { unit: 'Count' } }, { sets: [['Provider']], ...{ Provider: provider } });

const found = (deployed: Parameters<typeof lintDeployed>[0], budget?: number) =>
  lintDeployed(deployed, budget === undefined ? {} : { cardinalityBudget: budget }).map(
    ({ code, severity, at }) => `${severity} ${code}: ${describePlace(at)}`,
  );

describe('drift of what is deployed from what log lines publish', () => {
  it('finds nothing where everything emitted is read as it is emitted', () => {
    expect(found({ dashboards: [dashboard([['shop', 'Orders']])], alarms: [alarm()], emf: [orders, 'START'] })).toEqual(
      [],
    );
  });

  it('reads the example of the specification', () => {
    expect(found({ emf: [documented] })).toEqual(['warning unread: lambda-function-metrics time by [functionVersion]']);
    const row = ['lambda-function-metrics', 'time', 'functionVersion', '$LATEST', { stat: 'p99' }];
    expect(found({ dashboards: [dashboard([row])], emf: [documented] })).toEqual([]);
  });

  it('tells apart why a series has no data', () => {
    const rows = [
      ['shop', 'Ordres'],
      ['shop', 'Orders', 'service', 'till'],
      ['Shop', 'Orders'],
      ['shop', 'Paid', 'Provider', 'visa'],
      ['shop', 'Orders', { id: 'm1', visible: false }],
      [{ expression: 'm1 * 2', id: 'e1' }],
      ['shop', 'Paid', 'Provider', 'amex'],
    ];
    const findings = lintDeployed({ dashboards: [dashboard(rows)], emf: [orders, byProvider('amex')] });
    expect(findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'dimensions: Orders has no series with the dimensions [service], and CloudWatch adds none up: read [], or emit it with [service] too',
      'unemitted: nobody emits Ordres in shop; did you mean Orders?: emit it, or drop what reads it',
      'namespace: Orders is emitted in shop, not in Shop: read it there, or emit it here',
      'dimension-value: nobody emits Paid with the Provider visa: it is amex',
    ]);
  });

  it('reads the queries of alarms on metric math, and of anomaly bands', () => {
    const metric = (MetricName: string) => ({ Metric: { Namespace: 'shop', MetricName }, Period: 60, Stat: 'Sum' });
    const math = {
      AlarmName: 'refund-rate',
      Metrics: [
        { Id: 'm1', MetricStat: metric('Refunds'), ReturnData: false },
        { Id: 'm2', MetricStat: metric('Orders'), ReturnData: false },
        { Id: 'rate', Expression: 'IF(m2 >= 20, 100 * m1 / m2)' },
      ],
      Threshold: 5,
    };
    expect(found({ alarms: [math], emf: [orders] })).toEqual(['warning unemitted: alarm refund-rate, query m1']);
    const band = {
      AlarmName: 'odd',
      Metrics: [
        { Id: 'm1', MetricStat: metric('Orders') },
        { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(m1, 2' },
      ],
    };
    expect(found({ alarms: [band], emf: [orders] })).toEqual(['error expression: alarm odd, query band']);
  });

  it('takes searches and Metrics Insights for readers', () => {
    const search = [{ expression: `SEARCH('{shop,Provider} MetricName="Paid"', 'Sum', 60)` }];
    expect(found({ dashboards: [dashboard([search])], emf: [byProvider('amex')] })).toEqual([]);
    const insights = [{ expression: 'SELECT SUM(Paid) FROM SCHEMA(shop, Provider) GROUP BY Provider' }];
    expect(found({ dashboards: [dashboard([insights])], emf: [byProvider('amex')] })).toEqual([]);
    const nowhere = [{ expression: 'SELECT SUM(Payed) FROM SCHEMA(shop, Provider)' }];
    expect(found({ dashboards: [dashboard([nowhere])], emf: [byProvider('amex')] })).toEqual([
      'warning unemitted: dashboard shop, widget 2 (Sold), row 1',
      'warning unread: shop Paid by [Provider]',
    ]);
  });

  it('lets a variable change the value of its dimension', () => {
    const variable = { type: 'property', property: 'Provider', inputType: 'input', id: 'p', defaultValue: 'visa' };
    const row = ['shop', 'Paid', 'Provider', 'visa'];
    expect(found({ dashboards: [dashboard([row], {}, [variable])], emf: [byProvider('amex')] })).toEqual([]);
  });

  it('finds bytes taken for GiB, shares for per cent, units of no sample', () => {
    const lines = [emf({ Free: { unit: 'Bytes' }, Load: { unit: 'Percent' } })];
    const alarms = [
      alarm({ AlarmName: 'free', MetricName: 'Free', Statistic: 'Minimum', Threshold: 20 }),
      alarm({ AlarmName: 'load', MetricName: 'Load', Statistic: 'Average', Threshold: 0.9 }),
      alarm({ AlarmName: 'kilo', MetricName: 'Free', Statistic: 'Minimum', Threshold: 1e9, Unit: 'Kilobytes' }),
      alarm({ AlarmName: 'sum', MetricName: 'Load', Statistic: 'Sum', Threshold: 90 }),
    ];
    expect(found({ alarms, emf: lines })).toEqual([
      'error unit: alarm kilo',
      'error statistic: alarm sum',
      'warning unit: alarm free',
      'warning unit: alarm load',
    ]);
  });

  it('holds what is read of AWS’s own metrics to their table', () => {
    const rds = { Namespace: 'AWS/RDS', Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'db' }] };
    const alarms = [
      alarm({ ...rds, AlarmName: 'connections', MetricName: 'DatabaseConnections', Statistic: 'Sum', Threshold: 80 }),
      alarm({ ...rds, AlarmName: 'storage', MetricName: 'FreeStorageSpace', Statistic: 'Maximum', Threshold: 20 }),
      alarm({ ...rds, AlarmName: 'swap', MetricName: 'SwapUsage', Statistic: 'Maximum' }),
    ];
    expect(found({ alarms, dashboards: [dashboard([['shop', 'Orders']])], emf: [orders] })).toEqual([
      'error statistic: alarm connections',
      'error statistic: alarm storage',
      'warning unit: alarm storage',
      'note aws-metric: alarm swap',
    ]);
  });

  it('finds one metric in two units, and alarms finer than the metric is stored', () => {
    const lines = [orders, emf({ Orders: { unit: 'None' } })];
    expect(found({ alarms: [alarm({ Period: 10 })], emf: lines })).toEqual([
      'error resolution: alarm few-orders',
      'error unit: shop Orders',
    ]);
  });

  it('counts the series that the lines open against a budget', () => {
    const lines = ['a', 'b', 'c'].map(byProvider);
    const search = [{ expression: `SEARCH('{shop,Provider}', 'Sum')` }];
    expect(found({ dashboards: [dashboard([search])], emf: lines }, 2)).toEqual([
      'error cardinality: shop Paid by [Provider]',
    ]);
    expect(found({ dashboards: [dashboard([search])], emf: lines }, 3)).toEqual([]);
  });

  it('says what cannot be read, and which line CloudWatch would drop', () => {
    const body = '{"widgets":[{"type":"metric","properties":{}}]}';
    const findings = found({
      dashboards: [{ name: 'broken', body }],
      alarms: [{ AlarmName: 'composite' }],
      emf: ['{'],
    });
    expect(findings).toContain('error dashboard: dashboard broken');
    expect(findings).toContain('error alarm: alarm composite');
    expect(findings).toContain('error emf: line 1');
    expect(found({ emf: [emf({ Orders: { unit: 'Orders' } })] })[0]).toBe('error emf: line 1');
  });
});
