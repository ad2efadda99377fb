/** What is wrong with the body of a rule; `path` leads to it, as in `Contribution.Keys[1]`. */
export type InsightRuleIssue = {
  readonly code: 'body' | 'missing' | 'type' | 'value' | 'unknown' | 'too-many';
  readonly path: string;
  readonly message: string;
};

export type Report = (code: InsightRuleIssue['code'], path: string, message: string) => void;

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a path, empty where it is none; issues `missing`, `type`, and `unknown` for members it may not have. */
export function readObject(value: unknown, path: string, members: readonly string[], report: Report): JsonObject {
  if (!isObject(value)) {
    const code = value === undefined ? 'missing' : 'type';
    report(code, path, `${path} is ${value === undefined ? 'missing' : 'no object'}: it has ${members.join(', ')}`);
    return {};
  }
  for (const member of Object.keys(value)) {
    if (members.includes(member)) continue;
    report('unknown', `${path}.${member}`, `${path} has no member ${member}: it has ${members.join(', ')}`);
  }
  return value;
}

/** The texts of a list; issues `missing`, `type` and `too-many`. */
export function readTexts(value: unknown, path: string, most: number, report: Report): readonly string[] {
  if (!Array.isArray(value)) {
    report(value === undefined ? 'missing' : 'type', path, `${path} is a list of 1 to ${most} texts`);
    return [];
  }
  if (value.length === 0 || value.length > most) {
    report('too-many', path, `${path} has ${value.length} members, Contributor Insights takes 1 to ${most}`);
  }
  for (const [index, each] of value.entries()) {
    if (typeof each !== 'string' || each === '') report('type', `${path}[${index}]`, `${path}[${index}] is no text`);
  }
  return value.filter((each) => typeof each === 'string');
}

/** One of some words; issues `missing` and `value`. */
export function readWord<W extends string>(
  value: unknown,
  path: string,
  words: readonly W[],
  report: Report,
): W | undefined {
  const word = words.find((each) => each === value);
  if (word === undefined) {
    const found = value === undefined ? 'missing' : JSON.stringify(value);
    report(value === undefined ? 'missing' : 'value', path, `${path} is ${found}: write ${words.join(' or ')}`);
  }
  return word;
}
