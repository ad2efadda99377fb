import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DeploymentInputs, renderTerraform } from '../../src/index.ts';
import { inputs, planned } from '../voice-campaign/deployment.ts';
import { canonicalPlan, canonicalResources } from './canonical.ts';
import { hasTerraform, moduleFolder, terraform, terraformSuite } from './terraform.ts';

describe.skipIf(!hasTerraform)(terraformSuite('a root module that is rendered'), () => {
  it('plans what `plan` plans, and imports the log groups that exist', { timeout: 60_000 }, async () => {
    const change: Partial<DeploymentInputs> = {
      accountId: '123456789012',
      existingLogGroupNames: ['/aws/lambda/voice-campaign-production-dispatcher'],
      alarmOverrides: { 'answer-rate': { threshold: 10, missingData: 'ignore' }, 'no-calls': { enabled: false } },
      slackChannel: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' },
      alarmSubscriptions: [{ protocol: 'https', endpoint: 'https://example.com/a?b=${c}', severities: ['critical'] }],
      lambdaTimeoutsMs: { 'voice-campaign-production-dispatcher': 1000 },
      tags: { Note: 'say -- it' },
    };
    const folder = mkdtempSync(join(tmpdir(), 'rendered-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'main.tf'), renderTerraform({ ...inputs, ...change }, { source: moduleFolder }));
    const resources = JSON.parse(await terraform('plan-json', folder));
    expect(canonicalResources(resources)).toEqual(canonicalPlan(planned(change)));
    expect(await terraform('plan', folder)).toContain('1 to import');
  });
});
