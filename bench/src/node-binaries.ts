import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** The binary of a Node generation, from the npm package `node`; kept in `.cache`, where the test matrix has its own. */
export function nodeBinary(version: string, root: string): string {
  const prefix = resolve(root, '.cache', `node-${version}`);
  const binary = resolve(prefix, 'node_modules', 'node', 'bin', 'node');
  if (!existsSync(binary)) {
    mkdirSync(prefix, { recursive: true });
    execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', prefix, `node@${version}`]);
  }
  return binary;
}
