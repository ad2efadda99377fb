import { voiceCampaign } from '@voice-campaign/metrics-schema';
import {
  type DeploymentInputs,
  plan,
  renderCloudFormation,
  renderTerraform,
  voiceCampaignMonitoring,
} from '@voice-campaign/provisioning';
import { type ApplyClients, applyPlan } from '@voice-campaign/provisioning/apply';
import { Monitoring } from '@voice-campaign/provisioning/cdk';
import { estimateCost } from '@voice-campaign/provisioning/cost';
import { lintPlan } from '@voice-campaign/provisioning/lint';
import { Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

const inputs: DeploymentInputs = {
  projectName: 'voice-campaign',
  environment: 'production',
  lambdaFunctionNames: ['voice-campaign-production-dialer-worker'],
};
const planned = plan(voiceCampaignMonitoring, inputs); // planned.warnings: what a way out cannot express, and why

// A template for any account and Region, and a root module that calls the Terraform module.
export const template = renderCloudFormation(planned);
export const rootModule = renderTerraform(inputs, { source: './terraform/modules/monitoring' });

// In a stack, with functions and queues in the place of their names.
export class CallsStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const dialer = LambdaFunction.fromFunctionName(this, 'Dialer', 'voice-campaign-production-dialer-worker');
    const { projectName, environment } = inputs;
    new Monitoring(this, 'Monitoring', { projectName, environment, functions: { 'dialer-worker': dialer } });
  }
}

// By the SDK's clients, of an account or an emulator: what is there is updated or left alone, nothing is deleted.
export const preview = (clients: ApplyClients) => applyPlan(planned, clients, { dryRun: true });

// Before any of it: what is emitted and not read, and what it will cost.
export const findings = lintPlan(planned, voiceCampaign);
export const estimate = estimateCost(planned, voiceCampaign, { callsPerMonth: 1_000_000 });
