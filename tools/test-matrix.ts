// Runs the suite on each supported Node (binaries from the npm package `node`), with the newest Middy each allows.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

const failed: string[] = [];
for (const version of ['20', '22', '24']) {
  const prefix = resolve('.cache', `node-${version}`);
  mkdirSync(prefix, { recursive: true });
  execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', prefix, `node@${version}`], {
    stdio: 'inherit',
  });
  const node = resolve(prefix, 'node_modules', 'node', 'bin', 'node');
  for (const middy of version === '20' ? ['6'] : ['6', '7']) {
    const name = `Node ${version}, Middy ${middy}`;
    console.log(`== ${name}`);
    const args = ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)];
    const env = { ...process.env, MIDDY: middy, PATH: `${resolve(node, '..')}:${process.env.PATH}` };
    if (spawnSync(node, args, { stdio: 'inherit', env }).status !== 0) failed.push(name);
  }
}
console.log(failed.length === 0 ? 'passed everywhere' : `failed: ${failed.join('; ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
