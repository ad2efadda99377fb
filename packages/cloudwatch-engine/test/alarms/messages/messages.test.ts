import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type AlarmState,
  actionTaken,
  alarmNotification,
  configurationUpdate,
  eventBridgeAlarmEvent,
  initialState,
  lambdaAlarmEvent,
  replay,
  stateUpdate,
} from '../../../src/alarms.ts';
import { alarmOf, NO_MATH, sourceOf } from '../given.ts';

const recorded = JSON.parse(readFileSync(new URL('../../fixtures/alarm-recordings.json', import.meta.url), 'utf8'));
const identity = { partition: 'aws', region: 'us-east-1', accountId: '111111111111' };
const topic = 'arn:aws:sns:us-east-1:111111111111:topic';

/** Replaces what the recording has placeholders for. */
const anonymous = (message: string) =>
  JSON.parse(
    message
      .replaceAll('arn:aws:', 'arn:<partition>:')
      .replaceAll('us-east-1', '<region>')
      .replaceAll('US East (N. Virginia)', '<region-name-full:1>')
      .replaceAll(':topic"', ':<topic_arn>"')
      .replaceAll('my-alarm', '<alarm-name:1>')
      .replaceAll('"test/ns"', '"<namespace:1>"')
      .replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+(\+0000)?"/g, '"date"'),
  );

const breaching = alarmOf({
  AlarmName: 'my-alarm',
  AlarmDescription: 'testing cloudwatch alarms',
  MetricName: 'my-metric101',
  Namespace: 'test/ns',
  Dimensions: [{ Name: 'InstanceId', Value: 'abc' }],
  Statistic: 'Average',
  Unit: 'Seconds',
  Period: 10,
  EvaluationPeriods: 2,
  Threshold: 2,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'breaching',
  AlarmActions: [topic],
  OKActions: [topic],
});

