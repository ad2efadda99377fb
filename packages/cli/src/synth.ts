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

/** Where the document of a definition of one's own is looked for, beside the root module. */
const DOCUMENT_FILE = 'monitoring.json';

const ownDefinition = {
  code: 'contract-file',
  about: 'monitoring',
  message: `the definition is not the module's own: write it beside the root module, voice-campaign synth document > ${DOCUMENT_FILE}`,
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
  const warnings = planned.warnings.filter(
    ({ waysOut }) => waysOut === undefined || waysOut.some((way) => way === target),
  );
  switch (target) {
    case 'terraform': {
      const own = contractFile === undefined && !isBuiltIn(monitoring);
      const file = contractFile ?? (own ? DOCUMENT_FILE : undefined);
      const text = renderTerraform(inputs, { source, ...(file !== undefined && { contractFile: file }) });
      return { text, warnings: [...(own ? [ownDefinition] : []), ...warnings] };
    }
    case 'cloudformation':
      return { text: json(renderCloudFormation(planned)), warnings };
    case 'json':
      return { text: json(planned), warnings };
    case 'document':
      return { text: json(compile(monitoring)), warnings: [] };
  }
};
