import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Emulator, startEmulator } from '@voice-campaign/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fault, faults, overlaps } from './faults.ts';
import { namespace, outcomeOf, overlapOf, tracesOf } from './outcome.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const us = { entry: path('./by-us.ts'), timeoutMs: 1500, processes: 1 };
// Its tracer needs `require`.
const powertools = { entry: path('./by-powertools.ts'), timeoutMs: 1500, processes: 1, format: 'cjs' } as const;

const columns = ['us', 'powertools', 'plain'] as const;

/** The table of docs/reliability.md, whose cells are what is seen here. */
const documented = readFileSync(path('../../../../docs/reliability.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.replace(/ +/g, ' '));
const lineOf = (fault: string): string | undefined => documented.find((line) => line.startsWith(`| ${fault} |`));

let emulator: Emulator;
let killed: string | undefined;
beforeAll(async () => {
  emulator = await startEmulator({
    functions: [
      { name: 'us', ...us },
      { name: 'through', ...us, handler: 'writingThrough' },
      { name: 'us-overlapping', ...us, handler: 'overlapping' },
      { name: 'us-many', ...us, processes: 1, concurrencyPerProcess: 2 },
      { name: 'powertools', ...powertools },
      { name: 'powertools-overlapping', ...powertools, handler: 'overlapping' },
      { name: 'powertools-many', ...powertools, processes: 1, concurrencyPerProcess: 2 },
      { name: 'plain', ...powertools, handler: 'plain' },
      { name: 'plain-overlapping', ...powertools, handler: 'overlappingPlain' },
      { name: 'plain-many', ...powertools, handler: 'plain', processes: 1, concurrencyPerProcess: 2 },
    ],
    environment: { POWERTOOLS_METRICS_NAMESPACE: namespace, POWERTOOLS_SERVICE_NAME: namespace },
    conditions: ['@voice-campaign/source'],
    lifecycle: ({ kind, functionName }) => {
      if (kind === 'response' && functionName === killed) emulator.lambda.kill(functionName);
    },
  });
}, 60_000);
afterAll(() => emulator.stop());

const run = async (name: string, fault: Fault): Promise<string> => {
  // What one invocation leaves behind in a process is not to be the next one's.
  emulator.lambda.kill(name);
  emulator.reset();
  const result = await emulator.invoke(name, { fault });
  await emulator.idle({ timeoutMs: 10_000 });
  return outcomeOf(emulator, result, fault);
};

/** A cell that says `varies: …` is a race that no one run settles. */
const expectDocumented = (fault: string, ...outcomes: readonly string[]): void => {
  const said = (lineOf(fault) ?? '').slice(2, -2).split(' | ');
  const cells = outcomes.map((outcome, index) => (said[index + 1]?.startsWith('varies: ') ? said[index + 1] : outcome));
  expect(`| ${said.join(' | ')} |`).toBe(`| ${[fault, ...cells].join(' | ')} |`);
};

describe('the table of faults in docs/reliability.md', () => {
  for (const fault of faults) {
    it(`${fault}: what is seen is what it says`, { timeout: 30_000 }, async () => {
      const outcomes: string[] = [];
      for (const name of columns) outcomes.push(await run(name, fault));
      expectDocumented(fault, ...outcomes);
    });
  }

  it('a busy loop, with writeThrough', { timeout: 30_000 }, async () => {
    expectDocumented(
      'busy loop, with `writeThrough`',
      await run('through', 'busy loop'),
      'there is no such option',
      'there is no such option',
    );
  });

  it('two invocations that overlap where Lambda gives one at a time', { timeout: 30_000 }, async () => {
    const outcomes: string[] = [];
    for (const name of columns) {
      emulator.reset();
      await emulator.invoke(`${name}-overlapping`, {});
      await emulator.idle({ timeoutMs: 10_000 });
      outcomes.push(overlapOf(emulator));
    }
    expectDocumented('two at once in one process', ...outcomes);
  });

  it('two invocations that overlap on Managed Instances', { timeout: 30_000 }, async () => {
    const outcomes: string[] = [];
    for (const name of columns) {
      emulator.reset();
      await Promise.all(overlaps.map((event) => emulator.invoke(`${name}-many`, event)));
      await emulator.idle({ timeoutMs: 10_000 });
      outcomes.push(`${overlapOf(emulator)}, ${tracesOf(emulator)}`);
    }
    expectDocumented('two at once, Managed Instances', ...outcomes);
  });

  it('a process killed as its response arrives has lost nothing of ours', { timeout: 60_000 }, async () => {
    killed = 'us';
    const outcomes: string[] = [];
    for (let index = 0; index < 10; index += 1) outcomes.push((await run('us', 'none')).replace(/^[^;]*; /, ''));
    killed = undefined;
    expect(outcomes).toEqual(Array(10).fill('metrics 10/10; spans: handler and child'));
    // What the peers lose then is a race, and differs from run to run.
    expect(lineOf('killed as the response arrives')).toContain('| metrics 10/10; spans: handler and child |');
  });

  it('a process killed while it waits for the next invocation has lost nothing', { timeout: 30_000 }, async () => {
    const outcomes: string[] = [];
    for (const name of columns) {
      const outcome = await run(name, 'none');
      emulator.lambda.kill(name);
      outcomes.push(outcome.replace(/^[^;]*; /, ''));
    }
    expectDocumented('killed while it waits', ...outcomes);
  });
});
