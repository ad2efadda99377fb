import { checkKey, checkNamespace, type Report } from './check-names.ts';
import { UNITS } from './units.ts';

type Check = (report: Report, at: string, value: unknown) => void;

/** The members of an object: checked where present; a name that starts with `?` may be left out. */
type Shape = Readonly<Record<string, Check>>;

/** An object's own entries; none for anything else, so that what is not there is reported once and read as empty. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) ? Object.entries(value) : [];
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongType(report: Report, at: string, expected: string): void {
  report({ code: 'wrong-type', at, expected, message: `is no ${expected}: give one` });
}

const text: Check = (report, at, value) => {
  if (typeof value !== 'string') wrongType(report, at, 'text');
};

const cap: Check = (report, at, value) => {
  if (!Number.isInteger(value) || Number(value) < 1) {
    report({ code: 'bad-cap', at, value, message: 'is no whole number from 1: give the number of values to allow' });
  }
};

/** JSON has no BigInt and no cycle. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return `what is ${typeof value}`;
  }
}

function oneOf(...allowed: readonly (string | number)[]): Check {
  return (report, at, value) => {
    if (allowed.includes(value as string)) return;
    const shown = allowed.length > 9 ? 'one of the 27 units of the CloudWatch API' : allowed.join(', ');
    report({ code: 'unknown-value', at, value, allowed, message: `${jsonOf(value)} is unknown: use ${shown}` });
  };
}

function listOf(check: Check): Check {
  return (report, at, value) => {
    if (!Array.isArray(value)) return wrongType(report, at, 'list');
    for (const [index, element] of value.entries()) check(report, `${at}[${index}]`, element);
  };
}

function path(at: string, member: string): string {
  return at ? `${at}.${member}` : member;
}

function objectOf(shape: Shape): Check {
  const members = Object.entries(shape).map(([name, check]) => {
    const optional = name.startsWith('?');
    return { member: optional ? name.slice(1) : name, optional, check };
  });
  const allowed = members.map(({ member }) => member);
  return (report, at, value) => {
    if (!isObject(value)) return wrongType(report, at, 'object');
    let unknown = Object.keys(value).length;
    for (const { member, optional, check } of members) {
      const part = value[member];
      if (Object.hasOwn(value, member)) unknown -= 1;
      if (part !== undefined || !optional) check(report, path(at, member), part);
    }
    if (unknown === 0) return;
    for (const member of Object.keys(value)) {
      if (allowed.includes(member)) continue;
      const message = `means nothing here (${allowed.join(', ')} do): correct or drop it`;
      report({ code: 'unknown-member', at: path(at, member), allowed, message });
    }
  };
}

function recordOf(check: Check): Check {
  return (report, at, value) => {
    if (!isObject(value)) return wrongType(report, at, 'object');
    // `{ __proto__: … }` in an object literal declares no member: it replaces the prototype.
    if (Object.getPrototypeOf(value) !== Object.prototype) checkKey(report, at, '__proto__');
    for (const [name, element] of Object.entries(value)) {
      const here = path(at, name);
      checkKey(report, here, name);
      check(report, here, element);
    }
  };
}

/** Reports every member of a contract that has the wrong type, is unknown, or has a value nobody knows. */
export const checkShape: Check = objectOf({
  '?namespace': checkNamespace,
  metrics: recordOf(
    objectOf({
      kind: oneOf('counter', 'gauge', 'distribution'),
      unit: oneOf(...UNITS),
      description: text,
      '?counted': oneOf('on-commit', 'at-once'),
      '?dimensions': listOf(listOf(text)),
      '?resolution': oneOf(1, 60),
      '?statistic': text,
    }),
  ),
  dimensions: recordOf(objectOf({ '?description': text, '?values': listOf(text), '?maxValues': cap })),
  emitters: recordOf(objectOf({ kind: oneOf('handler', 'process'), '?description': text, emits: listOf(text) })),
  properties: recordOf(objectOf({ type: oneOf('string', 'number', 'boolean'), description: text })),
  rates: recordOf(
    objectOf({ numerator: text, denominator: text, scale: oneOf('percent', 'ratio'), description: text }),
  ),
});
