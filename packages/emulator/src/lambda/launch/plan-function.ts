import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from '../environment/runtime-process.ts';
import type { ResolvedFunction } from '../resolve-functions.ts';
import { bundleFunction, bundleRuntime, type Code } from './bundle-function.ts';
import { environmentVariables } from './environment-variables.ts';
import { findRic } from './find-ric.ts';
import { inspectNode, type NodeBinary, switchesFor } from './node-switches.ts';

/** How the processes of a function are started. */
export type Planned = { readonly runtimeVersion: string; readonly command: (logStream: string) => Command };

type Common = {
  /** Where bundles go. */
  readonly folder: string;
  readonly region: string;
  readonly xrayDaemonAddress: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly conditions?: readonly string[];
};

/**
 * Up to version 3 aws-lambda-ric is a module; Lambda itself starts it like this. What a handler wrote is written when it
 * answers, as with our own client.
 */
const RIC_LAUNCHER = `for (const stream of [process.stdout, process.stderr]) stream._handle?.setBlocking?.(true);
const { run } = await import(process.argv[2]);
await run(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
`;

async function ricProgram(fn: ResolvedFunction, folder: string): Promise<readonly string[]> {
  const ric = findRic(fn.entry, fn.ricPath, process.cwd());
  if (ric.runsItself) return [ric.program];
  if (fn.concurrencyPerProcess > 1) {
    throw new Error(
      `${fn.name}: several invocations in one process need aws-lambda-ric 4, and ${ric.folder} has ${ric.version}: ` +
        "install version 4, or use runtime: 'built-in'",
    );
  }
  const launcher = join(folder, 'run-ric.mjs');
  await writeFile(launcher, RIC_LAUNCHER);
  return [launcher, ric.program];
}

function planned(
  fn: ResolvedFunction,
  node: NodeBinary,
  program: readonly string[],
  code: Code,
  common: Common,
): Planned {
  const shared = common.environment ?? {};
  const switches = switchesFor(node, fn.environment.NODE_OPTIONS ?? shared.NODE_OPTIONS);
  const args = [...switches, ...(fn.nodeOptions ?? []), ...program];
  const { region, xrayDaemonAddress } = common;
  const place = { region, xrayDaemonAddress, nodeMajor: node.major, path: process.env.PATH ?? '', shared, ...code };
  return {
    runtimeVersion: `nodejs:${node.major}`,
    command: (logStream) => ({
      file: node.file,
      args,
      cwd: code.taskRoot,
      env: environmentVariables(fn, { ...place, logStream }),
    }),
  };
}

/**
 * Prepares functions to be started: bundles them, and what runs them, into the common folder. Work that several
 * functions share is done once.
 */
export function planFunction(common: Common): (fn: ResolvedFunction) => Promise<Planned> {
  const nodes = new Map<string, Promise<NodeBinary>>();
  let runtime: Promise<string> | undefined;
  const inspected = (file: string): Promise<NodeBinary> => {
    const known = nodes.get(file) ?? inspectNode(file);
    nodes.set(file, known);
    return known;
  };
  const program = async (fn: ResolvedFunction): Promise<readonly string[]> => {
    if (fn.runtime === 'aws-lambda-ric') return ricProgram(fn, common.folder);
    runtime ??= bundleRuntime(common.folder);
    return [await runtime];
  };
  return async (fn) => {
    const code = bundleFunction(fn, common.folder, common.conditions ?? []);
    const parts = [inspected(fn.node ?? process.execPath), program(fn), code] as const;
    // Where one fails, the others must not write on into a folder that is being removed.
    await Promise.allSettled(parts);
    return planned(fn, ...(await Promise.all(parts)), common);
  };
}
