import { readFileSync } from 'node:fs';
import { compile, voiceCampaignMonitoring } from '@voice-campaign/provisioning';
import { parityGaps } from '../../packages/provisioning/src/parity/gaps.ts';
import { costTable, systemFiguresTable } from './cost-tables.ts';
import { driftExample } from './drift-example.ts';
import { monitoringTables } from './monitoring-tables.ts';
import { inSections, table } from './sections.ts';
import { outputsTable, variablesTable } from './terraform-tables.ts';

export type GeneratedFile = { readonly path: string; readonly text: string };

const moduleFolder = 'terraform/modules/monitoring';
const read = (path: string): string => readFileSync(path, 'utf8');

/** Everything that is made of the sources, as it should be. Paths are from the root of the repository. */
export const generatedFiles = (): readonly GeneratedFile[] => [
  { path: `${moduleFolder}/contract.json`, text: `${JSON.stringify(compile(voiceCampaignMonitoring), null, 2)}\n` },
  {
    path: `${moduleFolder}/README.md`,
    text: inSections(read(`${moduleFolder}/README.md`), {
      contents: monitoringTables(voiceCampaignMonitoring),
      variables: variablesTable(read(`${moduleFolder}/variables.tf`)),
      outputs: outputsTable(read(`${moduleFolder}/outputs.tf`)),
    }),
  },
  {
    path: 'docs/watching.md',
    text: inSections(read('docs/watching.md'), {
      drift: driftExample(),
      cost: costTable(),
      figures: systemFiguresTable(),
      gaps: table(
        ['Where', 'What', 'Why', 'Instead'],
        parityGaps.map(({ waysOut, what, why, instead }) => [waysOut.join(', '), what, why, instead]),
      ),
    }),
  },
];

/** Those that are not as they should be. */
export const staleFiles = (): readonly GeneratedFile[] =>
  generatedFiles().filter(({ path, text }) => {
    try {
      return read(path) !== text;
    } catch {
      return true;
    }
  });
