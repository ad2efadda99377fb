import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { assertAlarmTest, loadAlarmTests, parseDocument } from '../../src/alarm-tests.ts';
import { runCommand } from '../../src/command/run-command.ts';

const fileOf = (name: string): string => new URL(`./files/${name}`, import.meta.url).pathname;

const written = (text: string): string => {
  const directory = mkdtempSync(join(tmpdir(), 'alarm-tests-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'a.test.yaml');
  writeFileSync(path, text);
  return path;
};

const command = async (...args: string[]) => {
  const [output, errors]: [string[], string[]] = [[], []];
  const streams = { out: (text: string) => void output.push(text), err: (text: string) => void errors.push(text) };
  const exitCode = await runCommand(args, streams);
  return { exitCode, output: output.join(''), errors: errors.join('') };
};

describe('a file of alarm tests', () => {
  it('runs over the alarms of a CloudFormation template in YAML', async () => {
    const tests = await loadAlarmTests(fileOf('alarms.test.yaml'));
    expect(tests.map(({ name }) => name)).toEqual([
      'pages when callers stop answering',
      'stays quiet while there are few calls',
    ]);
    for (const test of tests) assertAlarmTest(test);
  });

  it('runs over an answer of DescribeAlarms in JSON', async () => {
    const MetricAlarms = [
      {
        AlarmName: 'high',
        AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:high',
        ...{ Namespace: 'n', MetricName: 'Load', Statistic: 'Maximum', Period: 60, EvaluationPeriods: 1 },
        ...{ Threshold: 5, ComparisonOperator: 'GreaterThanThreshold', StateValue: 'OK', Dimensions: [] },
      },
    ];
    const expect = { high: { '1m': 'OK', '2m': 'ALARM' } };
    const tests = [{ name: 'one', series: { Load: '1 9' }, expect }];
    const [test] = await loadAlarmTests(written(JSON.stringify({ alarms: { MetricAlarms }, tests })));
    if (test === undefined) throw new Error('no test');
    assertAlarmTest(test);
  });

  it('is refused with the file and the place', async () => {
    const messageOf = (path: string) => loadAlarmTests(path).catch((error: Error) => error.message);
    expect(await messageOf(fileOf('none.yaml'))).toContain('ENOENT');
    expect(await messageOf(written('alarms: [\n'))).toContain('a.test.yaml: Flow sequence');
    expect(await messageOf(written('alarms: none.json\ntests: [{ name: a, series: {}, expect: { a: OK } }]'))).toMatch(
      /none\.json: ENOENT/,
    );
    expect(await messageOf(written('alarms: { Resources: {} }\ntests: []'))).toMatch(/tests: is missing/);
  });

  it('fails with a picture', async () => {
    const [test] = await loadAlarmTests(fileOf('failing.test.yaml'));
    if (test === undefined) throw new Error('no test');
    expect(() => assertAlarmTest(test)).toThrow(
      /production-answer-rate-low: IF\(total >= 20[\s\S]*●●●●●[\s\S]*at 1m: expected ALARM/,
    );
  });
});

describe('the command test-alarms', () => {
  it('says what passed and what did not, and ends with the code for it', async () => {
    const good = await command('test-alarms', fileOf('alarms.test.yaml'));
    expect(good).toMatchObject({ exitCode: 0, errors: '' });
    expect(good.output).toContain('  ok pages when callers stop answering\n');
    expect(good.output).toContain('2 passed, 0 failed\n');
    const both = await command('test-alarms', fileOf('alarms.test.yaml'), fileOf('failing.test.yaml'));
    expect(both.exitCode).toBe(1);
    expect(both.output).toContain('  FAILED is wrong about the minute\n    production-answer-rate-low: ');
    expect(both.output).toContain('2 passed, 1 failed\n');
    const missing = await command('test-alarms', fileOf('none.yaml'));
    expect(missing).toMatchObject({ exitCode: 1, errors: expect.stringContaining('ENOENT'), output: '' });
    const some = await command('test-alarms', fileOf('none.yaml'), fileOf('alarms.test.yaml'), fileOf('nor.yaml'));
    expect(some).toMatchObject({ exitCode: 1, output: expect.stringContaining('2 passed, 0 failed\n') });
    expect(some.errors).toMatch(/none\.yaml: ENOENT[\s\S]*nor\.yaml: ENOENT/);
  });
});

describe('documents in YAML', () => {
  it('have numbers as they are written: 0x5 of a series is no 5, and an account keeps its zeros', async () => {
    expect(parseDocument('[0x5, 0o7, 007, 012345678901, 1.10, 1e3, 5.0, -7, 0.5, 12, !Join ["", [0x5, 1]]]')).toEqual([
      ...['0x5', '0o7', '007', '012345678901', '1.10', '1e3', '5.0'],
      ...[-7, 0.5, 12, { 'Fn::Join': ['', ['0x5', 1]] }],
    ]);
    const low =
      '{ AlarmName: low, Namespace: n, MetricName: Load, Statistic: Sum, Period: 60.0, EvaluationPeriods: 1e0,';
    const alarms = `${low} Threshold: 5.50, ComparisonOperator: LessThanThreshold }`;
    const path = written(`alarms: ${alarms}\ntests: [{ name: 404, series: { Load: 0x5 }, expect: { low: ALARMx5 } }]`);
    const [test] = await loadAlarmTests(path);
    expect(test).toMatchObject({ series: { Load: '0x5' }, alarms: [{ Threshold: 5.5, Period: 60 }] });
    if (test !== undefined) assertAlarmTest(test);
  });

  it('have the short forms of functions in their long ones, whatever stands in them', () => {
    expect(
      parseDocument('a: !Sub [x, { y: !Ref z }]\nb: !GetAtt q.Arn\nc: !If [a, !Join ["", [b, !Ref c]], d]'),
    ).toEqual({
      a: { 'Fn::Sub': ['x', { y: { Ref: 'z' } }] },
      b: { 'Fn::GetAtt': 'q.Arn' },
      c: { 'Fn::If': ['a', { 'Fn::Join': ['', ['b', { Ref: 'c' }]] }, 'd'] },
    });
  });
});
