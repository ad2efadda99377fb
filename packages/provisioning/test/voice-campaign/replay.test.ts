import { type AlarmTest, runAlarmTest } from '@voice-campaign/cloudwatch-engine/alarm-tests';
import { describe, expect, it } from 'vitest';
import { planned } from './deployment.ts';

const { metricAlarms, compositeAlarms } = planned({ serviceLevelObjective: true, anomalyDetection: true });
const alarms = [...metricAlarms, ...compositeAlarms];
const prefix = 'voice-campaign-production';
const worker = `{FunctionName=${prefix}-dialer-worker}`;
const tasks = `{QueueName=${prefix}-dial-tasks}`;
const dead = `{QueueName=${prefix}-dial-tasks-dlq}`;

type Case = Pick<AlarmTest, 'series' | 'expect'> & Partial<AlarmTest>;

const replayed = (test: Case): string => {
  const expected = Object.fromEntries(
    Object.entries(test.expect).map(([name, states]) => [`${prefix}-${name}`, states]),
  );
  const outcome = runAlarmTest({ alarms, ...test, expect: expected });
  return outcome.kind === 'passed' ? 'passed' : outcome.message;
};

/** Each alarm: when it must fire, and when it must be silent. */
const cases: Readonly<Record<string, Case>> = {
  'errors of a function go off at more than 5 %, once for all functions': {
    series: { [`Errors${worker}`]: '0x5 5x5 0x10', [`Invocations${worker}`]: '50x20' },
    expect: {
      'critical-lambda-errors-dialer-worker': { '5m': 'OK', '7m..10m': 'ALARM', '12m..20m': 'OK' },
      'critical-functions': { '5m': 'OK', '7m..10m': 'ALARM', '12m..20m': 'OK' },
    },
  },
  'a few errors of a few invocations are none': {
    series: { [`Errors${worker}`]: '3x20', [`Invocations${worker}`]: '10x20' },
    expect: { 'critical-lambda-errors-dialer-worker': { '3m..20m': 'OK' } },
  },
  'throttles that go on, not a single one': {
    series: { [`Throttles${worker}`]: '0x5 1 0x5 2x4 0x10' },
    expect: { 'critical-lambda-throttles-dialer-worker': { '6m..11m': 'OK', '14m': 'ALARM', '23m..25m': 'OK' } },
  },
  'durations near the timeout of 30 s': {
    series: { [`Duration${worker}`]: '1000x5 26000x3 1000x5' },
    expect: { 'warning-lambda-near-timeout-dialer-worker': { '5m': 'OK', '7m..8m': 'ALARM', '11m..13m': 'OK' } },
  },
  'a deep queue': {
    series: { [`AWS/SQS ApproximateNumberOfMessagesVisible${tasks}`]: '9000x5 20000x5 100x10' },
    expect: { 'critical-queue-depth-dial-tasks': { '7m': 'OK', '8m..10m': 'ALARM', '14m..20m': 'OK' } },
  },
  'one dead letter': {
    series: { [`AWS/SQS ApproximateNumberOfMessagesVisible${dead}`]: '0x5 1x3 0x5' },
    expect: { 'warning-dead-letters-dial-tasks-dlq': { '5m': 'OK', '6m..8m': 'ALARM', '9m..13m': 'OK' } },
  },
  'a busy telephone server warns, then is critical, and the warning gives way': {
    series: { 'AWS/EC2 CPUUtilization': '50x4 80x4 95x4 50x4' },
    interval: '5m',
    expect: {
      'warning-asterisk-cpu-elevated-i-1234567890abcdef0': { '20m': 'OK', '35m..60m': 'ALARM', '80m': 'OK' },
      'critical-asterisk-cpu-high-i-1234567890abcdef0': { '40m': 'OK', '50m..60m': 'ALARM', '80m': 'OK' },
      'warning-asterisk-cpu': { '20m': 'OK', '35m..45m': 'ALARM', '51m..60m': 'OK', '80m': 'OK' },
    },
  },
  'a telephone server that has stopped says nothing, and that is an alarm': {
    series: { StatusCheckFailed: '0x5 _x10' },
    expect: { 'critical-asterisk-status-check-i-1234567890abcdef0': { '5m': 'OK', '12m..15m': 'ALARM' } },
  },
  'four in five connections of the database in use': {
    series: { DatabaseConnections: '50x5 85x5 50x5' },
    expect: { 'warning-rds-connections-db': { '5m': 'OK', '8m..10m': 'ALARM', '15m': 'OK' } },
  },
  'less than a fifth of 100 GiB free': {
    series: { FreeStorageSpace: '30000000000x4 20000000000x4' },
    interval: '5m',
    expect: { 'warning-rds-storage-db': { '20m': 'OK', '31m..40m': 'ALARM' } },
  },
  'a queue that stands still, not one that is merely behind': {
    series: {
      [`AWS/SQS ApproximateAgeOfOldestMessage${tasks}`]: '400x10 400x10 10x10',
      [`AWS/SQS NumberOfMessagesDeleted${tasks}`]: '60x10 0x10 60x10',
    },
    expect: { 'critical-queue-stalled-dial-tasks': { '10m..14m': 'OK', '16m..20m': 'ALARM', '26m..30m': 'OK' } },
  },
  'a fifth of the calls failing burns the budget of failed calls, while it goes on': {
    series: { TotalCalls: '100x60 100x120 100x60', FailedCalls: '0x60 20x120 0x60' },
    expect: {
      'critical-burn-rate-fast-long': { '60m': 'OK', '120m..180m': 'ALARM' },
      'critical-burn-rate-fast-short': { '60m': 'OK', '70m..180m': 'ALARM', '190m..240m': 'OK' },
      'critical-failed-calls-fast': { '60m': 'OK', '120m..180m': 'ALARM', '190m..240m': 'OK' },
    },
  },
  'a tenth of the calls failing for six hours is critical, slower than a fifth': {
    series: { TotalCalls: '100x360 100x360', FailedCalls: '0x360 10x360' },
    expect: {
      'critical-failed-calls-fast': { '360m..720m': 'OK' },
      'critical-failed-calls-medium': { '360m': 'OK', '720m': 'ALARM' },
    },
  },
  'one call in a hundred failing is within the budget': {
    series: { TotalCalls: '100x720', FailedCalls: '1x720' },
    expect: {
      'critical-failed-calls-fast': { '5m..720m': 'OK' },
      'critical-failed-calls-medium': { '5m..720m': 'OK' },
    },
  },
  'a fiftieth failing for three days warns': {
    series: { TotalCalls: '12000x120', FailedCalls: '240x120' },
    interval: '1h',
    expect: { 'warning-failed-calls-slow': { '4800m': 'ALARM', '1000m': 'OK' } },
  },
  'dialling far below what two weeks made likely, and not what is within it': {
    series: { DialAttempts: `${'480 500 520 '.repeat(1200)} 100x12` },
    interval: '5m',
    expect: { 'warning-dialing-rate': { '17900m': 'OK', '18040m..18060m': 'ALARM' } },
  },
  'few calls answered, of many': {
    series: { TotalCalls: '100x40', AnsweredCalls: '60x10 10x20 60x10' },
    expect: { 'warning-answer-rate': { '15m': 'OK', '26m..30m': 'ALARM', '40m': 'OK' } },
  },
  'few calls answered, of few': {
    series: { TotalCalls: '2x40', AnsweredCalls: '0x40' },
    expect: { 'warning-answer-rate': { '5m..40m': 'OK' } },
  },
  'many opt out': {
    series: { AnsweredCalls: '60x40', OptOuts: '0x10 6x20 0x10' },
    expect: { 'warning-opt-out-rate': { '15m': 'OK', '27m..30m': 'ALARM', '40m': 'OK' } },
  },
  'calls are dialled and none is counted': {
    series: { DialAttempts: '30x40', TotalCalls: '20x10 _x20 20x10' },
    expect: { 'critical-no-calls': { '10m': 'OK', '21m..30m': 'ALARM', '36m..40m': 'OK' } },
  },
};

describe('the alarms of a voice campaign', () => {
  for (const [name, test] of Object.entries(cases)) it(name, () => expect(replayed(test)).toBe('passed'));

  it('are quiet through a night without calls', () => {
    const series = {
      TotalCalls: '100x10 _x480',
      AnsweredCalls: '60x10 _x480',
      OptOuts: '1x10 _x480',
      DialAttempts: '150x10 _x480',
      [`Invocations${worker}`]: '50x10 _x480',
      [`Errors${worker}`]: '0x10 _x480',
      [`AWS/SQS ApproximateNumberOfMessagesVisible${tasks}`]: '10x10 _x480',
      StatusCheckFailed: '0x490',
      'AWS/EC2 CPUUtilization': '40x490',
    };
    const outcome = runAlarmTest({ alarms, series, expect: {} });
    if (outcome.kind === 'invalid') throw new Error(outcome.message);
    const states = outcome.kind === 'passed' ? outcome.replayed : [];
    const alarmed = states.filter(({ changes }) => changes.some(({ to }) => to === 'ALARM'));
    expect(states).toHaveLength(alarms.length);
    expect(alarmed.map(({ alarm }) => alarm.name)).toEqual([]);
  });
});
