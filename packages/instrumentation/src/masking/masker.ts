import { type Keep, maskNumber, replaceNumbers } from './phone-numbers.ts';
import { sensitivityOf } from './sensitive-keys.ts';

export type MaskerOptions = {
  /** Names of further keys whose values are masked; letter case, `_` and `-` do not matter. */
  readonly keys?: readonly string[];
  /** Whether to look for telephone numbers in text. Default true; sensitive keys are masked either way. */
  readonly phoneNumbers?: boolean;
  /** What stays readable of a number. Default: the country code of an international number, and two digits. */
  readonly keep?: Keep;
  /** Makes the replacement instead, of a number found in text or of a sensitive key's value. */
  readonly replace?: (match: string) => string;
};

/**
 * Takes telephone numbers and sensitive values out of telemetry. Under a sensitive key numbers and text are masked,
 * objects and arrays become `****`, booleans and null stay. No call throws, none changes its argument.
 */
export type Masker = {
  /** Free text: an error message, a URL path. The very same text where nothing is masked. */
  text(value: string): string;
  /**
   * A value as JSON would show it, all the way down, object keys included: a copy, so that what its owner does with it
   * later is neither sent nor missed. A cycle becomes `[circular]`, what is deeper than 12 levels `[deep]`, what cannot be read `[unreadable]`.
   * An Error's message and stack are no JSON: they are masked when they are formatted, as text.
   */
  value(key: string, value: unknown): unknown;
  /** One step of `value`, as JSON.stringify asks for it: cheaper where the result is to become JSON anyway. */
  replacer(key: string, value: unknown): unknown;
};

type Step = (key: string, value: unknown) => unknown;

const HIDDEN = '****';
const MAX_DEPTH = 12;
/** Bounds what is remembered of keys, should they be ids. */
const MAX_KEYS = 500;

/** Makes the masker that logs, annotations, metadata, properties and error messages pass through. */
export function createMasker({ keys = [], phoneNumbers = true, keep, replace }: MaskerOptions = {}): Masker {
  const hide = (match: string): string => {
    try {
      if (replace) return replace(match);
    } catch {
      // Neither leak the match nor fail the caller.
    }
    return maskNumber(match, keep);
  };
  const text = (value: string): string => (phoneNumbers ? replaceNumbers(value, hide) : value);
  const secret = (value: string): string =>
    // Masked before, or nothing: stays as it is.
    /^\D{0,9}\d{0,3}\*{2,}\d{0,4}$|^$/.test(value)
      ? value
      : replace || /^([^A-Za-z\d]*\d){5}[^A-Za-z]*$/.test(value)
        ? hide(value)
        : HIDDEN;
  const step = createStep(text, secret, sensitivityOf(keys));
  return {
    text,
    value: guard((key, value) => walk(step, key, value, [])),
    replacer: guard(step),
  };
}

function createStep(
  text: (value: string) => string,
  secret: (value: string) => string,
  sensitivity: ReturnType<typeof sensitivityOf>,
): Step {
  const known = new Map<string, readonly [level: number, name: string]>();
  const look = (key: string) => {
    let rule = known.get(key);
    if (!rule) {
      rule = [sensitivity(key), text(key)];
      // Keys that are numbers, of an array or a person, are not worth the memory.
      if (key > ':' && known.size < MAX_KEYS) known.set(key, rule);
    }
    return rule;
  };
  return (key, value) => {
    const [level] = look(key);
    if (typeof value === 'string') return level > 1 ? secret(value) : text(value);
    if (typeof value === 'object' && value) {
      if (level > 1) return HIDDEN;
      // JSON writes what is in the box.
      if (value instanceof String) return text(`${value}`);
      if (value instanceof Number || value instanceof Boolean) return value.valueOf();
      return Array.isArray(value) ? value : rename(value, (name) => look(name)[1]);
    }
    if (!level || (typeof value !== 'number' && typeof value !== 'bigint')) return value;
    const masked = (level > 1 ? secret : text)(`${value}`);
    return masked === `${value}` ? value : masked;
  };
}

/** Two keys that look the same once masked stay two. */
function rename(value: object, nameOf: (key: string) => string): object {
  if (Object.keys(value).every((key) => nameOf(key) === key)) return value;
  const members = new Map<string, unknown>();
  for (const [key, member] of Object.entries(value)) {
    let name = nameOf(key);
    while (members.has(name)) name += '*';
    members.set(name, member);
  }
  return Object.fromEntries(members);
}

function walk(step: Step, key: string, value: unknown, path: readonly object[]): unknown {
  if (typeof value !== 'object' || !value) return step(key, value);
  if (path.includes(value)) return '[circular]';
  if (path.length === MAX_DEPTH) return '[deep]';
  const next = [...path, value];
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return walk(step, key, value.toJSON(key), next);
  }
  const shown = step(key, value);
  if (typeof shown !== 'object' || !shown) return shown;
  const visit = (name: string, member: unknown): unknown => walk(step, name, member, next);
  return Array.isArray(shown)
    ? shown.map((member) => visit('', member))
    : Object.fromEntries(Object.entries(shown).map(([name, member]) => [name, visit(name, member)]));
}

function guard(run: Step): Step {
  return (key, value) => {
    try {
      return run(key, value);
    } catch {
      return '[unreadable]';
    }
  };
}
