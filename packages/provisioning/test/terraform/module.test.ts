import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { compile, defineMonitoring, planDocument, voiceCampaignMonitoring } from '../../src/index.ts';
import { withDefaults } from '../../src/plan/inputs.ts';
import { inputs } from '../voice-campaign/deployment.ts';
import { canonicalPlan, canonicalResources } from './canonical.ts';
import { everythingMonitoring } from './everything.ts';
import { moduleArguments } from './module-arguments.ts';
import { hasTerraform, moduleFolder, planModules, terraform, terraformSuite } from './terraform.ts';

const variables = readFileSync(join(moduleFolder, 'variables.tf'), 'utf8');
const declared = [...variables.matchAll(/^variable "(\w+)"/gm)].map(([, name = '']) => name);

describe('the variables of the module', () => {
  it('are the inputs of a plan, and the file of another definition', () => {
    const optional = {
      ...{ asteriskInstanceId: '', rdsInstanceId: '', pagerDutyIntegrationKey: '', kmsKey: '', eventTargetArn: '' },
      slackChannel: { workspaceId: '', channelId: '' },
    };
    const all = Object.keys(moduleArguments({ ...withDefaults(inputs), ...optional }));
    expect([...all, 'contract_file'].sort()).toEqual([...declared].sort());
  });
});

describe('the documentation of the module', () => {
  it.each(['README.md', 'XRAY_LAMBDA_SETUP.md'])('names files that exist: %s', (page) => {
    const text = readFileSync(join(moduleFolder, page), 'utf8');
    const linked = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => join(moduleFolder, path));
    const tests = [...text.matchAll(/`(packages\/[^`]+)`/g)].map(([, path = '']) =>
      join(moduleFolder, '../../..', path),
    );
    expect(linked.length).toBeGreaterThan(0);
    expect([...linked, ...tests].filter((path) => !existsSync(path))).toEqual([]);
    expect(tests.filter((path) => !path.endsWith('.test.ts'))).toEqual([]);
  });
});

describe.skipIf(!hasTerraform)(terraformSuite('the module’s own files'), () => {
  it('are formatted', () => {
    const run = () => execFileSync('terraform', ['fmt', '-check', '-recursive', moduleFolder], { stdio: 'pipe' });
    expect(run).not.toThrow();
  });

  it('are valid, and pass terraform’s own tests', { timeout: 60_000 }, async () => {
    expect(await terraform('validate', moduleFolder)).toContain('Success');
    expect(await terraform('test', moduleFolder)).toMatch(/[1-9]\d* passed, 0 failed/);
  });

  it('are applied in the system’s own example, leave nothing to do, and are destroyed', {
    timeout: 60_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'complete-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const example = readFileSync(join(moduleFolder, 'examples/complete/main.tf'), 'utf8');
    writeFileSync(join(folder, 'main.tf'), example.replace('"../.."', JSON.stringify(moduleFolder)));
    expect(await terraform('apply', folder, '-auto-approve')).toMatch(/Apply complete! Resources: 5\d added/);
    expect(await terraform('plan', folder)).toContain('No changes');
    expect(await terraform('destroy', folder, '-auto-approve')).toMatch(/Destroy complete! Resources: 5\d destroyed/);
  });

  it('adopt log groups that exist', { timeout: 60_000 }, async () => {
    const copy = mkdtempSync(join(tmpdir(), 'adopt-'));
    onTestFinished(() => rmSync(copy, { recursive: true }));
    cpSync(moduleFolder, copy, { recursive: true });
    const planned = await terraform('plan', join(copy, 'examples/adopt'));
    expect(planned).toMatch(/Plan: 1 to import, \d+ to add, /);
  });
});

describe.skipIf(!hasTerraform)(terraformSuite('the module, beside a plan of the same inputs,'), () => {
  it('makes the same of a definition with everything that a definition can have', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'everything-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const contractFile = join(folder, 'contract.json');
    const document = compile(everythingMonitoring);
    writeFileSync(contractFile, JSON.stringify(document));
    // More functions than a graph has lines for: their logs are read all the same.
    const more = ['Sms_Sender', ...Array.from({ length: 12 }, (_, index) => `worker-${index}`)];
    const lambdaFunctionNames = [...(inputs.lambdaFunctionNames ?? []), ...more];
    const change = { ...inputs, lambdaFunctionNames, restApiNames: ['Calls (v1) \\ all'], anomalyDetection: true };
    const [resources = []] = await planModules([{ ...moduleArguments(change), contract_file: contractFile }]);
    expect(canonicalResources(resources)).toEqual(canonicalPlan(planDocument(document, change)));
  });

  it('splits dashboards where there are more functions than a variable can list', { timeout: 120_000 }, async () => {
    const { contract, dashboards } = voiceCampaignMonitoring;
    const { 'system-health': health } = withoutAlarms(dashboards);
    const small = defineMonitoring(contract, () => ({ alarms: {}, dashboards: { ...(health && { health }) } }));
    const folder = mkdtempSync(join(tmpdir(), 'many-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const contractFile = join(folder, 'contract.json');
    const document = compile(small);
    writeFileSync(contractFile, JSON.stringify(document));
    const lambdaFunctionNames = Array.from({ length: 501 }, (_, index) => `voice-campaign-production-fn-${index}`);
    const change = { ...inputs, lambdaFunctionNames, manageLogGroups: false };
    const [resources = []] = await planModules([{ ...moduleArguments(change), contract_file: contractFile }]);
    const split = canonicalPlan(planDocument(document, change));
    expect(split.filter(({ name }) => String(name).endsWith('-2')).length).toBeGreaterThan(0);
    expect(canonicalResources(resources)).toEqual(split);
  });

  it('refuses a roll-up of roll-ups, which Terraform cannot make', { timeout: 60_000 }, async () => {
    const { contract, alarms } = voiceCampaignMonitoring;
    const shared = { kind: 'roll-up', severity: 'critical', description: 'd', runbook: 'r.md' } as const;
    const nested = { some: { ...shared, any: ['answer-rate'] }, all: { ...shared, any: ['some'] } } as const;
    const document = compile(defineMonitoring(contract, () => ({ alarms: { ...alarms, ...nested } })));
    const folder = mkdtempSync(join(tmpdir(), 'nested-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const contractFile = join(folder, 'contract.json');
    writeFileSync(contractFile, JSON.stringify(document));
    expect(planDocument(document, inputs).warnings).toContainEqual(expect.objectContaining({ code: 'parity' }));
    await expect(planModules([{ ...moduleArguments(inputs), contract_file: contractFile }])).rejects.toThrow(
      /A roll-up of roll-ups cannot be made here/,
    );
  });

  it('is of another Region where the provider is', { timeout: 60_000 }, async () => {
    const change = { ...inputs, region: 'eu-central-1' };
    const [resources = []] = await planModules([moduleArguments(change)], 'eu-central-1');
    expect(canonicalResources(resources)).toEqual(
      canonicalPlan(planDocument(compile(voiceCampaignMonitoring), change)),
    );
  });
});

type Dashboards = typeof voiceCampaignMonitoring.dashboards;

/** Alarms that are not there cannot be shown. */
const withoutAlarms = (dashboards: Dashboards): Dashboards =>
  Object.fromEntries(
    Object.entries(dashboards).map(([name, { rows }]) => [
      name,
      {
        rows: rows.map((row) => ({
          ...row,
          widgets: row.widgets
            .filter(({ kind }) => kind !== 'alarms')
            .map((widget) => ('thresholds' in widget ? { ...widget, thresholds: [] } : widget)),
        })),
      },
    ]),
  );
