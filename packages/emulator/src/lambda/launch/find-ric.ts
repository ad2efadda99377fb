import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** AWS's runtime interface client as npm installs it. */
export type Ric = {
  readonly folder: string;
  readonly version: string;
  /** From version 4 on it is the program to run; before, a module whose `run` takes the task root and the handler. */
  readonly program: string;
  readonly runsItself: boolean;
};

const WAY_OUT =
  'install it where the function or the current directory can resolve it (npm install aws-lambda-ric; it compiles a ' +
  "native addon with g++, make, cmake and python3), give its folder as ricPath, or use runtime: 'built-in'";

function describeRic(folder: string): Ric {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const runsItself = Number.parseInt(version, 10) >= 4;
  const home = runsItself ? folder : join(folder, 'dist');
  if (!existsSync(join(home, 'rapid-client.node'))) {
    throw new Error(
      `aws-lambda-ric ${version} in ${folder} has no native addon: its install scripts did not run or failed; ${WAY_OUT}`,
    );
  }
  return { folder, version, program: join(home, 'index.mjs'), runsItself };
}

function resolveRic(from: string): string | undefined {
  const { paths } = createRequire(join(from, 'index.js')).resolve;
  const folders = (paths('aws-lambda-ric') ?? []).map((path) => join(path, 'aws-lambda-ric'));
  return folders.find((folder) => existsSync(join(folder, 'package.json')));
}

/**
 * Finds aws-lambda-ric in `ricPath`, else from the entry's folder, else from `currentDirectory`.
 * @throws Error that says how to get it.
 */
export function findRic(entry: string, ricPath: string | undefined, currentDirectory: string): Ric {
  if (ricPath !== undefined) return describeRic(resolve(ricPath));
  const folder = resolveRic(dirname(resolve(entry))) ?? resolveRic(currentDirectory);
  if (folder === undefined) throw new Error(`aws-lambda-ric is not installed: ${WAY_OUT}`);
  return describeRic(folder);
}
