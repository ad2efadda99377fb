import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SNSClient } from '@aws-sdk/client-sns';
import { XRayClient } from '@aws-sdk/client-xray';
import type { Emulator } from '@voice-campaign/emulator';
import type { MonitoringPlan } from '@voice-campaign/provisioning';
import { type Applied, type ApplyOptions, applyPlan } from '@voice-campaign/provisioning/apply';
import { clientOf } from '../demo/deployment.ts';

/** Applies a plan to an emulator as it would be applied to an account: by the SDK's own clients. */
export async function applyLocally(
  plan: MonitoringPlan,
  emulator: Pick<Emulator, 'url'>,
  options: ApplyOptions = {},
): Promise<Applied> {
  const config = clientOf(emulator);
  const clients = {
    cloudWatch: new CloudWatchClient(config),
    sns: new SNSClient(config),
    logs: new CloudWatchLogsClient(config),
    xray: new XRayClient(config),
  };
  try {
    return await applyPlan(plan, clients, { quotas: 'none', ...options });
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}
