import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const moduleFolder = fileURLToPath(new URL('../../../../terraform/modules/monitoring', import.meta.url));
const offline = fileURLToPath(new URL('../../../../tools/terraform-offline/run', import.meta.url));

/** Whether terraform is installed; a suite that runs it is skipped where it is not. */
export const hasTerraform = spawnSync('terraform', ['version']).status === 0;

/** What a suite that needs terraform is called where it cannot run. */
export const terraformSuite = (name: string): string =>
  hasTerraform ? name : `${name} (skipped: there is no terraform on this machine; 1.9 or newer is needed)`;

const run = promisify(execFile);

/**
 * Runs the real terraform on the provider's schema, without AWS. It takes long enough for the test runner to give a
 * worker up that does not answer meanwhile. @throws Error with what it said where it fails.
 */
export const terraform = async (command: string, folder: string, ...more: readonly string[]): Promise<string> => {
  try {
    const { stdout } = await run(offline, [command, folder, ...more], { maxBuffer: 2 ** 28 });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`terraform ${command} failed:\n${stdout}\n${stderr}`);
  }
};

/** A resource as terraform plans it; `values` lacks what is known only after it was made. */
export type PlannedResource = {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
};

const provider = { terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '>= 6.0' } } } };

/** Plans a module call for each set of arguments, in one run, and gives back the resources of each. */
export const planModules = async (
  calls: readonly Readonly<Record<string, unknown>>[],
  region = 'us-east-1',
): Promise<readonly (readonly PlannedResource[])[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'monitoring-'));
  try {
    const module = Object.fromEntries(calls.map((call, index) => [`case${index}`, { source: moduleFolder, ...call }]));
    const root = { ...provider, provider: { aws: { region } }, module };
    // Terraform reads templates in JSON too.
    const text = JSON.stringify(root, (_, value) =>
      typeof value === 'string' ? value.replace(/([$%])\{/g, '$1$1{') : value,
    );
    writeFileSync(join(folder, 'main.tf.json'), text);
    const resources: readonly PlannedResource[] = JSON.parse(await terraform('plan-json', folder));
    return calls.map((_, index) => resources.filter(({ address }) => address.startsWith(`module.case${index}.`)));
  } finally {
    rmSync(folder, { recursive: true });
  }
};
