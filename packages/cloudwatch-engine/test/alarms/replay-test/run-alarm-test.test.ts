import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AlarmTest,
  alarmsOfDocument,
  readAlarmTestFile,
  replayAlarm,
  runAlarmTest,
} from '../../../src/alarm-tests.ts';

const stat = (Id: string, MetricName: string) => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { Namespace: 'voice', MetricName }, Period: 60, Stat: 'Sum' },
});
const rate = {
  AlarmName: 'answer-rate-low',
  Metrics: [
    stat('answered', 'AnsweredCalls'),
    stat('total', 'TotalCalls'),
    { Id: 'rate', Expression: '100 * answered / total' },
  ],
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  Threshold: 20,
  ComparisonOperator: 'LessThanThreshold',
  TreatMissingData: 'notBreaching',
};
const load = {
  AlarmName: 'load-high',
  Namespace: 'voice',
  MetricName: 'ActiveCalls',
  Dimensions: [{ Name: 'Trunk', Value: 'a' }],
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 50,
  ComparisonOperator: 'GreaterThanThreshold',
};
const series = { AnsweredCalls: '5x5 1x4 _x3 6+1x8', TotalCalls: '10x20' };
const outcomeOf = (test: Partial<AlarmTest>) => runAlarmTest({ alarms: [rate], series, expect: {}, ...test });
const issuesOf = (test: Partial<AlarmTest>) => {
  const outcome = outcomeOf(test);
  return outcome.kind === 'invalid' ? outcome.issues.map(({ code, where }) => `${where}: ${code}`) : [outcome.kind];
};

