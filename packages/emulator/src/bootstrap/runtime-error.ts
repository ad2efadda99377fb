/** An error of the runtime itself; its name is what callers see as `errorType`, e.g. `Runtime.HandlerNotFound`. */
export class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
    Error.captureStackTrace(this, RuntimeError);
  }
}

/** The error document that Lambda gives to callers. */
export type ErrorDocument = {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
};

/** ASCII DEL may not stand in the headers that carry these texts. */
const withoutDel = (text: string): string => text.replaceAll('\x7F', '%7F');

/** Describes whatever was thrown; what is no Error is described by its type. */
export function errorDocument(thrown: unknown): ErrorDocument {
  try {
    if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
    const { name, message, stack } = thrown;
    return {
      errorType: withoutDel(name),
      errorMessage: withoutDel(message),
      trace: stack === undefined ? [] : withoutDel(stack).split('\n'),
    };
  } catch {
    const errorMessage =
      'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack';
    return { errorType: 'handled', errorMessage, trace: [] };
  }
}

function stackFrame(line: string): { path: string; line: number; label: string } {
  const text = line.trim().replace(/^at /, '').replace(/[()]/g, '');
  const space = text.lastIndexOf(' ');
  const [path = '', lineNumber] = text.slice(space + 1).split(':');
  return { path, line: Number.parseInt(lineNumber ?? '', 10), label: space > 0 ? text.slice(0, space) : 'anonymous' };
}

/** A longer one is left out: Lambda's own client cannot send it either. */
const MOST_CAUSE_BYTES = 1024 * 1024;

/**
 * The X-Ray `cause` of what was thrown, as one line of JSON; of what is no Error it has an exception without a name.
 * Empty for one that is too long.
 */
export function xrayCause(thrown: unknown, workingDirectory: string): string {
  const { errorType, errorMessage, trace } = errorDocument(thrown);
  const stack = trace.filter((line) => /^\s*at /.test(line)).map(stackFrame);
  const paths = [...new Set(stack.map((frame) => frame.path))];
  const names = thrown instanceof Error ? { type: errorType, message: errorMessage } : {};
  const exceptions = [{ ...names, stack }];
  // It travels in a header, which is ASCII: everything else is escaped as JSON allows.
  const cause = JSON.stringify({ working_directory: workingDirectory, exceptions, paths });
  if (Buffer.byteLength(cause) >= MOST_CAUSE_BYTES) return '';
  return cause.replace(/[^\x20-\x7E]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function withOwnProperties(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, stack } = value;
  const lines = typeof stack === 'string' ? { stack: stack.split('\n') } : {};
  return { errorType: name, errorMessage: message, ...value, ...lines };
}

/** The error as the runtime's text log shows it after `Invoke Error`: a tab and JSON with the error's own members. */
export function errorForTextLog(error: Error): string {
  try {
    return `\t${JSON.stringify(error, withOwnProperties)}`;
  } catch {
    return `\t${JSON.stringify(errorDocument(error))}`;
  }
}