describe('what alarms say', () => {
  it('is what the service said to the same topic, word for word', () => {
    const { events, records } = replay([breaching], sourceOf({}), { from: 1000, to: 1100, math: NO_MATH, identity });
    const [transition] = events;
    if (transition?.kind !== 'state') throw new Error('no transition');
    const notification = alarmNotification({ ...transition, alarm: breaching, identity, configuredAt: 1000 });
    expect(notification.subject).toBe('ALARM: "my-alarm" in US East (N. Virginia)');
    // Recorded in 2025; the member came with mute rules, and was recorded in 2026 of a message that is otherwise like it.
    expect(anonymous(notification.message)).toEqual({
      ...recorded.breaching.message,
      ActionExecutedAfterMuteWindow: false,
    });
    const state = records['my-alarm']?.state;
    expect(state?.reason).toBe(recorded.breaching.described.StateReason);
    expect(anonymous(state?.reasonData ?? '')).toEqual(recorded.breaching.described.StateReasonData);
  });

  it('is what the service said to a function', () => {
    const alarm = alarmOf({
      AlarmName: 'my-alarm',
      AlarmDescription: 'testing lambda alarm action',
      MetricName: 'metric1',
      Namespace: 'namespace',
      Statistic: 'Average',
      Period: 10,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    const to: AlarmState = { value: 'ALARM', reason: 'testing alarm', updatedAt: 1000, transitionedAt: 1000 };
    const event = lambdaAlarmEvent(
      { alarm, identity, from: initialState(900), to, configuredAt: 900 },
      () => '<uuid:1>',
    );
    expect(anonymous(JSON.stringify(event))).toEqual(recorded.lambdaEvent);
    const bus = eventBridgeAlarmEvent({ alarm, identity, from: initialState(900), to, configuredAt: 900 }, () => 'id');
    expect(bus).toMatchObject({
      'detail-type': 'CloudWatch Alarm State Change',
      source: 'aws.cloudwatch',
      time: '1970-01-01T00:16:40Z',
      resources: ['arn:aws:cloudwatch:us-east-1:111111111111:alarm:my-alarm'],
      detail: { state: { value: 'ALARM', reason: 'testing alarm' }, previousState: { value: 'INSUFFICIENT_DATA' } },
    });
  });

  it('tells a function that a suppressor let the actions go, as the example of the guide', () => {
    const alarm = alarmOf({
      AlarmName: 'CompositeDemo.Main',
      AlarmRule: 'ALARM(CompositeDemo.FirstChild) OR ALARM(CompositeDemo.SecondChild)',
      ActionsSuppressor: 'CompositeDemo.ActionsSuppressor',
      ActionsSuppressorWaitPeriod: 120,
      ActionsSuppressorExtensionPeriod: 180,
    });
    const at = Date.UTC(2023, 7, 4, 12, 54, 46, 138) / 1000;
    const to: AlarmState = {
      value: 'ALARM',
      reason: 'FirstChild',
      reasonData: '{}',
      updatedAt: at,
      transitionedAt: at,
    };
    const afterSuppression = { by: 'WaitPeriod', at: at + 120 } as const;
    const transition = { alarm, identity, from: initialState(0), to, configuredAt: 0, afterSuppression };
    const { time, alarmData } = lambdaAlarmEvent(transition, () => 'id');
    const wasThere = { value: 'ALARM', reason: 'FirstChild', reasonData: '{}' };
    expect(time).toBe('2023-08-04T12:56:46.138+0000');
    expect(alarmData.state).toEqual({ ...wasThere, timestamp: '2023-08-04T12:56:46.138+0000' });
    expect(alarmData.previousState).toEqual({
      ...wasThere,
      timestamp: '2023-08-04T12:54:46.138+0000',
      actionsSuppressedBy: 'WaitPeriod',
      actionsSuppressedReason: 'Actions suppressed by WaitPeriod',
    });
  });

  it('names the children that made a composite alarm go off, in the order of the recorded reason data', () => {
    const children = ['one', 'two'].map((name) =>
      alarmOf({
        AlarmName: name,
        Namespace: 'ns',
        MetricName: name,
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );
    const composite = alarmOf({ AlarmName: 'composite', AlarmRule: 'ALARM(one) OR ALARM(two)', AlarmActions: [topic] });
    const values = (...list: number[]) => ({ start: 0, step: 60, values: list });
    const source = sourceOf({ one: values(0, 5, 0, 0, 0, 5, 5), two: values(0, 0, 0, 5, 0, 0, 5) });
    const { events } = replay([...children, composite], source, { from: 0, to: 420, math: NO_MATH, identity });
    const states = events.flatMap((event) => (event.kind === 'state' && event.alarm === 'composite' ? [event] : []));
    const names = (list: readonly { arn: string }[]) =>
      list.map(({ arn }) => (/one|1/.test(arn.split(':').at(-1) ?? '') ? 1 : 2));
    expect(
      states
        .slice(1)
        .map(({ to }) => ({ value: to.value, children: names(JSON.parse(to.reasonData ?? '{}').triggeringAlarms) })),
    ).toEqual(
      recorded.composite.map(
        (each: { StateValue: string; StateReasonData: { triggeringAlarms: { arn: string }[] } }) => ({
          value: each.StateValue,
          children: names(each.StateReasonData.triggeringAlarms),
        }),
      ),
    );
    const alarmed = states[1];
    if (!alarmed) throw new Error('no transition');
    expect(alarmed.to.reason).toBe(
      'arn:aws:cloudwatch:us-east-1:111111111111:alarm:one transitioned to ALARM at Thursday 01 January, 1970 00:02:00 UTC',
    );
    const { message } = alarmNotification({ ...alarmed, alarm: composite, identity, configuredAt: 0 });
    expect(JSON.parse(message)).toMatchObject({
      AlarmRule: 'ALARM(one) OR ALARM(two)',
      TriggeringChildren: [{ Arn: expect.stringContaining('alarm:one'), State: { Value: 'ALARM' } }],
    });
  });

  it('keeps to the length and the letters that a subject may have', () => {
    const alarm = alarmOf({ ...breaching.input, AlarmName: `é${'x'.repeat(200)}` });
    const { subject } = alarmNotification({
      alarm,
      identity,
      from: initialState(0),
      to: initialState(1),
      configuredAt: 0,
    });
    expect(subject).toHaveLength(100);
    expect(subject).toMatch(/^INSUFFICIENT_DATA: "_x+\.\.\." in US East \(N\. Virginia\)$/);
  });

  it('is, of metric math, what was published of a Korean account', () => {
    const alarm = alarmOf({
      AlarmName: 'ContainerInsight-pod_cpu_utilization',
      EvaluationPeriods: 1,
      ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
      ThresholdMetricId: 'ad1',
      TreatMissingData: 'missing',
      Metrics: [
        {
          Id: 'm1',
          MetricStat: {
            Stat: 'Average',
            Period: 60,
            Metric: {
              MetricName: 'pod_cpu_utilization',
              Namespace: 'ContainerInsights',
              Dimensions: [{ Name: 'ClusterName', Value: 'cluster' }],
            },
          },
        },
        { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 0.592)', Label: 'pod_cpu_utilization (expected)' },
      ],
    });
    const { message } = alarmNotification({
      ...{ alarm, identity, from: initialState(0), to: initialState(1), configuredAt: 0 },
    });
    expect(message.slice(message.indexOf('"Trigger":'))).toBe(
      '"Trigger":{"Period":60,"EvaluationPeriods":1,"ComparisonOperator":"LessThanLowerOrGreaterThanUpperThreshold","ThresholdMetricId":"ad1","TreatMissingData":"missing","EvaluateLowSampleCountPercentile":"","Metrics":[{"Id":"m1","MetricStat":{"Metric":{"Dimensions":[{"value":"cluster","name":"ClusterName"}],"MetricName":"pod_cpu_utilization","Namespace":"ContainerInsights"},"Period":60,"Stat":"Average"},"ReturnData":true},{"Expression":"ANOMALY_DETECTION_BAND(m1, 0.592)","Id":"ad1","Label":"pod_cpu_utilization (expected)","ReturnData":true}]}}',
    );
  });

  it('is, of a composite alarm, in the order and the mail that were published of one', () => {
    const alarm = alarmOf({
      AlarmName: 'some-alarm-name',
      AlarmDescription: 'Test dummy alarm',
      AlarmRule: 'ALARM(a) OR ALARM(b)',
      AlarmActions: [topic],
    });
    const at = Date.UTC(2022, 10, 6, 17, 43, 53, 496) / 1000;
    const from = { ...initialState(0), value: 'OK' } as const;
    const to = { value: 'ALARM', reason: 'forced test reason', updatedAt: at, transitionedAt: at } as const;
    const notification = alarmNotification({ alarm, identity, from, to, configuredAt: 0 });
    expect(notification.message).toBe(
      `{"AlarmName":"some-alarm-name","AlarmDescription":"Test dummy alarm","AWSAccountId":"111111111111","NewStateValue":"ALARM","NewStateReason":"forced test reason","StateChangeTime":"2022-11-06T17:43:53.496+0000","Region":"US East (N. Virginia)","AlarmArn":"arn:aws:cloudwatch:us-east-1:111111111111:alarm:some-alarm-name","OKActions":[],"AlarmActions":["${topic}"],"InsufficientDataActions":[],"OldStateValue":"OK","AlarmRule":"ALARM(a) OR ALARM(b)","TriggeringChildren":[]}`,
    );
    expect(notification.email).toBe(
      `You are receiving this email because your Amazon CloudWatch Alarm "some-alarm-name" in the US East (N. Virginia) region has transitioned to ALARM state on Sunday 06 November, 2022 17:43:53 UTC, because "forced test reason".

View this alarm in the AWS Management Console:
https://us-east-1.console.aws.amazon.com/cloudwatch/deeplink.js?region=us-east-1#alarmsV2:alarm/some-alarm-name

Alarm Details:
- Name:                       some-alarm-name
- Description:                Test dummy alarm
- State Change:               OK -> ALARM
- Alarm Rule:                 ALARM(a) OR ALARM(b)
- Reason for State Change:    forced test reason
- Timestamp:                  Sunday 06 November, 2022 17:43:53 UTC
- AWS Account:                111111111111
- Alarm Arn:                  arn:aws:cloudwatch:us-east-1:111111111111:alarm:some-alarm-name

Triggering children (max. 10):

State Change Actions:
- OK: 
- ALARM: [${topic}]
- INSUFFICIENT_DATA: 
`,
    );
    const { data } = actionTaken(alarm, at, { arn: topic, notification });
    const head = `{"actionState":"Succeeded","stateUpdateTimestamp":1667756633496,"notificationResource":"${topic}","publishedMessage":"{`;
    expect(data.startsWith(head)).toBe(true);
    expect(JSON.parse(JSON.parse(data).publishedMessage)).toEqual({
      default: notification.message,
      sms: 'ALARM: "some-alarm-name" in US East (N. Virginia)',
      email: notification.email,
    });
    expect(data.endsWith('","error":null}')).toBe(true);
  });

  it('is, of one metric, in a mail of the form that people got', () => {
    const { email } = alarmNotification({
      ...{
        alarm: breaching,
        identity,
        from: initialState(0),
        to: { ...initialState(60), value: 'ALARM' },
        configuredAt: 0,
      },
    });
    expect(email.slice(email.indexOf('Threshold:'))).toBe(`Threshold:
- The alarm is in the ALARM state when the metric is GreaterThanThreshold 2.0 for at least 2 of the last 2 period(s) of 10 seconds. 

Monitored Metric:
- MetricNamespace:                     test/ns
- MetricName:                          my-metric101
- Dimensions:                          [InstanceId = abc]
- Period:                              10 seconds
- Statistic:                           Average
- Unit:                                Seconds
- TreatMissingData:                    breaching


State Change Actions:
- OK: [${topic}]
- ALARM: [${topic}]
- INSUFFICIENT_DATA: 
`);
  });

  it('is, of a new alarm, in its history as was seen', () => {
    const alarm = alarmOf({
      AlarmName: 'throttled',
      AlarmDescription: 'API Alarm',
      Namespace: 'AWS/DynamoDB',
      MetricName: 'WriteThrottleEvents',
      Statistic: 'Sum',
      Period: 60,
      Dimensions: [{ Name: 'Operation', Value: 'PutItem' }],
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
      AlarmActions: [topic],
    });
    const at = Date.UTC(2022, 10, 2, 15, 55, 30, 959) / 1000;
    const item = configurationUpdate('Create', at, { alarm, identity, state: initialState(at), configuredAt: at });
    expect(item).toMatchObject({ summary: 'Alarm "throttled" created', type: 'ConfigurationUpdate' });
    expect(item.data).toBe(
      `{"version":"1.0","type":"Create","createdAlarm":{"alarmName":"throttled","alarmDescription":"API Alarm","alarmArn":"arn:aws:cloudwatch:us-east-1:111111111111:alarm:throttled","alarmConfigurationUpdatedTimestamp":"2022-11-02T15:55:30.959+0000","namespace":"AWS/DynamoDB","metricName":"WriteThrottleEvents","statistic":"Sum","period":60,"dimensions":[{"value":"PutItem","name":"Operation"}],"threshold":1.0,"comparisonOperator":"GreaterThanOrEqualToThreshold","evaluationPeriods":1,"stateValue":"INSUFFICIENT_DATA","stateUpdatedTimestamp":"2022-11-02T15:55:30.959+0000","actionsEnabled":true,"alarmActions":["${topic}"],"insufficientDataActions":[],"okactions":[]}}`,
    );
  });

  it('is kept as history', () => {
    const to: AlarmState = {
      value: 'ALARM',
      reason: 'r',
      reasonData: '{"version":"1.0","threshold":21.0,"evaluatedDatapoints":[{"sampleCount":2.0,"value":21.5}]}',
      updatedAt: 60,
      transitionedAt: 60,
    };
    const update = stateUpdate(breaching, initialState(0), to);
    expect(update).toMatchObject({
      alarmType: 'MetricAlarm',
      type: 'StateUpdate',
      at: 60,
      summary: 'Alarm updated from INSUFFICIENT_DATA to ALARM',
    });
    expect(update.data).toBe(
      `{"version":"1.0","oldState":{"stateValue":"INSUFFICIENT_DATA","stateReason":"Unchecked: Initial alarm creation"},"newState":{"stateValue":"ALARM","stateReason":"r","stateReasonData":${to.reasonData}}}`,
    );
    const plain = stateUpdate(breaching, initialState(0), { ...to, reasonData: 'by hand' });
    expect(JSON.parse(plain.data).newState.stateReasonData).toBe('by hand');
    expect(actionTaken(breaching, 60, { arn: topic, failure: 'no such topic' })).toMatchObject({
      type: 'Action',
      summary: `Failed to execute action ${topic}`,
    });
  });
});
