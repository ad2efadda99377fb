/** What a line of EMF says: its time, its directives, and the members of the root, at the places that `index` tells. */
export type ReadLine = {
  readonly timestamp: number;
  readonly directives: readonly unknown[];
  readonly index: ReadonlyMap<string, number>;
  readonly values: readonly unknown[];
};

/** What lines have alike: the directives, and the keys of the root in their order. */
type Shape = {
  /** The whole line; captured are the time, and the members that the directives name. */
  readonly pattern: RegExp;
  readonly directives: readonly unknown[];
  readonly index: ReadonlyMap<string, number>;
  /** Which of those members are texts; the others are samples. */
  readonly texts: readonly boolean[];
};

export type LineShapes = {
  /** Reads a line that is like one learned before; `undefined` for any other, valid or not. */
  readonly read: (line: string) => ReadLine | undefined;
  /** Remembers what a line is like; `members` are its root as JSON.parse gives it, without duplicates. */
  readonly learn: (line: string, members: readonly (readonly [key: string, value: unknown])[]) => void;
};

const START = /^\{"_aws":\{"Timestamp":[1-9]\d{12},"CloudWatchMetrics":/;
/** Where nearly every envelope ends: with the list of metrics or dimension sets of its last directive. */
const ENVELOPE_END = ']}]}';
/** A text without escapes, any text, a number: in JSON. */
const PLAIN = '"([ !#-\\[\\]-\\uffff]*)"';
const TEXT = '"[ !#-\\[\\]-\\uffff]*(?:\\\\(?:["\\\\/bfnrt]|u[\\dA-Fa-f]{4})[ !#-\\[\\]-\\uffff]*)*"';
const NUMBER = '-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[Ee][+-]?\\d+)?';
const SAMPLES = `(${NUMBER}|\\[${NUMBER}(?:,${NUMBER})*\\])`;
const SCALAR = `(?:${TEXT}|${NUMBER}|true|false|null)`;

/** What may be remembered: this many envelopes of different length of this many characters, each with so many shapes. */
const MAX_ENVELOPES = 100;
const MAX_ENVELOPE_LENGTH = 20_000;
const MAX_SHAPES = 8;
const MAX_MEMBERS = 150;
/** Learning costs more than it saves on one line: lines that are never alike may cost it so often. */
const FIRST_CREDIT = 1000;
const CREDIT_OF_READ = 0.1;

/**
 * A way to read lines of JSON in less time than JSON.parse takes. Where lines begin with `_aws` and have no white space,
 * as JSON.stringify writes them, those of one handler differ in little: the directives stay, so do the keys of the root,
 * and of the values only those that the directives name matter. One regular expression says all of that of a line.
 */
export function createLineShapes(): LineShapes {
  /** By where the envelope ends; what was read last comes first. */
  const shapes = new Map<number, Shape[]>();
  let credit = FIRST_CREDIT;
  return {
    read: (line) => {
      const alike = shapes.get(line.indexOf(ENVELOPE_END));
      const read = alike && readAny(line, alike);
      if (read && credit < FIRST_CREDIT) credit += CREDIT_OF_READ;
      return read;
    },
    learn: (line, members) => {
      const end = line.indexOf(ENVELOPE_END);
      if (credit < 1 || end > MAX_ENVELOPE_LENGTH || members.length > MAX_MEMBERS) return;
      const shape = shapeOf(line, end, members);
      if (!shape) return;
      credit -= 1;
      if (shapes.size >= MAX_ENVELOPES) shapes.clear();
      shapes.set(end, [shape, ...(shapes.get(end) ?? [])].slice(0, MAX_SHAPES));
    },
  };
}

function readAny(line: string, shapes: Shape[]): ReadLine | undefined {
  for (let at = 0; at < shapes.length; at += 1) {
    const shape = shapes[at] as Shape;
    const match = shape.pattern.exec(line);
    if (!match) continue;
    if (at > 0) {
      shapes.splice(at, 1);
      shapes.unshift(shape);
    }
    return readMatch(match, shape);
  }
  return undefined;
}

function readMatch(match: RegExpExecArray, { directives, index, texts }: Shape): ReadLine {
  const values: unknown[] = [];
  for (let at = 0; at < texts.length; at += 1) {
    const text = match[at + 2] as string;
    values.push(texts[at] ? text : samplesOf(text));
  }
  return { timestamp: Number(match[1]), directives, index, values };
}

function samplesOf(text: string): unknown {
  return text.startsWith('[') ? JSON.parse(text) : Number(text);
}

/** `undefined` for another form of line, and where a value is no scalar nor a list of samples. */
function shapeOf(line: string, end: number, members: Parameters<LineShapes['learn']>[1]): Shape | undefined {
  const from = START.exec(line)?.[0].length ?? 0;
  const envelope = from === 0 ? '' : line.slice(from, end + ENVELOPE_END.length);
  const directives = directivesOf(envelope);
  if (!directives) return undefined;
  const keys = new Set(directives.flatMap(keysOf));
  const index = new Map<string, number>();
  const texts: boolean[] = [];
  let source = `^\\{"_aws":\\{"Timestamp":([1-9]\\d{12}),"CloudWatchMetrics":${escaped(envelope)}`;
  for (const [key, value] of members.slice(1)) {
    const isNamed = keys.has(key);
    const isText = typeof value === 'string';
    if (typeof value === 'object' && value !== null && !(isNamed && Array.isArray(value))) return undefined;
    if (isNamed) {
      index.set(key, texts.length);
      texts.push(isText);
    }
    source += `,${escaped(JSON.stringify(key))}:${isNamed ? (isText ? PLAIN : SAMPLES) : SCALAR}`;
  }
  return { pattern: new RegExp(`${source}\\}$`), directives, index, texts };
}

/** Of the text of an envelope, from the list of directives to the brace after it. */
function directivesOf(envelope: string): readonly unknown[] | undefined {
  try {
    const directives: unknown = JSON.parse(envelope.slice(0, -1));
    return Array.isArray(directives) ? directives : undefined;
  } catch {
    return undefined;
  }
}

function keysOf(directive: unknown): readonly unknown[] {
  const { Dimensions: sets, Metrics: metrics } = Object(directive);
  const names = Array.isArray(metrics) ? metrics.map((metric: unknown) => Object(metric).Name) : [];
  return [...(Array.isArray(sets) ? sets.flat() : []), ...names];
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
