import { RE2JS } from 're2js';

/** What a match caught: the whole, and its groups by position (from 1) and by name; absent groups took no part. */
type RegexMatch = {
  readonly text: string;
  readonly groups: readonly (string | undefined)[];
  readonly named: Readonly<Record<string, string>>;
};

/** A regular expression whose time grows with the text alone, whatever the expression. */
export type LinearRegex = {
  readonly test: (text: string) => boolean;
  readonly match: (text: string) => RegexMatch | undefined;
  /** The first 10,000, each found when it is asked for. */
  readonly matchAll: (text: string) => Iterable<RegexMatch>;
  /** The names of its groups, in their order; unnamed ones are undefined. */
  readonly groupNames: readonly (string | undefined)[];
  /** A replacement stands for itself: `$` means nothing in it. */
  readonly replaceAll: (text: string, replacementOf: () => string) => string;
};

export type CompiledRegex =
  | { readonly ok: true; readonly regex: LinearRegex }
  | { readonly ok: false; readonly message: string };

const MAXIMUM_LENGTH = 2048;
const MAXIMUM_INSTRUCTIONS = 20_000;
const MAXIMUM_MATCHES = 10_000;

/**
 * Compiles RE2's syntax, which is what Logs Insights documents (Hyperscan and RE2: no lookaround, no back references),
 * so that no expression of a user can hold the process up. Expressions that would take much memory are refused.
 */
export function compileRegex(pattern: string): CompiledRegex {
  if (pattern.length > MAXIMUM_LENGTH) {
    return { ok: false, message: `it has ${pattern.length} characters, at most ${MAXIMUM_LENGTH} are allowed` };
  }
  try {
    const compiled = RE2JS.compile(pattern);
    if (compiled.programSize() > MAXIMUM_INSTRUCTIONS) {
      return { ok: false, message: 'its repetitions multiply to more than can be searched for: lower their counts' };
    }
    return { ok: true, regex: regexOf(compiled) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

type Matcher = ReturnType<RE2JS['matcher']>;

function regexOf(compiled: RE2JS): LinearRegex {
  const names = new Map(Object.entries(compiled.namedGroups()).map(([name, index]) => [index, name]));
  const count = compiled.groupCount();
  const groupNames = Array.from({ length: count }, (_, index) => names.get(index + 1));
  const matchOf = (matcher: Matcher): RegexMatch => {
    const groups = groupNames.map((_, index) => matcher.group(index + 1) ?? undefined);
    const caught = groups.flatMap((text, index) => {
      const name = groupNames[index];
      return name === undefined || text === undefined ? [] : [[name, text] as const];
    });
    return { text: matcher.group() ?? '', groups, named: Object.fromEntries(caught) };
  };
  return {
    groupNames,
    test: (text) => compiled.test(text),
    match: (text) => {
      const matcher = compiled.matcher(text);
      return matcher.find() ? matchOf(matcher) : undefined;
    },
    *matchAll(text) {
      const matcher = compiled.matcher(text);
      for (let count = 0; count < MAXIMUM_MATCHES && matcher.find(); count += 1) yield matchOf(matcher);
    },
    replaceAll: (text, replacementOf) => compiled.matcher(text).replaceAll(replacementOf),
  };
}
