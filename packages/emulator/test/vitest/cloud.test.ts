import { describe, expect, it } from 'vitest';
import { type AlarmTest, assertAlarmTest, describeAlarmTests, startCloud } from '../../src/vitest.ts';
import { handlerFile } from '../running-emulator.ts';

const load = {
  AlarmName: 'load-high',
  Namespace: 'voice/test',
  MetricName: 'ActiveCalls',
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 50,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
};
const measure = (cloud: Awaited<ReturnType<typeof startCloud>>, value: number) =>
  cloud.fetch(
    new Request(`${cloud.url}/_emulator/metrics`, {
      method: 'POST',
      body: JSON.stringify({ Namespace: 'voice/test', MetricData: [{ MetricName: 'ActiveCalls', Value: value }] }),
    }),
  );

const messageOf = (run: () => void): string => {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  throw new Error('it passed');
};

describe('a cloud in a test', () => {
  it('goes through a quarter of an hour in no time, and its alarms with it', async () => {
    const cloud = await startCloud({ start: new Date('2026-11-23T12:00:00Z') });
    await cloud.putAlarms([load, { AlarmName: 'campaign', AlarmRule: 'ALARM(load-high)' }]);
    expect(cloud.alarm('load-high')).toBeInState('INSUFFICIENT_DATA');
    await measure(cloud, 80);
    await cloud.clock.advance('1m');
    expect(cloud.alarm('load-high')).toBeInAlarm();
    expect(cloud.alarm('campaign')).toBeInAlarm();
    await cloud.clock.advance('15m');
    expect(cloud.alarm('load-high')).toBeInState('OK');
    expect(cloud.alarm('load-high')).not.toBeInAlarm();
    expect(cloud.alarm('load-high').history.map(({ type }) => type)).toEqual([
      'ConfigurationUpdate',
      'StateUpdate',
      'StateUpdate',
    ]);
  });

  it('says what it has in place of what was expected', async () => {
    const cloud = await startCloud();
    expect(() => expect(cloud).toHaveMetric('ActiveCalls')).toThrow('there is:\nno metric at all');
    await cloud.putAlarms([load]);
    await measure(cloud, 80);
    expect(cloud).toHaveMetric('ActiveCalls', 80);
    expect(cloud).toHaveMetric('voice/test ActiveCalls', { count: 1, maximum: 80 });
    expect(cloud).not.toHaveMetric('ActiveCalls', 80, { Trunk: 'a' });
    expect(messageOf(() => expect(cloud).toHaveMetric('ActiveCalls', 81))).toContain(
      'expected metric ActiveCalls {} with 81; there is:\nvoice/test ActiveCalls {} {"sum":80,"count":1,"minimum":80,"maximum":80}',
    );
    expect(messageOf(() => expect(cloud.alarm('load-high')).toBeInAlarm())).toContain(
      'expected alarm load-high to be in ALARM, it is in INSUFFICIENT_DATA: Unchecked: Initial alarm creation',
    );
    expect(messageOf(() => cloud.alarm('load'))).toContain('there is no alarm load: there are load-high');
    await expect(cloud.putAlarms([{ ...load, EvaluationPeriods: 0 }])).rejects.toThrow(
      'load-high: 1 validation error detected',
    );
  });

  it('compares sums with asymmetric matchers too, as of fractions', async () => {
    const cloud = await startCloud();
    for (const value of [0.1, 0.2]) await measure(cloud, value);
    expect(cloud).toHaveMetric('ActiveCalls', expect.closeTo(0.3));
    expect(cloud).toHaveMetric('ActiveCalls', { sum: expect.closeTo(0.3), count: expect.any(Number) });
    expect(cloud).not.toHaveMetric('ActiveCalls', { sum: expect.closeTo(0.4) });
    expect(messageOf(() => expect(cloud).toHaveMetric('ActiveCalls', expect.closeTo(0.4)))).toContain(
      'expected metric ActiveCalls {} with "NumberCloseTo 0.4 (2 digits)"; there is:\nvoice/test ActiveCalls {}',
    );
  });

  it('shows what may have been meant by a name that no metric has, AWS last', async () => {
    const cloud = await startCloud({ functions: [{ name: 'log-event', entry: handlerFile('log-event.ts') }] });
    await cloud.invoke('log-event', {});
    await measure(cloud, 80);
    const shown = (name: string) =>
      messageOf(() => expect(cloud).toHaveMetric(name))
        .split('\n')
        .slice(1)
        .map((line) => line.split(' ').slice(0, 2).join(' '));
    expect(shown('voice/tset ActiveCalls')).toEqual(['voice/test ActiveCalls']);
    expect(shown('voice/test ActivCalls')).toEqual(['voice/test ActiveCalls']);
    expect(shown('ActivCalls').slice(0, 2)).toEqual(['voice/test ActiveCalls', 'AWS/Lambda ConcurrentExecutions']);
  });

  it('refuses what is no cloud, no alarm and no date, and says so once it is stopped', async () => {
    const cloud = await startCloud();
    const alarm = "give it an alarm, as in cloud.alarm('answer-rate-low')";
    expect(messageOf(() => expect('low').toBeInAlarm())).toContain(`toBeInAlarm is asked of "low": ${alarm}`);
    expect(messageOf(() => expect(cloud).toBeInState('OK'))).toContain(
      `toBeInState is asked of another object: ${alarm}`,
    );
    expect(messageOf(() => expect(undefined).toHaveMetric('ActiveCalls'))).toContain('asked of undefined: give it an');
    expect(messageOf(() => expect(cloud.metrics).toHaveMetric('ActiveCalls'))).toContain(
      'asked of another object: give',
    );
    expect(messageOf(() => expect(Promise.resolve(cloud)).toHaveMetric('ActiveCalls'))).toContain(
      'asked of a promise: await it',
    );
    await expect(startCloud({ start: new Date('noon') })).rejects.toThrow(
      'start is no date: give one, as in new Date(',
    );
    await cloud.stop();
    await expect(cloud.idle()).rejects.toThrow('the emulator has been stopped: wait until it is idle before that');
  });

  it('runs functions, whose metrics its alarms see', async () => {
    const cloud = await startCloud({ functions: [{ name: 'log-event', entry: handlerFile('log-event.ts') }] });
    const errors = {
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: 'log-event' }],
    };
    await cloud.putAlarms([{ ...load, ...errors, AlarmName: 'invoked', Statistic: 'Sum', Threshold: 1 }]);
    for (const _ of [1, 2]) await cloud.invoke('log-event', {});
    await cloud.idle();
    await cloud.clock.advance('1m');
    expect(cloud).toHaveMetric('AWS/Lambda Invocations', { sum: 2 }, { FunctionName: 'log-event' });
    expect(cloud.alarm('invoked')).toBeInAlarm();
  });

  it('has what a function writes in the minute in which it was invoked', async () => {
    const start = new Date('2026-11-23T12:00:00Z');
    const worker = { name: 'worker', entry: handlerFile('campaign.ts'), handler: 'worker' };
    const cloud = await startCloud({ start, functions: [worker] });
    for (let minute = 0; minute < 20; minute += 1) {
      await cloud.invoke('worker', { Records: [{ messageId: 'm-1', body: 'dial' }] });
      await cloud.idle();
      await cloud.clock.advance('1m');
    }
    const minutesOf = (namespace: string, name: string, dimensions: Readonly<Record<string, string>>) =>
      cloud.metrics
        .samples({ namespace, name, dimensions })
        .map(({ timestamp }) => (timestamp - start.getTime()) / 60_000);
    const each = Array.from({ length: 20 }, (_, minute) => minute);
    expect(minutesOf('voice/test', 'TotalCalls', {})).toEqual(each);
    expect(minutesOf('AWS/Lambda', 'Invocations', { FunctionName: 'worker' })).toEqual(each);
    expect(minutesOf('AWS/Lambda', 'ConcurrentExecutions', { FunctionName: 'worker' })).toEqual(each);
    expect(cloud.logs.events().every(({ timestamp }) => timestamp % 60_000 === 0)).toBe(true);
  });
});

