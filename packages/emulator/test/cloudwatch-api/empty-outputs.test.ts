import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import { emulatorWith } from '../running-emulator.ts';

const alarm = { AlarmName: 'high-load', ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: '1' };
const metric = { Namespace: 'voice/test', MetricName: 'ActiveCalls', Statistic: 'Maximum', Period: '60' };
const names = { 'AlarmNames.member.1': 'high-load' };
const schedule = { 'Rule.Schedule.Expression': 'cron(0 2 * * *)', 'Rule.Schedule.Duration': 'PT4H' };
const arn = { ResourceARN: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:high-load' };
const dashboard = '{"widgets":[]}';
const rule = JSON.stringify({
  Schema: { Name: 'CloudWatchLogRule', Version: 1 },
  LogGroupNames: ['/aws/lambda/worker'],
  LogFormat: 'JSON',
  Contribution: { Keys: ['$.campaignId'], Filters: [] },
  AggregateOn: 'Count',
});

/** Calls in an order in which all of them are taken. */
const calls: readonly (readonly [string, Record<string, string>])[] = [
  [
    'PutMetricData',
    { Namespace: 'voice/test', 'MetricData.member.1.MetricName': 'ActiveCalls', 'MetricData.member.1.Value': '7' },
  ],
  ['PutMetricAlarm', { ...alarm, ...metric, Threshold: '50' }],
  ['PutCompositeAlarm', { AlarmName: 'any', AlarmRule: 'ALARM("high-load")' }],
  ['PutAlarmMuteRule', { Name: 'night', ...schedule, 'MuteTargets.AlarmNames.member.1': 'high-load' }],
  ['SetAlarmState', { AlarmName: 'high-load', StateValue: 'OK', StateReason: 'tried' }],
  ['DisableAlarmActions', names],
  ['EnableAlarmActions', names],
  ['TagResource', { ...arn, 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': 'voice' }],
  ['UntagResource', { ...arn, 'TagKeys.member.1': 'team' }],
  ['DeleteAlarmMuteRule', { AlarmMuteRuleName: 'night' }],
  ['DeleteAlarms', { 'AlarmNames.member.1': 'any' }],
  ['PutDashboard', { DashboardName: 'calls', DashboardBody: dashboard }],
  ['DeleteDashboards', { 'DashboardNames.member.1': 'calls' }],
  ['PutInsightRule', { RuleName: 'campaigns', RuleDefinition: rule }],
  ['PutAnomalyDetector', { Namespace: 'voice/test', MetricName: 'ActiveCalls', Stat: 'Maximum' }],
  ['DeleteAnomalyDetector', { Namespace: 'voice/test', MetricName: 'ActiveCalls', Stat: 'Maximum' }],
];

/** Of every operation of the SDK's model, how many members its output has; `undefined` where it has none. */
const outputs = new Map<string, number | undefined>(
  Object.values<unknown>({ ...cloudwatch }).flatMap((schema) => {
    if (!Array.isArray(schema) || schema[0] !== 9) return [];
    const output: unknown = schema[5]();
    return [[schema[2], Array.isArray(output) ? output[4].length : undefined]];
  }),
);

it('answers in XML with a result where the model has an output, an empty one too, and with none where it has none', async () => {
  const { url } = await emulatorWith({});
  for (const [name, parameters] of calls) {
    const body = new URLSearchParams({ Action: name, Version: '2010-08-01', ...parameters });
    const response = await fetch(url, { method: 'POST', body });
    const text = await response.text();
    expect(response.status, text).toBe(200);
    const members = outputs.get(name);
    if (members === undefined) expect(text).not.toContain('Result');
    else expect(text).toContain(members === 0 ? `<${name}Result/>` : `<${name}Result`);
  }
  const called = new Set(calls.map(([name]) => name));
  const others = [...outputs].filter(([name, members]) => members === undefined && !called.has(name));
  // Of log alarms nothing is emulated.
  expect(others.map(([name]) => name)).toEqual(['PutLogAlarm']);
});