describe('a test of alarms', () => {
  it('passes where every state is as expected, at moments, over spans and step by step', () => {
    const expected = ['OKx6 ALARMx7 OKx7', { '0m': 'I', '6m': 'O', '7m..13m': 'A', '14m..20m': 'OK' }];
    for (const each of expected) expect(outcomeOf({ expect: { 'answer-rate-low': each } }).kind).toBe('passed');
  });

  it('fails with a picture of series, threshold and states', () => {
    const outcome = outcomeOf({ expect: { 'answer-rate-low': { '6m': 'OK', '12m..13m': 'OK' } } });
    expect(outcome.kind === 'failed' ? outcome.message : outcome.kind).toMatchInlineSnapshot(`
      "answer-rate-low: 100 * answered / total < 20 in 2 of 3 periods of 60 s, missing data notBreaching
           130 ┤                   ○
               │                 ○○
               │               ○○
               │             ○○
               │○○○○○       ○
               │
            20 ┤╌╌╌╌╌●●●●╌╌╌╌╌╌╌╌╌╌╌
             0 ┤         ●●●
               └┬─────────┬─────────
                1m        11m
         state  OOOOOOAAAAAAAOOOOOOO
      expected  ·····O·····OO·······
                           ^^
      at 12m: expected OK, was ALARM since 7m: Threshold Crossed: 2 out of the last 3 datapoints [10.0 (05/01/26 00:06:00), 10.0 (05/01/26 00:05:00)] were less than the threshold (20.0) (minimum 2 datapoints for OK -> ALARM transition)."
    `);
  });

  it('fails at the step after a change too, not only at the ends of a span', () => {
    const outcome = outcomeOf({ expect: { 'answer-rate-low': { '6m..14m': 'OK' } } });
    expect(outcome.kind === 'failed' && outcome.message).toContain('at 7m: expected OK, was ALARM since 7m');
  });

  it('draws the part of a long test in which it fails', () => {
    const long = { AnsweredCalls: '5x500 0x10 5x500', TotalCalls: '10x1010' };
    const outcome = outcomeOf({ series: long, expect: { 'answer-rate-low': { '505m': 'OK' } } });
    const message = outcome.kind === 'failed' ? outcome.message : '';
    expect(message).toContain('8h25m: expected OK, was ALARM since 8h22m');
    expect(
      Math.max(
        ...message
          .split('\n')
          .slice(1, -1)
          .map((line) => line.length),
      ),
    ).toBeLessThan(90);
    expect(message).toMatch(/┤ {25}●{10}$/m);
  });

  it('writes numbers at the axis so that they differ and are short, one where there is but one', () => {
    const axisOf = (Threshold: number, ActiveCalls: string) => {
      const alarms = [{ ...load, Threshold, TreatMissingData: 'notBreaching' }];
      const outcome = outcomeOf({ alarms, series: { ActiveCalls }, expect: { 'load-high': { '1m': 'I' } } });
      const message = outcome.kind === 'failed' ? outcome.message : '';
      return [...message.matchAll(/^ *(\S+) ┤/gm)].map(([, label]) => label);
    };
    expect(axisOf(0, '0x3')).toEqual(['0']);
    expect(axisOf(1000.5, '1000 1001')).toEqual(['1001', '1000.5', '1000']);
    expect(axisOf(1e15, '123456789x3 2e20')).toEqual(['2e20', '1e15']);
    expect(axisOf(0.5, '0.123456 123456.7')).toEqual(['123500', '0.5']);
  });

  it('draws a band by its edges, and alarms without a series by their states', () => {
    const banded = {
      AlarmName: 'odd',
      Metrics: [
        { ...stat('total', 'TotalCalls'), ReturnData: true },
        { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(total, 2)' },
      ],
      EvaluationPeriods: 1,
      ThresholdMetricId: 'band',
      ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
    };
    const any = { AlarmName: 'any', AlarmRule: 'ALARM(odd) OR ALARM(answer-rate-low)' };
    const outcome = outcomeOf({
      alarms: [rate, banded, any],
      series: { ...series, TotalCalls: '10 11x9 10x9 40' },
      expect: { odd: { '20m': 'OK' }, any: { '20m': 'OK' } },
    });
    const message = outcome.kind === 'failed' ? outcome.message : '';
    expect(message).toContain('odd: Sum of TotalCalls outside ANOMALY_DETECTION_BAND(total, 2)');
    expect(message).toContain('any: ALARM(odd) OR ALARM(answer-rate-low)');
    expect(message.match(/at 20m: expected OK, was ALARM/g)).toHaveLength(2);
  });

  it('takes short intervals, and percentiles with few samples', () => {
    const fast = { ...load, AlarmName: 'fast', Period: 10, EvaluationPeriods: 1 };
    const few = { ...load, Statistic: undefined, ExtendedStatistic: 'p90', EvaluateLowSampleCountPercentile: 'ignore' };
    const outcome = outcomeOf({
      alarms: [fast, few],
      interval: '10s',
      series: { ActiveCalls: '1x30 99x6 1x24' },
      expect: { fast: { '5m10s': 'OK', '5m20s..6m10s': 'ALARM', '6m20s': 'OK' }, 'load-high': { '8m': 'I' } },
    });
    expect(outcome).toMatchObject({ kind: 'passed' });
  });

  it('says everything that keeps it from running', () => {
    expect(
      issuesOf({
        alarms: [rate, { ...load, Period: 61 }, { AlarmName: 'c', AlarmRule: 'ALARM(none)' }],
        series: { AnsweredCalls: '1x3', Other: '1', TotalCalls: 'one' },
        interval: 'often',
        expect: { 'answer-rate-low': { noon: 'OK', '1m': 'FINE' }, nobody: 'OKx3' },
      }),
    ).toEqual([
      'interval: duration',
      'alarm load-high, Period: period',
      'alarm c: unknown-child',
      'series "Other": metric-unknown',
      'series "TotalCalls": item',
      'expect answer-rate-low: moment',
      'expect answer-rate-low: state',
      'expect nobody: alarm-unknown',
    ]);
    expect(issuesOf({ expect: { 'answer-rate-low': { '1h': 'OK' } } })).toEqual([
      'expect answer-rate-low: after-the-end',
    ]);
  });

  it('is refused where it can only pass or fail by itself: alarms or metrics named twice, states that none can have', () => {
    const twice = { AnsweredCalls: '5x5', 'voice AnsweredCalls': '1x5' };
    const impossible = { '1m..3m': 'OK', '3m..4m': 'ALARM', '4m': 'ALARM' };
    expect(issuesOf({ alarms: [rate, load, { ...rate, Threshold: 99 }] })).toEqual([
      'alarm answer-rate-low: alarm-twice',
    ]);
    expect(issuesOf({ series: twice })).toEqual(['series "voice AnsweredCalls": metric-twice']);
    expect(issuesOf({ expect: { 'answer-rate-low': impossible } })).toEqual(['expect answer-rate-low: contradiction']);
    for (const nothing of ['', ' ', {}]) {
      expect(issuesOf({ expect: { 'answer-rate-low': nothing } })).toEqual(['expect answer-rate-low: nothing']);
    }
  });

  it('says what is wrong, not what follows from it', () => {
    const expected = { 'answer-rate-low': 'OKx20' };
    expect(issuesOf({ alarms: [{ ...rate, EvaluationPeriods: 0 }], expect: expected })).toEqual([
      'alarm answer-rate-low, EvaluationPeriods: too-small',
    ]);
    const typo = outcomeOf({ series: { AnswredCalls: '5x20' }, expect: expected });
    expect(typo).toMatchObject({
      message:
        'series "AnswredCalls": is read by no alarm of the test: they read voice AnsweredCalls, voice TotalCalls',
    });
    expect(outcomeOf({ series: {}, expect: expected })).toMatchObject({
      message:
        'expect answer-rate-low: expects something at 20m, and the test ends at 0m: lengthen a series, or set length',
    });
  });

  it('takes alarms of any account and Region, whose composite alarms name the others by ARN', () => {
    const arn = 'arn:aws:cloudwatch:eu-west-1:999988887777:alarm:answer-rate-low';
    const of = (AlarmRule: string) =>
      outcomeOf({ alarms: [rate, { AlarmName: 'any', AlarmRule }], expect: { any: 'OKx6 ALARMx7 OKx7' } });
    const outcome = of(`ALARM("${arn}")`);
    expect(outcome.kind === 'passed' ? outcome.replayed[1]?.changes[1]?.reason : outcome).toContain(arn);
    expect(of(`ALARM("${arn}") OR ALARM("${arn.replace('99998888', '11112222')}")`)).toMatchObject({
      message: expect.stringContaining('another AWS account (name alarms of the same account and region)'),
    });
    expect(of('ALARM(none)')).toMatchObject({ message: expect.stringContaining('(list it among the alarms of the') });
  });

  it('finds metrics by their names, and says where a name may be several', () => {
    const other = { ...load, AlarmName: 'b', Dimensions: [{ Name: 'Trunk', Value: 'b' }] };
    const of = (...names: string[]) =>
      issuesOf({ alarms: [load, other], series: Object.fromEntries(names.map((name) => [name, '1'])) });
    expect(of('ActiveCalls')).toEqual(['series "ActiveCalls": metric-unclear']);
    expect(of('ActiveCalls{Trunk=a}', 'voice ActiveCalls{ Trunk = "b" }')).toEqual(['passed']);
    expect(of('ActiveCalls{Trunk=c}')).toEqual(['series "ActiveCalls{Trunk=c}": metric-unknown']);
    expect(of('ActiveCalls{Trunk}')).toEqual(['series "ActiveCalls{Trunk}": metric-name']);
  });

  it('feeds a Metrics Insights query with metrics that are named in full', () => {
    const Expression = 'SELECT MAX(ActiveCalls) FROM SCHEMA(voice, Trunk) GROUP BY Trunk ORDER BY MAX() DESC';
    const trunks = {
      AlarmName: 'any-trunk',
      Metrics: [{ Id: 'q', Expression, Period: 60 }],
      EvaluationPeriods: 1,
      Threshold: 50,
      ComparisonOperator: 'GreaterThanThreshold',
    };
    const outcome = outcomeOf({
      alarms: [trunks],
      series: { 'voice ActiveCalls{Trunk=a}': '1x5', 'voice ActiveCalls{Trunk=b}': '1x2 99 1x2' },
      expect: { 'any-trunk': 'OKx2 ALARM OKx2' },
    });
    expect(outcome.kind === 'passed' ? 'passed' : outcome.message).toBe('passed');
    expect(outcomeOf({ alarms: [trunks], series: { ActiveCalls: '1' } })).toMatchObject({
      message: expect.stringContaining('what a Metrics Insights query selects is named with its namespace, as in'),
    });
  });

  it('is not needed to see what an alarm makes of series', () => {
    const { states, changes } = replayAlarm(load, { ActiveCalls: '40x2 80x3 40' });
    expect(states).toEqual(['OK', 'OK', 'OK', 'ALARM', 'ALARM', 'OK']);
    expect(changes.at(-1)).toMatchObject({ at: 360, from: 'ALARM', to: 'OK', reason: expect.stringContaining('40.0') });
    expect(() => replayAlarm({ ...load, Period: 61 }, { Other: '1' })).toThrow(
      /Period: .*\nseries "Other": is read by no/,
    );
  });

  it('is refused where an object without a text of its own stands for one', () => {
    const untold = JSON.parse('{ "toString": 1, "valueOf": 1 }');
    const alarm = { AlarmName: 'low', Namespace: { Ref: untold }, MetricName: { 'Fn::Select': [untold, ['a']] } };
    const test = { start: untold, interval: untold, length: untold, expect: { low: [untold] } };
    const file = readAlarmTestFile({ alarms: [alarm], tests: [test] });
    expect(file.ok || file.issues.map(({ code }) => code)).toEqual(['start']);
    const Properties = { ...alarm, Dimensions: [{ Name: 'a', Value: { 'Fn::Join': ['-', [untold]] } }] };
    const template = alarmsOfDocument({ Resources: { low: { Type: 'AWS::CloudWatch::Alarm', Properties } } });
    expect(template.ok || template.issues.map(({ message }) => message).join()).toContain('{"toString":1,"valueOf":1}');
  });

  it('is read or refused, whatever the document', () => {
    const anyText = fc.oneof(fc.constantFrom('7x3', '5m', 'OK', 'ALARM(a)', 'a', '60'), fc.string());
    const key = fc.constantFrom(
      ...[
        'AlarmName',
        'AlarmRule',
        'Metrics',
        'Period',
        'Resources',
        'Type',
        'Properties',
        'Ref',
        'Fn::Sub',
        'Fn::Join',
      ],
      ...['MetricAlarms', 'tests', 'alarms', 'series', 'expect', 'name', 'start', 'MetricStat', 'Dimensions', 'values'],
      ...['toString', 'valueOf', 'Fn::GetAtt', 'Fn::Select', 'Fn::ImportValue', 'length', 'interval'],
    );
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 5 },
        anyText,
        fc.constantFrom(null, 0, true, 'AWS::CloudWatch::Alarm'),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(key, tie('any'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(any, (document) => {
        const [alarms, file] = [alarmsOfDocument(document), readAlarmTestFile(document)];
        if (!alarms.ok) expect(alarms.issues[0].message).not.toBe('');
        else expect(runAlarmTest({ alarms: alarms.alarms, series: {}, expect: {} }).kind).toMatch(/invalid|passed/);
        if (!file.ok) expect(file.issues[0].message).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });
});
