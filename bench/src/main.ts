// pnpm bench [--node 24,20] [--rounds 15] [--invocations 10000]: prints the tables of docs/performance.md.
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureEmulator } from './emulator.ts';
import { measureInstrumentation, measureSizes } from './instrumentation.ts';
import { nodeBinary } from './node-binaries.ts';
import { costTable, emulatorTable, sizeTable } from './report.ts';

const { values } = parseArgs({
  options: {
    node: { type: 'string', default: '24,20' },
    rounds: { type: 'string', default: '15' },
    invocations: { type: 'string', default: '10000' },
  },
});
const root = fileURLToPath(new URL('../../', import.meta.url));
const coldRounds = Number(values.rounds);
const steadyRounds = Math.max(1, Math.ceil(coldRounds / 3));
const measured = Number(values.invocations);
const load = { warmUp: Math.min(3000, measured), measured };

const progress = (what: string) => process.stderr.write(`\r${what}          `);
const processors = cpus();
console.log(`${processors.length} x ${processors[0]?.model}, ${process.platform}\n`);
console.log(`${sizeTable(await measureSizes())}\n`);
for (const version of values.node.split(',')) {
  const node = nodeBinary(version, root);
  const exact = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const rows = await measureInstrumentation(node, { coldRounds, steadyRounds, load }, progress);
  progress('');
  console.log(`\nNode ${exact}, ${coldRounds} cold starts, ${steadyRounds} x ${measured} invocations\n`);
  console.log(`${costTable(rows)}\n`);
}

console.log(`Emulator, Node ${process.version}\n`);
console.log(emulatorTable([await measureEmulator(1, 3000), await measureEmulator(2, 3000)]));
