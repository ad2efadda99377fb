import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CallsStack } from '../../infra/cdk/calls-stack.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const hasTerraform = spawnSync('terraform', ['version']).status === 0;
const names = ['api-handler', 'campaign-pauser', 'dialer-worker', 'dispatcher', 'sms-worker'];

type Planned = { readonly type: string; readonly index?: string; readonly values: Readonly<Record<string, unknown>> };

const suite = 'the Terraform of the example';
describe.skipIf(!hasTerraform)(hasTerraform ? suite : `${suite} (skipped: there is no terraform here)`, () => {
  const planned = (): readonly Planned[] => {
    const env = {
      ...process.env,
      TF_VAR_store_url: 'https://store.example',
      TF_VAR_telephony_url: 'https://calls.example',
    };
    const run = here('../../../../tools/terraform-offline/run');
    const folder = here('../../infra/terraform');
    return JSON.parse(
      execFileSync(run, ['plan-json', folder], { env, encoding: 'utf8', maxBuffer: 2 ** 28, stdio: 'pipe' }),
    );
  };

  it('traces every function, watches it, and lets it do only what it does', { timeout: 60_000 }, () => {
    const resources = planned();
    const of = (type: string) => resources.filter((each) => each.type === type);
    const functions = of('aws_lambda_function');
    expect(functions.map(({ index }) => index).sort()).toEqual(names);
    expect(functions.every(({ values }) => JSON.stringify(values.tracing_config).includes('Active'))).toBe(true);
    expect(of('aws_api_gateway_stage')[0]?.values.xray_tracing_enabled).toBe(true);
    expect(
      of('aws_cloudwatch_log_group')
        .map(({ index }) => index)
        .sort(),
    ).toEqual(names.map((name) => `/aws/lambda/voice-campaign-production-${name}`));
    expect(of('aws_cloudwatch_dashboard')).toHaveLength(4);
    const policies = of('aws_iam_role_policy').map(({ values }) => JSON.parse(String(values.policy ?? '{}')));
    const known = policies.filter(({ Statement }) => Statement !== undefined);
    expect(known.length).toBeGreaterThan(0);
    const actions = known.flatMap(({ Statement }) => Statement.flatMap(({ Action }: { Action: string }) => Action));
    expect(actions.filter((action: string) => action.includes('*'))).toEqual([]);
  });
});

describe('the CDK of the example', () => {
  it('traces every function, watches it, and grants no more than it does', () => {
    const bundles = mkdtempSync(join(tmpdir(), 'bundles-'));
    onTestFinished(() => rmSync(bundles, { recursive: true }));
    // An empty archive.
    for (const name of names)
      writeFileSync(join(bundles, `${name}.zip`), Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex'));
    const urls = { storeUrl: 'https://store.example', telephonyUrl: 'https://calls.example' };
    const stack = new CallsStack(new App(), 'Calls', { environment: 'production', bundles, ...urls });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Lambda::Function', names.length);
    template.allResourcesProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
    template.hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: true });
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 4);
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'lambda',
      FilterPolicyScope: 'MessageBody',
      FilterPolicy: { AlarmName: ['voice-campaign-production-warning-opt-out-rate'] },
    });
    const policies = Object.values(template.findResources('AWS::IAM::Policy'));
    const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(statements.flatMap(({ Action }) => Action)).not.toContain('*');
  });
});