describe('clouds of concurrent tests', () => {
  const signal = () => {
    let give = () => {};
    const given = new Promise<void>((resolve) => {
      give = resolve;
    });
    return { give, given };
  };
  const [begun, ended] = [signal(), signal()];

  it.concurrent('end with their own test: one is over', async ({ onTestFinished }) => {
    await startCloud({ onTestFinished: (stop) => onTestFinished(() => stop().then(ended.give)) });
    await begun.given;
  });

  it.concurrent('end with their own test: another goes on', async ({ onTestFinished, expect }) => {
    await expect(startCloud()).rejects.toThrow('in a concurrent test startCloud cannot tell whose cloud it is: write');
    const cloud = await startCloud({ onTestFinished });
    begun.give();
    await ended.given;
    await expect(cloud.idle()).resolves.toBeUndefined();
  });
});

describe('an alarm over series', () => {
  const test: AlarmTest = {
    alarms: [load],
    series: { ActiveCalls: '40x3 80 40x2' },
    expect: { 'load-high': { '3m': 'OK', '4m': 'ALARM', '5m': 'OK' } },
  };

  it('is tested as the series would have it', () => {
    expect(assertAlarmTest(test)[0]?.changes.map(({ at, to }) => [at / 60, to])).toEqual([
      [1, 'OK'],
      [4, 'ALARM'],
      [5, 'OK'],
    ]);
  });

  it('fails with a picture, and where it cannot run with the reason', () => {
    expect(() => assertAlarmTest({ ...test, expect: { 'load-high': 'OKx6' } })).toThrow(
      / {3}state {2}OOOAOO[\s\S]* {3}\^/,
    );
    expect(() => assertAlarmTest({ ...test, series: {}, length: '1' })).toThrow('the test cannot run\nlength: ');
  });
});

describeAlarmTests(new URL('../alarm-tests/files/alarms.test.yaml', import.meta.url));
