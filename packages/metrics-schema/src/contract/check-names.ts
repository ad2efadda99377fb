import type { ContractIssue } from './contract-error.ts';

export type Report = (issue: ContractIssue) => void;

/** What dimension names and values, metric names and property keys are made of (API reference, Dimension). */
export const PRINTABLE_ASCII = /^[ -~]*[!-~][ -~]*$/;
/** User guide, "Namespaces": alphanumerics, period, hyphen, underscore, slash, hash, colon and space. */
export const NAMESPACE_CHARACTERS = /^(?=.*\S)[\w.\-/#: ]*$/;

/** Reports a text whose length CloudWatch refuses, or that is not made of the characters it takes. */
export function checkText(report: Report, at: string, name: string, limit: number, pattern = PRINTABLE_ASCII): void {
  const { length } = name;
  if (length === 0 || length > limit) {
    report({
      code: 'name-length',
      at,
      length,
      limit,
      message: `has ${length} characters, CloudWatch takes 1 to ${limit}: ${length ? `drop ${length - limit}` : 'name it'}`,
    });
  } else if (!pattern.test(name)) {
    const allowed =
      pattern === PRINTABLE_ASCII ? 'printable ASCII, not spaces alone' : 'A-Z a-z 0-9 . - _ / # : and space';
    report({
      code: 'name-characters',
      at,
      name,
      message: `"${name}" has other characters than CloudWatch takes here (${allowed}): use an id in place of a title`,
    });
  }
}

function reserved(report: Report, at: string, name: string, why: string): void {
  report({ code: 'reserved-name', at, name, message: `"${name}" is reserved (${why}): choose another name` });
}

/** Reports a key that cannot be an object's own member: it would be lost, or hide one of JavaScript's. */
export function checkKey(report: Report, at: string, key: string): void {
  if (key in Object.prototype) reserved(report, at, key, 'every JavaScript object has it');
}

/** Reports a name that cannot be a root member of an EMF document: a metric's, a dimension's or a property's. */
export function checkRootKey(report: Report, at: string, key: string, limit: number): void {
  checkKey(report, at, key);
  checkText(report, at, key, limit);
  if (key === '_aws' || key === 'CloudWatchMetrics') reserved(report, at, key, 'it holds the EMF envelope');
  else if (key.startsWith(':')) reserved(report, at, key, 'CloudWatch refuses names that start with a colon');
}

/** Reports a namespace that CloudWatch refuses (API reference, PutMetricData; user guide, "Namespaces"). */
export function checkNamespace(report: Report, at: string, namespace: unknown): void {
  if (typeof namespace !== 'string') {
    report({ code: 'wrong-type', at, expected: 'text', message: 'is no text: give <project>/<environment>' });
    return;
  }
  checkText(report, at, namespace, 255, NAMESPACE_CHARACTERS);
  if (namespace.startsWith('AWS/')) reserved(report, at, namespace, 'AWS services publish there');
  else if (namespace.startsWith(':')) reserved(report, at, namespace, 'CloudWatch refuses a leading colon');
}
