import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alarmsOfDocument } from '@voice-campaign/cloudwatch-engine/alarm-tests';
import { describe, expect, it, onTestFinished } from 'vitest';
import { renderCloudFormation } from '../../src/index.ts';
import { planned } from '../voice-campaign/deployment.ts';

const hasLint = spawnSync('cfn-lint', ['--version']).status === 0;
const lint = hasLint
  ? 'cfn-lint finds nothing'
  : 'cfn-lint finds nothing (skipped: there is no cfn-lint on this machine; pip install cfn-lint brings it)';

describe('the CloudFormation template of a plan', () => {
  it('has every alarm, with the topic by reference, and composite alarms after their children', () => {
    const plan = planned();
    const { Resources } = renderCloudFormation(plan);
    const ofType = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type);
    expect(ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties.AlarmName)).toEqual(
      plan.metricAlarms.map(({ AlarmName }) => AlarmName),
    );
    expect(JSON.stringify(Resources)).not.toContain(plan.topic.arn);
    for (const { DependsOn = [] } of ofType('AWS::CloudWatch::CompositeAlarm')) {
      expect(DependsOn.length).toBeGreaterThan(0);
      expect(DependsOn.filter((id) => Resources[id]?.Type !== 'AWS::CloudWatch::Alarm')).toEqual([]);
    }
  });

  it('holds the alarms that the engine reads out of it again', () => {
    const plan = planned();
    const read = alarmsOfDocument(JSON.parse(JSON.stringify(renderCloudFormation(plan))), {
      values: { 'AWS::Region': 'us-east-1', 'AWS::AccountId': '123456789012', AlarmTopic: plan.topic.arn },
    });
    expect(read).toMatchObject({ ok: true });
    const names = read.ok ? read.alarms.map(({ AlarmName }) => AlarmName) : [];
    expect(names).toEqual([...plan.metricAlarms, ...plan.compositeAlarms].map(({ AlarmName }) => AlarmName));
  });

  it('is refused where it would be larger than a template can be', () => {
    const lambdaFunctionNames = Array.from({ length: 200 }, (_, index) => `fn-${index}`);
    expect(() => renderCloudFormation(planned({ lambdaFunctionNames }))).toThrow('a CloudFormation template takes 500');
  });

  it.skipIf(!hasLint)(lint, { timeout: 120_000 }, () => {
    const directory = mkdtempSync(join(tmpdir(), 'voice-template-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = join(directory, 'template.json');
    writeFileSync(file, JSON.stringify(renderCloudFormation(planned())));
    const { status, stdout } = spawnSync('cfn-lint', ['--regions', 'us-east-1', '--', file], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});
