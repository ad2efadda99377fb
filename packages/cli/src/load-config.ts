import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DeploymentInputs, Monitoring } from '@voice-campaign/provisioning';
import type { Volumes } from '@voice-campaign/provisioning/cost';
import { UsageError } from './usage-error.ts';

/** What `voice-campaign.config.ts` exports, each under its name. */
export type CommandConfig = {
  readonly monitoring: Monitoring;
  readonly inputs: DeploymentInputs;
  /** For `cost`; default 10 million calls a month. */
  readonly volumes?: Volumes;
};

const names = ['ts', 'mts', 'js', 'mjs'].map((extension) => `voice-campaign.config.${extension}`);

/** Whether there is one where it is looked for. */
export const hasConfig = (): boolean => names.some((name) => existsSync(name));

/** @throws UsageError where there is none, it cannot be read, or it does not export what it should. */
export const loadConfig = async (path: string | undefined): Promise<CommandConfig> => {
  const file = path ?? names.find((name) => existsSync(name));
  if (file === undefined)
    throw new UsageError(`there is no ${names.join(', ')} here: write one, or name it with --config`);
  if (!existsSync(file)) throw new UsageError(`there is no ${file}`);
  const exported = await import(pathToFileURL(resolve(file)).href).catch((error: unknown) => {
    const { code, message } = error as { readonly code?: string; readonly message?: string };
    const hint =
      code === 'ERR_UNKNOWN_FILE_EXTENSION'
        ? ": this Node reads no TypeScript; use 22.18 or newer, or install tsx and set NODE_OPTIONS='--import tsx'"
        : '';
    throw new UsageError(`${file} cannot be read${hint}: ${message ?? String(error)}`);
  });
  const { monitoring, inputs, volumes } = exported as Partial<CommandConfig>;
  const missing = Object.entries({ monitoring, inputs }).flatMap(([name, value]) =>
    value === undefined ? [name] : [],
  );
  if (monitoring === undefined || inputs === undefined) {
    throw new UsageError(`${file} must export ${missing.join(' and ')}`);
  }
  return { monitoring, inputs, ...(volumes !== undefined && { volumes }) };
};
