import { valueText } from '../../value-text.ts';

/** The service's own error codes, as they stand in its answers. */
type ServiceError = 'ValidationError' | 'InvalidParameterValue' | 'InvalidParameterCombination' | 'LimitExceeded';

/**
 * One thing that PutMetricAlarm, PutCompositeAlarm or PutAlarmMuteRule refuses. `code` is stable; `path` names the
 * field; `message` is what the service says (`error` its code), `fix` the limit and the way out.
 */
export type AlarmIssue = {
  readonly code: string;
  readonly path: string;
  readonly error: ServiceError;
  readonly message: string;
  readonly fix: string;
};

/** Collects issues in the order of the checks. */
export type Report = (issue: Omit<AlarmIssue, 'error'> & { readonly error?: ServiceError }) => void;

/** A constraint of the service's model, in the words that all AWS services have for them. */
export function constraint(value: unknown, path: string, must: string): string {
  const shown = value === undefined ? 'null' : `'${valueText(value)}'`;
  const field = path.charAt(0).toLowerCase() + path.slice(1);
  return `1 validation error detected: Value ${shown} at '${field}' failed to satisfy constraint: Member must ${must}`;
}

/** Text of `from` to `to` characters; issues `missing`, `too-short` and `too-long`. */
export function checkText(report: Report, path: string, text: string | undefined, from: number, to: number): void {
  const length = text?.length ?? 0;
  if (text === undefined) {
    report({ code: 'missing', path, message: constraint(text, path, 'not be null'), fix: `give a ${path}` });
  } else if (length < from) {
    const message = constraint(text, path, `have length greater than or equal to ${from}`);
    report({ code: 'too-short', path, message, fix: `give it ${from} to ${to} characters` });
  } else if (length > to) {
    const message = constraint(text, path, `have length less than or equal to ${to}`);
    report({
      code: 'too-long',
      path,
      message,
      fix: `it has ${length} characters, CloudWatch allows ${to}: drop ${length - to}`,
    });
  }
}

/** One of some words; issue `not-one-of`. */
export function checkWord(
  report: Report,
  path: string,
  word: string,
  words: readonly string[],
  message?: string,
): void {
  if (words.includes(word)) return;
  report({
    code: 'not-one-of',
    path,
    message: message ?? constraint(word, path, `satisfy enum value set: [${words.join(', ')}]`),
    fix: `write one of ${words.join(', ')}`,
  });
}

/** A whole number from `from` up; issues `missing` and `too-small`. True where it is one. */
export function checkCount(
  report: Report,
  path: string,
  count: number | undefined,
  from: number,
  missing: string,
): boolean {
  if (count === undefined) {
    report({ code: 'missing', path, message: missing, fix: `give a ${path}` });
    return false;
  }
  if (Number.isInteger(count) && count >= from) return true;
  const message = constraint(count, path, `have value greater than or equal to ${from}`);
  report({ code: 'too-small', path, message, fix: `${path} is a whole number from ${from} up` });
  return false;
}
