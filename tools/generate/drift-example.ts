import { describePlace, lintDeployed } from '../../packages/provisioning/src/lint.ts';
import { table } from './sections.ts';

const line = (name: string, unit: string): string =>
  JSON.stringify({
    _aws: {
      Timestamp: Date.UTC(2026, 10, 24),
      CloudWatchMetrics: [{ Namespace: 'calls/production', Dimensions: [[]], Metrics: [{ Name: name, Unit: unit }] }],
    },
    [name]: 1,
  });

const metrics = [
  ['calls/production', 'AnsweredCals'],
  ['calls/staging', 'TotalCalls'],
  ['calls/production', 'TotalCalls', 'service', 'dialer-worker'],
];

const properties = { region: 'us-east-1', title: 'Calls', period: 60, stat: 'Sum', metrics };
const database = { Namespace: 'AWS/RDS', Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'db' }], Period: 60 };

/** What is found in a dashboard and two alarms with mistakes that have been made before. */
export const driftExample = (): string =>
  table(
    ['', 'Where', 'Finding'],
    lintDeployed({
      dashboards: [{ name: 'calls', body: JSON.stringify({ widgets: [{ type: 'metric', properties }] }) }],
      alarms: [
        { ...database, AlarmName: 'connections', MetricName: 'DatabaseConnections', Statistic: 'Sum', Threshold: 80 },
        { ...database, AlarmName: 'storage', MetricName: 'FreeStorageSpace', Statistic: 'Minimum', Threshold: 20 },
      ],
      emf: [line('TotalCalls', 'Count'), line('AnsweredCalls', 'Count')],
    }).map(({ severity, code, at, message }) => [`${severity}: ${code}`, describePlace(at), message]),
  );
