import type { ReportSegment } from './segment-issue.ts';
import { isEntityId, isTraceId } from './trace-header.ts';

export type Check = (report: ReportSegment, at: string, value: unknown) => void;

export type Members = Readonly<Record<string, unknown>>;

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function path(at: string, member: string): string {
  return at ? `${at}.${member}` : member;
}

export function wrongType(report: ReportSegment, at: string, expected: string): void {
  report({ code: 'wrong-type', at, expected, message: `is no ${expected}: give one or leave it out` });
}

function ofType(expected: string, is: (value: unknown) => boolean): Check {
  return (report, at, value) => {
    if (!is(value)) wrongType(report, at, expected);
  };
}

export const flag = ofType('boolean', (value) => typeof value === 'boolean');
export const number = ofType('number', (value) => Number.isFinite(value));
export const integer = ofType('whole number', (value) => Number.isInteger(value));

/** A text of at most `limit` characters. */
export function text(limit = Number.POSITIVE_INFINITY): Check {
  return (report, at, value) => {
    if (typeof value !== 'string') return wrongType(report, at, 'text');
    const { length } = value;
    if (length <= limit) return;
    const message = `has ${length} characters, X-Ray takes ${limit}: drop ${length - limit}`;
    report({ code: 'text-length', at, length, limit, message });
  };
}

export const entityId: Check = (report, at, value) => {
  if (isEntityId(value)) return;
  report({ code: 'entity-id', at, value, message: `${JSON.stringify(value)} is no id: give 16 hexadecimal digits` });
};

export const traceId: Check = (report, at, value) => {
  if (isTraceId(value)) return;
  const message = `${JSON.stringify(value)} is no trace id: write 1-, 8 hexadecimal digits, - and 24 more`;
  report({ code: 'trace-id', at, value, message });
};

/** As many seconds before or after 1970 as a Date can be. */
const MAX_SECONDS = 8.64e12;

/** Seconds since 1970: a time past the year 5000 is milliseconds, taken for seconds. */
export const time: Check = (report, at, value) => {
  if (typeof value === 'number' && Math.abs(value) > MAX_SECONDS) return wrongType(report, at, 'time');
  number(report, at, value);
  if (typeof value !== 'number' || value < 1e11) return;
  report({ code: 'time-unit', at, time: value, message: `${value} is in milliseconds: divide by 1000` });
};

export function oneOf(...allowed: readonly string[]): Check {
  return (report, at, value) => {
    if (allowed.some((each) => each === value)) return;
    const message = `${JSON.stringify(value)} is unknown: use ${allowed.join(' or ')}`;
    report({ code: 'unknown-value', at, value, message });
  };
}

export function listOf(check: Check): Check {
  return (report, at, value) => {
    if (!Array.isArray(value)) return wrongType(report, at, 'list');
    for (const [index, element] of value.entries()) check(report, `${at}[${index}]`, element);
  };
}

/** An object; X-Ray ignores members it does not know, so that only these are checked, and where present. */
export function objectOf(shape: Readonly<Record<string, Check>>): Check {
  return (report, at, value) => {
    if (!isMembers(value)) return wrongType(report, at, 'object');
    for (const [member, check] of Object.entries(shape)) {
      if (value[member] !== undefined) check(report, path(at, member), value[member]);
    }
  };
}
