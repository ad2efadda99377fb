import { describe, expect, it } from 'vitest';
import type { FunctionDefinition } from '../../src/lambda/function-definition.ts';
import { FunctionDefinitionError, resolveFunctions } from '../../src/lambda/resolve-functions.ts';

const entry = 'src/handler.ts';

function issuesOf(definitions: readonly FunctionDefinition[]): unknown {
  try {
    return resolveFunctions(definitions);
  } catch (error) {
    return (error as FunctionDefinitionError).issues;
  }
}

describe('function definitions', () => {
  it('get Lambda’s defaults', () => {
    expect(resolveFunctions([{ name: 'dispatcher', entry }])[0]).toMatchObject({
      handler: 'handler',
      timeoutMs: 3_000,
      memoryMb: 128,
      processes: 2,
      concurrencyPerProcess: 1,
      format: 'esm',
      bundle: true,
      logFormat: 'Text',
      runtime: 'built-in',
      graceMs: 0,
    });
  });

  it('take the reserved concurrency for the number of processes', () => {
    const processes = [0, 1, 5].map((reserved) =>
      resolveFunctions([{ name: 'f', entry, reservedConcurrency: reserved }]),
    );
    expect(processes.map(([fn]) => fn?.processes)).toEqual([1, 1, 5]);
  });

  it('log JSON where a process is shared, and grant grace by the kind of extension', () => {
    const [shared] = resolveFunctions([{ name: 'f', entry, concurrencyPerProcess: 8, logFormat: 'Text' }]);
    expect(shared?.logFormat).toBe('JSON');
    const graces = [true, 'external', 'internal', false] as const;
    expect(graces.map((extension) => resolveFunctions([{ name: 'f', entry, extension }])[0]?.graceMs)).toEqual([
      300, 300, 500, 0,
    ]);
  });

  it('are refused with all issues at once', () => {
    const definitions = [
      { name: 'no spaces', entry },
      { name: 'twice', entry, timeoutMs: 900_001, memoryMb: 64 },
      { name: 'twice', entry: 'src/a.b.mjs', bundle: false, reservedConcurrency: -1 },
    ];
    expect(issuesOf(definitions)).toEqual([
      { code: 'bad-name', name: 'no spaces' },
      { code: 'out-of-range', name: 'twice', member: 'timeoutMs', value: 900_001, least: 1, most: 900_000 },
      { code: 'out-of-range', name: 'twice', member: 'memoryMb', value: 64, least: 128, most: 10_240 },
      { code: 'out-of-range', name: 'twice', member: 'reservedConcurrency', value: -1, least: 0, most: 1_000_000 },
      { code: 'dotted-entry', name: 'twice', entry: 'src/a.b.mjs' },
      { code: 'duplicate-name', name: 'twice' },
    ]);
    expect(() => resolveFunctions(definitions)).toThrow(FunctionDefinitionError);
    expect(() => resolveFunctions(definitions)).toThrow(
      'timeoutMs is 900001, Lambda allows whole numbers from 1 to 900000',
    );
  });
});
