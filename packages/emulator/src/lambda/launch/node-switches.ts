import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A node binary, and the switches with which Lambda starts its Node. */
export type NodeBinary = { readonly file: string; readonly major: number; readonly switches: readonly string[] };

/** Lambda turns these off; a function turns one on by NODE_OPTIONS, e.g. `--experimental-require-module`. */
const TURNED_OFF = ['require-module', 'detect-module'];

const run = promisify(execFile);

async function version(file: string, switches: readonly string[]): Promise<number> {
  const { stdout } = await run(file, [...switches, '-p', 'process.versions.node'], { env: {} });
  return Number.parseInt(stdout, 10);
}

/**
 * Asks the binary which of Lambda's switches it knows. @throws Error when it cannot be run.
 */
export async function inspectNode(file: string): Promise<NodeBinary> {
  const switches = TURNED_OFF.map((feature) => `--no-experimental-${feature}`);
  try {
    return { file, major: await version(file, switches), switches };
  } catch {
    return { file, major: await version(file, []), switches: [] };
  }
}

/** The switches for a function, less those that its NODE_OPTIONS turns on. */
export function switchesFor({ switches }: NodeBinary, nodeOptions: string | undefined): readonly string[] {
  const given = (nodeOptions ?? '').split(/\s+/);
  return switches.filter((name) => !given.includes(name.replace('--no-', '--')));
}
