import { ContractError, type ContractIssue, defineMetrics } from '@voice-campaign/metrics-schema';

/** Hands over whatever JavaScript may hand over, and returns what is wrong with it. */
export function issuesOf(definition: unknown): readonly ContractIssue[] {
  try {
    defineMetrics(definition as Parameters<typeof defineMetrics>[0]);
    return [];
  } catch (error) {
    if (error instanceof ContractError) return error.issues;
    throw error;
  }
}

export const written = (definition: unknown) => issuesOf(definition).map(({ code, at }) => `${code} ${at}`);

export const calls = { kind: 'counter', unit: 'Count', description: 'Calls' };
export const level = { kind: 'gauge', unit: 'Count', description: 'Level' };
export const emitting = (...emits: string[]) => ({ worker: { kind: 'handler', emits } });

/** A contract of one counter with these members. */
export const one = (member: object, rest: object = {}) => ({
  metrics: { Calls: { ...calls, ...member } },
  emitters: emitting('Calls'),
  ...rest,
});
export const named = (name: string) => ({ metrics: { [name]: calls }, emitters: emitting(name) });
export const dimension = (name: string, definition: unknown) =>
  one({ dimensions: [[name]] }, { dimensions: { [name]: definition } });
