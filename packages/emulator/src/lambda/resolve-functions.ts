import type { FunctionDefinition } from './function-definition.ts';

/** A definition with Lambda's and our defaults filled in. */
export type ResolvedFunction = Omit<FunctionDefinition, 'extension'> &
  Required<
    Pick<
      FunctionDefinition,
      | 'handler'
      | 'timeoutMs'
      | 'memoryMb'
      | 'environment'
      | 'processes'
      | 'concurrencyPerProcess'
      | 'format'
      | 'bundle'
      | 'logFormat'
      | 'runtime'
    >
  > & {
    /** Time between SIGTERM and SIGKILL; 0: no SIGTERM. */
    readonly graceMs: number;
  };

export type FunctionIssue =
  | { readonly code: 'bad-name'; readonly name: string }
  | { readonly code: 'duplicate-name'; readonly name: string }
  | {
      readonly code: 'out-of-range';
      readonly name: string;
      readonly member: string;
      readonly value: number;
      readonly least: number;
      readonly most: number;
    }
  | { readonly code: 'dotted-entry'; readonly name: string; readonly entry: string };

function issueText(issue: FunctionIssue): string {
  switch (issue.code) {
    case 'bad-name':
      return `"${issue.name}" is no function name: use 1 to 64 letters, digits, hyphens and underscores`;
    case 'duplicate-name':
      return `"${issue.name}" is defined twice: give each function a name of its own`;
    case 'out-of-range': {
      const { name, member, value, least, most } = issue;
      return `${name}: ${member} is ${value}, Lambda allows whole numbers from ${least} to ${most}`;
    }
    case 'dotted-entry':
      return (
        `${issue.name}: "${issue.entry}" has more than one dot in its name, and Lambda takes the part after the first ` +
        'for the handler: rename the file, or let it be bundled'
      );
  }
}

/** All that is wrong with the definitions at once. */
export class FunctionDefinitionError extends Error {
  readonly issues: readonly FunctionIssue[];
  constructor(issues: readonly FunctionIssue[]) {
    super(issues.map(issueText).join('\n'));
    this.name = 'FunctionDefinitionError';
    this.issues = issues;
  }
}

const LIMITS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  timeoutMs: [1, 900_000],
  memoryMb: [128, 10_240],
  reservedConcurrency: [0, 1_000_000],
  processes: [1, 1_000],
  concurrencyPerProcess: [1, 1_600],
  maximumRetryAttempts: [0, 2],
  maximumEventAgeSeconds: [60, 21_600],
};

function issuesOf(definition: FunctionDefinition): readonly FunctionIssue[] {
  const { name, entry } = definition;
  const issues: FunctionIssue[] = /^[A-Za-z0-9_-]{1,64}$/.test(name) ? [] : [{ code: 'bad-name', name }];
  for (const [member, [least, most]] of Object.entries(LIMITS)) {
    const value: unknown = Reflect.get(definition, member);
    if (typeof value !== 'number') continue;
    if (Number.isInteger(value) && value >= least && value <= most) continue;
    issues.push({ code: 'out-of-range', name, member, value, least, most });
  }
  const file = entry.slice(Math.max(entry.lastIndexOf('/'), entry.lastIndexOf('\\')) + 1);
  if (definition.bundle === false && file.split('.').length > 2) issues.push({ code: 'dotted-entry', name, entry });
  return issues;
}

const GRACE_MS = { external: 300, internal: 500 };

function graceMs(extension: FunctionDefinition['extension']): number {
  if (extension === undefined || extension === false) return 0;
  return GRACE_MS[extension === true ? 'external' : extension];
}

function resolved({ extension, ...definition }: FunctionDefinition): ResolvedFunction {
  const concurrencyPerProcess = definition.concurrencyPerProcess ?? 1;
  return {
    handler: 'handler',
    timeoutMs: 3_000,
    memoryMb: 128,
    environment: {},
    processes: Math.max(definition.reservedConcurrency ?? 2, 1),
    format: 'esm',
    bundle: true,
    runtime: 'built-in',
    ...definition,
    concurrencyPerProcess,
    logFormat: concurrencyPerProcess > 1 ? 'JSON' : (definition.logFormat ?? 'Text'),
    graceMs: graceMs(extension),
  };
}

/** Fills in the defaults. @throws FunctionDefinitionError with every issue of every definition. */
export function resolveFunctions(definitions: readonly FunctionDefinition[]): readonly ResolvedFunction[] {
  const names = definitions.map((definition) => definition.name);
  const duplicates = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  const issues = [
    ...definitions.flatMap(issuesOf),
    ...[...duplicates].map((name): FunctionIssue => ({ code: 'duplicate-name', name })),
  ];
  if (issues.length > 0) throw new FunctionDefinitionError(issues);
  return definitions.map(resolved);
}
