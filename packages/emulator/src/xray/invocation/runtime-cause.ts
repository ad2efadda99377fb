import type { SegmentCause, StackFrame } from '@voice-campaign/metrics-schema';

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = <K extends string>(members: Members, key: K): { readonly [key in K]?: string } => {
  const value = members[key];
  return typeof value === 'string' ? ({ [key]: value } as { readonly [key in K]?: string }) : {};
};

const frameOf = (frame: unknown): StackFrame =>
  isMembers(frame)
    ? {
        ...textOf(frame, 'path'),
        ...(typeof frame.line === 'number' ? { line: frame.line } : {}),
        ...textOf(frame, 'label'),
      }
    : {};

/**
 * Reads the `cause` that a runtime sends with an error (JSON text), and gives its exceptions the ids they lack;
 * `undefined` for a text that is no cause.
 */
export const readRuntimeCause = (text: string | undefined, newId: () => string): SegmentCause | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
  if (!isMembers(value) || !Array.isArray(value.exceptions)) return undefined;
  const exceptions = (value.exceptions as readonly unknown[]).filter(isMembers).map((exception) => ({
    id: newId(),
    ...textOf(exception, 'message'),
    ...textOf(exception, 'type'),
    stack: Array.isArray(exception.stack) ? (exception.stack as readonly unknown[]).map(frameOf) : [],
  }));
  return { ...textOf(value, 'working_directory'), exceptions };
};
