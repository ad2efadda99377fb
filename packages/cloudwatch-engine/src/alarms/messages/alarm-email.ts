import type { MetricAlarm } from '../config/alarm.ts';
import { alarmArn } from '../config/alarm-identity.ts';
import { javaDouble } from './java-double.ts';
import { regionName } from './region-name.ts';
import type { Transition } from './transition.ts';
import { triggeringChildren } from './triggering-children.ts';
import { longUtc } from './utc-text.ts';

/** The text that subscribers by mail get of a state change (as such mails were published by those who got them). */
export function alarmEmail(transition: Transition): string {
  const { alarm, identity, from, to } = transition;
  const at = longUtc(to.updatedAt);
  const { region } = identity;
  const console = `https://${region}.console.aws.amazon.com/cloudwatch/deeplink.js?region=${region}`;
  const what =
    alarm.kind === 'metric'
      ? `entered the ${to.value} state, because "${to.reason}" at "${at}".`
      : `transitioned to ${to.value} state on ${at}, because "${to.reason}".`;
  return [
    `You are receiving this email because your Amazon CloudWatch Alarm "${alarm.name}" in the ${regionName(region)} region has ${what}`,
    '',
    'View this alarm in the AWS Management Console:',
    `${console}#alarmsV2:alarm/${encodeURIComponent(alarm.name)}`,
    '',
    'Alarm Details:',
    line('Name', alarm.name),
    line('Description', alarm.input.AlarmDescription ?? ''),
    line('State Change', `${from.value} -> ${to.value}`),
    ...(alarm.kind === 'composite' ? [line('Alarm Rule', alarm.input.AlarmRule ?? '')] : []),
    line('Reason for State Change', to.reason),
    line('Timestamp', at),
    line('AWS Account', identity.accountId),
    line('Alarm Arn', alarmArn(identity, alarm.name)),
    '',
    ...(alarm.kind === 'metric' ? [...thresholdLines(alarm), ...metricLines(alarm)] : childLines(transition)),
    '',
    'State Change Actions:',
    `- OK: ${actions(alarm.input.OKActions)}`,
    `- ALARM: ${actions(alarm.input.AlarmActions)}`,
    `- INSUFFICIENT_DATA: ${actions(alarm.input.InsufficientDataActions)}`,
    '',
  ].join('\n');
}

function line(label: string, value: string, width = 28): string {
  return `- ${`${label}:`.padEnd(width)}${value}`;
}

function actions(arns: readonly string[] = []): string {
  return arns.map((arn) => `[${arn}]`).join(' ');
}

function thresholdLines({ input, operator, threshold, ...alarm }: MetricAlarm): readonly string[] {
  const { datapointsToAlarm: m, evaluationPeriods: n, periodSeconds } = alarm;
  const bound = input.ThresholdMetricId ?? javaDouble(threshold);
  const often = `for at least ${m} of the last ${n} period(s) of ${periodSeconds} seconds. `;
  return ['Threshold:', `- The alarm is in the ALARM state when the metric is ${operator} ${bound} ${often}`, ''];
}

const METRIC_WIDTH = 37;

function metricLines({ input, watched, periodSeconds }: MetricAlarm): readonly string[] {
  if (watched.kind !== 'metric') {
    const returned = watched.queries.filter(({ ReturnData = true }) => ReturnData);
    const lines = returned.flatMap(({ Expression, Label }) => [
      ...(Expression === undefined ? [] : [line('MetricExpression', Expression)]),
      ...(Label === undefined ? [] : [line('MetricLabel', Label)]),
    ]);
    return ['Monitored Metrics:', ...lines, ''];
  }
  const dimensions = (input.Dimensions ?? []).map(({ Name, Value }) => `[${Name} = ${Value}]`).join(' ');
  return [
    'Monitored Metric:',
    line('MetricNamespace', watched.metric.namespace, METRIC_WIDTH),
    line('MetricName', watched.metric.name, METRIC_WIDTH),
    line('Dimensions', dimensions, METRIC_WIDTH),
    line('Period', `${periodSeconds} seconds`, METRIC_WIDTH),
    line('Statistic', watched.stat, METRIC_WIDTH),
    line('Unit', input.Unit ?? 'not specified', METRIC_WIDTH),
    ...(input.TreatMissingData === undefined ? [] : [line('TreatMissingData', input.TreatMissingData, METRIC_WIDTH)]),
    '',
  ];
}

function childLines({ to }: Transition): readonly string[] {
  const lines = triggeringChildren(to).slice(0, 10);
  return [
    'Triggering children (max. 10):',
    ...lines.map(({ arn, state }) => `- ${arn}   ${state.value ?? ''}   ${state.timestamp ?? ''}`),
  ];
}
