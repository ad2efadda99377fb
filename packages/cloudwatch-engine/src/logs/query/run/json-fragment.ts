/** Deeper ones would exhaust the stack of what walks them: where one is, nothing is found. */
const deepest = 500;
const tooDeep = -2;

type Open = { readonly start: number; readonly isObject: boolean };

const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const escaped = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;

const quote = 0x22;
const backslash = 0x5c;
const brace = 0x7b;
const bracket = 0x5b;

const skipBlank = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
};

/** Behind a string that begins at `from`, or -1. */
const endOfString = (text: string, from: number): number => {
  if (text.charCodeAt(from) !== quote) return -1;
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code < 0x20) return -1;
    if (code !== backslash) continue;
    escaped.lastIndex = at;
    if (!escaped.test(text)) return -1;
    at = escaped.lastIndex - 1;
  }
  return -1;
};

/** Behind a key, its colon and blanks, or -1. */
const endOfKey = (text: string, from: number): number => {
  const end = endOfString(text, skipBlank(text, from));
  if (end < 0) return -1;
  const colon = skipBlank(text, end);
  return text.charAt(colon) === ':' ? skipBlank(text, colon + 1) : -1;
};

/** Behind a string, number or word, or -1. */
const endOfScalar = (text: string, from: number): number => {
  if (text.charCodeAt(from) === quote) return endOfString(text, from);
  scalar.lastIndex = from;
  return scalar.test(text) ? scalar.lastIndex : -1;
};

/** Behind what closes here, of what is open, up to where the next value begins; `at` is -1 where neither stands there. */
const close = (text: string, from: number, open: Open[]): number => {
  let at = from;
  for (;;) {
    const last = open.at(-1);
    if (last === undefined) return at;
    at = skipBlank(text, at);
    const sign = text.charAt(at);
    if (sign === ',') return last.isObject ? endOfKey(text, at + 1) : skipBlank(text, at + 1);
    if (sign !== (last.isObject ? '}' : ']')) return -1;
    at += 1;
    open.pop();
  }
};

/** Behind the object or array that begins at `start`, -1 or `tooDeep`; what was begun and fails is noted. */
const endOfTree = (text: string, start: number, failed: Set<number>): number => {
  const open: Open[] = [];
  let at = start;
  do {
    const sign = text.charAt(at);
    if (sign === '{' || sign === '[') {
      const isObject = sign === '{';
      open.push({ start: at, isObject });
      const first = skipBlank(text, at + 1);
      const isEmpty = text.charAt(first) === (isObject ? '}' : ']');
      if (isEmpty) at = close(text, first, open);
      else at = isObject ? endOfKey(text, first) : first;
    } else {
      const end = endOfScalar(text, at);
      at = end < 0 ? -1 : close(text, end, open);
    }
  } while (at >= 0 && open.length > 0 && open.length <= deepest);
  if (open.length > deepest) return tooDeep;
  // What is open here fails wherever one begins to read it, so that nothing is read once for each brace.
  for (const { start: begun } of open) failed.add(begun);
  return open.length > 0 ? -1 : at;
};

/** Whether a text cannot be a tree deeper than is read: each of its levels opens and closes. */
const isShallow = (text: string): boolean => {
  if (text.length <= 2 * deepest) return true;
  let opened = 0;
  for (let at = 0; at < text.length && opened <= deepest; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === brace || sign === bracket) opened += 1;
  }
  return opened <= deepest;
};

/** The object that all of a text is, as of most events: JSON.parse reads it several times as fast as what follows. */
const wholeObject = (text: string): object | undefined => {
  if (text.charCodeAt(0) !== brace || !text.endsWith('}') || !isShallow(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
};

/**
 * The first object in a text, whatever stands around it (user guide, Supported logs and discovered fields: the first
 * embedded JSON fragment). A brace that begins none is passed over. Time grows with the text alone.
 */
export const firstObject = (text: string): object | undefined => {
  const whole = wholeObject(text);
  if (whole !== undefined) return whole;
  const failed = new Set<number>();
  for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
    if (failed.has(start)) continue;
    const end = endOfTree(text, start, failed);
    if (end === tooDeep) return undefined;
    if (end >= 0) return JSON.parse(text.slice(start, end)) as object;
  }
  return undefined;
};

/** The object or array that a text is, and nothing else. */
export const wholeTree = (text: string): object | undefined => {
  const start = skipBlank(text, 0);
  if (!'{['.includes(text.charAt(start) || ' ')) return undefined;
  const end = endOfTree(text, start, new Set());
  return end >= 0 && skipBlank(text, end) === text.length ? (JSON.parse(text.slice(start, end)) as object) : undefined;
};
