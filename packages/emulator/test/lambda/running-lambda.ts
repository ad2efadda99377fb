import { existsSync, readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { LogEvent, PlatformEvent } from '../../src/lambda/events.ts';
import type { FunctionDefinition } from '../../src/lambda/function-definition.ts';
import type { LambdaOptions, LambdaService } from '../../src/lambda/lambda-service.ts';
import { startLambda } from '../../src/lambda/start-lambda.ts';

/** Whether Lambda's runtime for this Node knows callbacks, and reports what nobody caught (Node 22 and below). */
export const callbackStyle = Number(process.versions.node.split('.')[0]) < 24;

/** The path of a file beside the tests. */
export const fixture = (name: string): string => new URL(`./handlers/${name}`, import.meta.url).pathname;

export type RunningLambda = LambdaService & {
  readonly logged: readonly LogEvent[];
  readonly events: readonly PlatformEvent[];
  /** Messages of the log; with a source only of that. */
  readonly messages: (source?: LogEvent['source']) => readonly string[];
};

/** Starts a local Lambda that is stopped when the test is over. */
export async function lambdaWith(
  functions: readonly FunctionDefinition[],
  options: Partial<LambdaOptions> = {},
): Promise<RunningLambda> {
  const logged: LogEvent[] = [];
  const events: PlatformEvent[] = [];
  const service = await startLambda({
    functions,
    xrayDaemonAddress: '127.0.0.1:2000',
    log: (event) => logged.push(event),
    lifecycle: (event) => events.push(event),
    ...options,
  });
  onTestFinished(() => service.stop());
  const messages = (source?: LogEvent['source']) =>
    logged.filter((event) => source === undefined || event.source === source).map((event) => event.message);
  return { ...service, logged, events, messages };
}

/** A local Lambda with one function, an export of `probes.ts`; the function has the export's name. */
export const lambdaWithProbe = (
  handler: string,
  definition: Partial<FunctionDefinition> = {},
  options: Partial<LambdaOptions> = {},
): Promise<RunningLambda> =>
  lambdaWith([{ name: handler, entry: fixture('probes.ts'), handler, ...definition }], options);

/** `T` for a process that is stopped, undefined for one that is gone. Linux only. */
export function processState(pid: number): string | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  const stat = readFileSync(file, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).charAt(0);
}

/** Whether a process of that id exists. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
