import {
  compile,
  type MonitoringPlan,
  plan,
  renderCloudFormation,
  renderTerraform,
  voiceCampaignMonitoring,
} from '@voice-campaign/provisioning';
import type { CommandConfig } from './load-config.ts';

export const synthTargets = ['terraform', 'cloudformation', 'json', 'document'] as const;
export type SynthTarget = (typeof synthTargets)[number];

export type SynthOptions = {
  /** Where the Terraform module is. */
  readonly moduleSource: string;
  readonly contractFile?: string;
};

const ownDefinition = {
  code: 'contract-file',
  about: 'monitoring',
  message:
    'the module reads the built-in definition, and this is another: write `voice-campaign synth document` to a file, and ' +
    'name that with --contract-file',
};

const isBuiltIn = (monitoring: CommandConfig['monitoring']): boolean =>
  JSON.stringify(compile(monitoring)) === JSON.stringify(compile(voiceCampaignMonitoring));

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The plan for one deployment, as text of what was asked for. */
export const synth = (
  { monitoring, inputs }: CommandConfig,
  target: SynthTarget,
  { moduleSource: source, contractFile }: SynthOptions,
): { readonly text: string; readonly warnings: MonitoringPlan['warnings'] } => {
  const planned = plan(monitoring, inputs);
  const { warnings } = planned;
  switch (target) {
    case 'terraform': {
      const file = contractFile === undefined ? {} : { contractFile };
      const own = contractFile === undefined && !isBuiltIn(monitoring) ? [ownDefinition] : [];
      return { text: renderTerraform(inputs, { source, ...file }), warnings: [...own, ...warnings] };
    }
    case 'cloudformation':
      return { text: json(renderCloudFormation(planned)), warnings };
    case 'json':
      return { text: json(planned), warnings };
    case 'document':
      return { text: json(compile(monitoring)), warnings: [] };
  }
};
