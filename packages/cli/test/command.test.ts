import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const provisioning = new URL('../../provisioning/src/index.ts', import.meta.url).href;
const tsx = createRequire(import.meta.url).resolve('tsx/cli');

/** Runs the real command as a child process, in a folder that is gone after the test. */
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'voice-campaign-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
};
const run = (cwd: string, ...args: readonly string[]) => {
  const all = [tsx, '--conditions=@voice-campaign/source', main, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
};

const config = (more = ''): string => `
  import { voiceCampaignMonitoring } from ${JSON.stringify(provisioning)};
  export const monitoring = voiceCampaignMonitoring;
  export const inputs = {
    projectName: 'voice-campaign', environment: 'test',
    lambdaFunctionNames: ['voice-campaign-test-dialer-worker', 'voice-campaign-test-dispatcher', 'voice-campaign-test-api-handler'],
    existingLogGroupNames: ['/aws/lambda/voice-campaign-test-dispatcher'],
    runbooksUrl: 'https://example.com/\${literal}',
    ${more}
  };`;
const configured = (more = ''): string => {
  const made = folder();
  writeFileSync(join(made, 'voice-campaign.config.ts'), config(more));
  return made;
};

describe('voice-campaign', { timeout: 60_000 }, () => {
  it('synth prints each way out on stdout alone, and warnings on stderr', () => {
    const made = configured();
    const terraform = run(made, 'synth', 'terraform');
    expect(terraform.status).toBe(0);
    expect(terraform.stdout).toContain('module "monitoring"');
    expect(terraform.stdout).toContain(
      'to = module.monitoring.aws_cloudwatch_log_group.this["/aws/lambda/voice-campaign-test-dispatcher"]',
    );
    expect(terraform.stdout).toContain('"https://example.com/$${literal}"');
    expect(terraform.stderr).toContain('warning: alarms: nobody hears of alarms');
    expect(terraform.stderr).not.toContain('sdk:');
    const template = run(made, 'synth', 'cloudformation');
    expect(JSON.parse(template.stdout)).toMatchObject({ AWSTemplateFormatVersion: '2010-09-09' });
    expect(JSON.parse(run(made, 'synth', 'json').stdout)).toMatchObject({ namespace: 'voice-campaign/test' });
    expect(JSON.parse(run(made, 'synth', 'document').stdout)).toMatchObject({ version: 1 });
  });

  it('leaves Terraform as terraform fmt does', (context) => {
    if (spawnSync('terraform', ['version']).status !== 0) context.skip('there is no terraform here: install it');
    const terraform = run(configured(), 'synth', 'terraform');
    const checked = spawnSync('terraform', ['fmt', '-check', '-diff', '-'], {
      input: terraform.stdout,
      encoding: 'utf8',
    });
    expect(checked).toMatchObject({ status: 0, stdout: '' });
  });

  it('of a contract of one’s own names its document, and no figures of another system', () => {
    const own = [
      '--config',
      fileURLToPath(new URL('../../../examples/quick-start/src/monitoring.ts', import.meta.url)),
    ];
    const terraform = run(folder(), ...own, 'synth', 'terraform');
    expect(terraform.stdout).toContain('= "${path.root}/monitoring.json"');
    expect(terraform.stderr).toContain('voice-campaign synth document > monitoring.json');
    const cost = run(folder(), ...own, 'cost', '--calls', '1000');
    expect(cost.stdout).toContain('1 dashboard,');
    expect(cost.stdout).not.toContain('The system said');
  });

  it('says everything that is wrong with the inputs, and ends with 1', () => {
    const { status, stdout, stderr } = run(configured("region: 'virginia', logRetentionDays: 31,"), 'synth', 'json');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('region: "virginia" is not a Region');
    expect(stderr).toContain('logRetentionDays: 31 is none');
  });

  it('lint ends with 0 where nothing is found, and with 1 where something is', () => {
    const made = configured();
    expect(run(made, 'lint')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Nothing is read that is not'),
      stderr: expect.stringContaining('warning: alarms: nobody hears of alarms'),
    });
    const budget = run(made, 'lint', '--budget', '10', '--format', 'json');
    expect(budget.status).toBe(1);
    expect(JSON.parse(budget.stdout).filter(({ severity }: { severity: string }) => severity !== 'note')).toMatchObject(
      [{ code: 'cardinality' }, { code: 'cardinality' }],
    );
  });

  it('lint checks what is deployed against log lines', () => {
    const made = folder();
    const widget = {
      type: 'metric',
      properties: { region: 'us-east-1', title: 'Calls', metrics: [['app/prod', 'Calls']] },
    };
    const DashboardBody = JSON.stringify({ widgets: [widget] });
    writeFileSync(join(made, 'dashboards.json'), JSON.stringify({ DashboardName: 'calls', DashboardBody }));
    writeFileSync(join(made, 'alarms.json'), JSON.stringify({ MetricAlarms: [] }));
    writeFileSync(join(made, 'emf.log'), 'a line\n');
    const files = ['--dashboards', 'dashboards.json', '--alarms', 'alarms.json', '--emf', 'emf.log'];
    const { status, stdout } = run(made, 'lint', ...files);
    expect(status).toBe(1);
    expect(stdout).toContain('nobody emits Calls in app/prod');
    expect(run(made, 'lint', '--alarms', 'alarms.json')).toMatchObject({ status: 2, stdout: '' });
    expect(run(made, 'lint', '--emf', 'none.log').stderr).toContain('none.log cannot be read');
  });

  it('cost estimates by line', () => {
    const made = configured();
    expect(run(made, 'cost').stdout).toMatch(/Total +│ +\$\d+\.\d\d/);
    const one = JSON.parse(run(made, 'cost', '--calls', '1000000', '--format', 'json').stdout);
    const ten = JSON.parse(run(made, 'cost', '--calls', '10000000', '--format', 'json').stdout);
    expect(ten.usd).toBeGreaterThan(one.usd);
  });

  it('ends with 2 and says what to change where it is called as it cannot be', () => {
    const made = folder();
    expect(run(made, 'cost')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('--config') });
    expect(run(made, '--config', 'none.ts', 'cost').stderr).toContain('there is no none.ts');
    expect(run(made, 'synth', 'pulumi')).toMatchObject({ status: 2, stdout: '' });
    writeFileSync(join(made, 'empty.ts'), 'export const inputs = {};');
    expect(run(made, '--config', 'empty.ts', 'cost').stderr).toContain('must export monitoring');
    expect(run(made, '--help').status).toBe(0);
  });
});
