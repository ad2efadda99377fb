import { plan, voiceCampaignMonitoring } from '@voice-campaign/provisioning';
import { type CostEstimate, estimateCost, systemFigures } from '../../packages/provisioning/src/cost.ts';
import { described, twenty } from '../../packages/provisioning/test/cost/described.ts';
import { inputs } from '../../packages/provisioning/test/voice-campaign/deployment.ts';
import { table } from './sections.ts';

const volumes = [1e6, 10e6, 90e6];
const usd = (value: number): string => `$${value.toFixed(2)}`;

const lineOf = ({ lines }: CostEstimate, name: string): string => {
  const found = lines.find(({ line }) => line === name);
  return found === undefined ? '' : usd(found.usd);
};

/** The description's own example beside all of the built-in monitoring, at three volumes, by line. */
export const costTable = (): string => {
  const asDescribed = volumes.map((callsPerMonth) => estimateCost(plan(described, inputs), twenty, { callsPerMonth }));
  const whole = volumes.map((callsPerMonth) =>
    estimateCost(plan(voiceCampaignMonitoring, inputs), voiceCampaignMonitoring.contract, { callsPerMonth }),
  );
  const all = [...asDescribed, ...whole];
  const names = [...new Set(all.flatMap(({ lines }) => lines.map(({ line }) => line)))];
  const calls = volumes.map((each) => `${each / 1e6} M`);
  return table(
    ['A month', ...calls.map((each) => `described, ${each} calls`), ...calls.map((each) => `built in, ${each} calls`)],
    [
      ...names.map((name) => [name, ...all.map((estimate) => lineOf(estimate, name))]),
      ['**Total**', ...all.map((estimate) => `**${usd(estimate.usd)}**`)],
    ],
  );
};

export const systemFiguresTable = (): string =>
  table(
    ['Line', 'The description said', 'What is wrong with it'],
    systemFigures.map(({ line, said, wrong }) => [line, said, wrong]),
  );
