import type { Emulator } from '@voice-campaign/emulator';
import { showcase } from './showcase.ts';

const NAMESPACE = 'voice/showcase';

export const call = async (emulator: Emulator, target: string, operation: string, input: object): Promise<unknown> => {
  const version = target.startsWith('Logs') ? '1.1' : '1.0';
  const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${target}.${operation}` };
  const body = JSON.stringify(input);
  const response = await emulator.fetch(new Request(`${emulator.url}/`, { method: 'POST', headers, body }));
  const answer = await response.json();
  if (!response.ok) throw new Error(`${operation}: ${JSON.stringify(answer)}`);
  return answer;
};

export const cloudWatch = (emulator: Emulator, operation: string, input: object): Promise<unknown> =>
  call(emulator, 'GraniteServiceVersion20100801', operation, input);

export const putDashboard = (emulator: Emulator, name: string, body: object | string): Promise<unknown> =>
  cloudWatch(emulator, 'PutDashboard', {
    DashboardName: name,
    DashboardBody: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** From 0 to 1, the same for the same number. */
const noise = (seed: number): number => {
  const value = Math.sin(seed * 12.9898) * 43_758.5453;
  return value - Math.floor(value);
};

const datum = (MetricName: string, Value: number, at: number, more: object = {}) => ({
  MetricName,
  Value,
  Timestamp: at / 1000,
  ...more,
});

function minuteOf(at: number): readonly object[] {
  const minute = Math.floor(at / 60_000);
  const wave = Math.sin(minute / 23);
  const calls = Math.round(60 + 30 * wave + 14 * noise(minute));
  const answered = Math.round(calls * (0.45 + 0.1 * noise(minute + 7)));
  const busy = Math.round(calls * 0.18);
  const shares = ['spring', 'autumn', 'winter'].map((Value, index) =>
    datum('Share', 10 + 25 * noise(minute / 9 + index * 3) + 10 * wave * (index - 1), at, {
      Unit: 'Percent',
      Dimensions: [{ Name: 'Campaign', Value }],
    }),
  );
  return [
    datum('Calls', calls, at, { Unit: 'Count' }),
    datum('Answered', answered, at, { Unit: 'Count' }),
    datum('Busy', busy, at, { Unit: 'Count' }),
    datum('NoAnswer', Math.round(calls * 0.25), at, { Unit: 'Count' }),
    datum('Failed', Math.max(0, calls - answered - busy - Math.round(calls * 0.25)), at, { Unit: 'Count' }),
    datum('Latency', 180 + 90 * noise(minute + 3) + 40 * wave, at, { Unit: 'Milliseconds' }),
    datum('Cost', 0.013 * calls, at, { Unit: 'None' }),
    ...shares,
  ];
}

const alarm = (AlarmName: string, more: object) => ({
  AlarmName,
  Namespace: NAMESPACE,
  MetricName: 'Calls',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 2,
  DatapointsToAlarm: 2,
  TreatMissingData: 'notBreaching',
  ...more,
});

/** Three hours of a campaign until `until` (epoch milliseconds), its alarms, its log, and the dashboard `showcase`. */
export async function fillEmulator(emulator: Emulator, until: number): Promise<void> {
  const first = Math.floor(until / 60_000) * 60_000 - 180 * 60_000;
  const minutes = Array.from({ length: 180 }, (_, index) => first + index * 60_000);
  const data = minutes.flatMap(minuteOf);
  for (let at = 0; at < data.length; at += 900) {
    await cloudWatch(emulator, 'PutMetricData', { Namespace: NAMESPACE, MetricData: data.slice(at, at + 900) });
  }
  const invocations = minutes.map((at) =>
    datum('Invocations', 20 + 10 * noise(at), at, { Dimensions: [{ Name: 'FunctionName', Value: 'dialer-worker' }] }),
  );
  const platform = { method: 'POST', body: JSON.stringify({ Namespace: 'AWS/Lambda', MetricData: invocations }) };
  await emulator.fetch(new Request(`${emulator.url}/_emulator/metrics`, platform));
  await fillLogs(emulator, minutes);
  await fillTraces(emulator, until);
  await fillAlarms(emulator);
  await putDashboard(emulator, 'showcase', showcase);
}

async function fillLogs(emulator: Emulator, minutes: readonly number[]): Promise<void> {
  const logs = (operation: string, input: object) => call(emulator, 'Logs_20140328', operation, input);
  const place = { logGroupName: '/voice/calls', logStreamName: 'main' };
  await logs('CreateLogGroup', { logGroupName: place.logGroupName });
  await logs('CreateLogStream', place);
  const outcomes = ['answered', 'busy', 'noAnswer', 'failed'];
  const logEvents = minutes.slice(60).flatMap((at) =>
    [0, 1, 2].map((index) => {
      const seed = at / 60_000 + index * 7;
      const outcome = outcomes[Math.floor(noise(seed) * 4)];
      const campaignId = ['spring', 'autumn', 'winter'][Math.floor(noise(seed + 2) * 3)];
      const message = JSON.stringify({
        level: 'INFO',
        message: 'call ended',
        campaignId,
        outcome,
        ms: Math.round(noise(seed) * 900),
      });
      return { timestamp: at + index * 1000, message };
    }),
  );
  await logs('PutLogEvents', { ...place, logEvents });
}

const hex = (seed: number, length: number): string =>
  Array.from({ length }, (_, index) => Math.floor(noise(seed * 31 + index) * 16).toString(16)).join('');

/** A request to the API that makes a dialer work, which calls a trunk; some are slow, some fail. */
function traceOf(index: number, until: number): readonly object[] {
  const start = until / 1000 - 90 - index * 47;
  const slow = noise(index + 5) > 0.8 ? 1.4 : 0.2;
  const fails = index % 9 === 4;
  const trace_id = `1-${Math.floor(start).toString(16)}-${hex(index, 24)}`;
  const [api, worker, inside, trunk] = [1, 2, 3, 4].map((part) => hex(index * 7 + part, 16));
  const cause = {
    working_directory: '/var/task',
    exceptions: [
      {
        id: hex(index + 77, 16),
        type: 'TrunkBusyError',
        message: 'The trunk refused the call: 486 Busy Here',
        stack: [{ path: '/var/task/dialer-worker.js', line: 42, label: 'dial' }],
      },
    ],
  };
  const http = (status: number) => ({
    request: { method: 'POST', url: 'https://api.local/calls' },
    response: { status },
  });
  return [
    {
      trace_id,
      id: api,
      name: 'api/local',
      origin: 'AWS::ApiGateway::Stage',
      start_time: start,
      end_time: start + slow + 0.05,
      http: http(fails ? 502 : 202),
      ...(fails && { fault: true }),
      subsegments: [
        {
          id: inside,
          name: 'dialer-worker',
          namespace: 'aws',
          start_time: start + 0.01,
          end_time: start + slow + 0.04,
        },
      ],
    },
    {
      trace_id,
      id: worker,
      parent_id: inside,
      name: 'dialer-worker',
      origin: 'AWS::Lambda::Function',
      start_time: start + 0.02,
      end_time: start + slow + 0.03,
      annotations: { campaignId: ['spring', 'autumn'][index % 2], outcome: fails ? 'failed' : 'answered' },
      metadata: { default: { attempt: index } },
      ...(fails && { fault: true, cause }),
      subsegments: [
        {
          id: trunk,
          name: 'trunk',
          namespace: 'remote',
          start_time: start + 0.04,
          end_time: start + slow,
          http: http(fails ? 486 : 200),
          ...(fails && { error: true }),
        },
      ],
    },
  ];
}

async function fillTraces(emulator: Emulator, until: number): Promise<void> {
  const documents = Array.from({ length: 40 }, (_, index) => traceOf(index, until)).flat();
  const body = JSON.stringify({ TraceSegmentDocuments: documents.map((document) => JSON.stringify(document)) });
  const headers = { 'content-type': 'application/json' };
  const request = new Request(`${emulator.url}/TraceSegments`, { method: 'POST', headers, body });
  const answer = (await (await emulator.fetch(request)).json()) as {
    readonly UnprocessedTraceSegments?: readonly object[];
  };
  if (answer.UnprocessedTraceSegments?.length !== 0) throw new Error(`PutTraceSegments: ${JSON.stringify(answer)}`);
}

async function sns(emulator: Emulator, parameters: Readonly<Record<string, string>>): Promise<void> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ Version: '2010-03-31', ...parameters });
  const response = await emulator.fetch(
    new Request(`${emulator.url}/`, { method: 'POST', headers, body: body.toString() }),
  );
  if (!response.ok) throw new Error(`${parameters.Action}: ${await response.text()}`);
}

async function fillAlarms(emulator: Emulator): Promise<void> {
  const topic = 'arn:aws:sns:us-east-1:123456789012:on-call';
  await sns(emulator, { Action: 'CreateTopic', Name: 'on-call' });
  await sns(emulator, { Action: 'Subscribe', TopicArn: topic, Protocol: 'sms', Endpoint: '+15550100' });
  const high = alarm('calls-high', {
    AlarmDescription: 'More calls than the trunk takes',
    Threshold: 95,
    ComparisonOperator: 'GreaterThanThreshold',
    AlarmActions: [topic],
  });
  await cloudWatch(emulator, 'PutMetricAlarm', high);
  await cloudWatch(
    emulator,
    'PutMetricAlarm',
    alarm('calls-low', { Threshold: 5, ComparisonOperator: 'LessThanThreshold' }),
  );
  await cloudWatch(emulator, 'PutCompositeAlarm', {
    AlarmName: 'campaign',
    AlarmDescription: 'The campaign needs somebody',
    AlarmRule: 'ALARM("calls-high") OR (ALARM("calls-low") AND NOT OK("calls-high"))',
  });
}
