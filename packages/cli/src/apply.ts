import { plan } from '@voice-campaign/provisioning';
import { type Applied, applyPlan } from '@voice-campaign/provisioning/apply';
import { awsClients, isLocalEndpoint } from './aws-clients.ts';
import { loadConfig } from './load-config.ts';
import { UsageError } from './usage-error.ts';

export type ApplyCommand = {
  readonly config?: string;
  readonly endpoint: string;
  readonly region?: string;
  readonly dryRun?: boolean;
};

/** Brings the plan about in an emulator. An account is changed by what is reviewed: Terraform or CloudFormation. */
export const applyLocally = async ({ config, endpoint, region, dryRun }: ApplyCommand): Promise<Applied> => {
  if (!isLocalEndpoint(endpoint)) {
    throw new UsageError(
      `${endpoint} is not on this machine: an account is changed by "synth terraform" or "synth cloudformation"`,
    );
  }
  const { monitoring, inputs } = await loadConfig(config);
  const planned = plan(monitoring, inputs);
  const clients = awsClients({ endpoint, region: region ?? planned.region });
  try {
    return await applyPlan(planned, clients, { quotas: 'none', ...(dryRun !== undefined && { dryRun }) });
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
};

/** What became of each resource that is not as it was; how many are. */
export const renderApplied = ({ resources }: Applied): string => {
  const changed = resources.filter(({ outcome }) => outcome !== 'unchanged');
  const lines = changed.map((each) => {
    const more = 'reason' in each ? `: ${each.reason}` : each.note === undefined ? '' : ` (${each.note})`;
    return `${each.outcome.padEnd(8)} ${each.type} ${each.name}${more}\n`;
  });
  const unchanged = resources.length - changed.length;
  return [...lines, `${changed.length} resources changed or wanting, ${unchanged} as they were\n`].join('');
};
