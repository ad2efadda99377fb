import { UNITS, type Unit } from '@voice-campaign/metrics-schema';
import { type Input, readInteger, readObjects, readString, readTimestamp } from '../service-api/input.ts';
import { type Problem, sameDimensionTwice } from './cloudwatch-errors.ts';

/** Collects what is wrong with a request, in CloudWatch's words. */
export type Problems = {
  readonly list: readonly Problem[];
  readonly missing: (parameter: string) => void;
  readonly value: (message: string) => void;
  readonly combination: (message: string) => void;
};

export const createProblems = (): Problems => {
  const list: Problem[] = [];
  return {
    list,
    missing: (parameter) => void list.push({ kind: 'missing', message: `The parameter ${parameter} is required.` }),
    value: (message) => void list.push({ kind: 'value', message }),
    combination: (message) => void list.push({ kind: 'combination', message }),
  };
};

/** A text of 1 to `longest` characters; empty where it is none. */
export const readText = (
  input: Input,
  name: string,
  problems: Problems,
  { path = name, longest = 255, required = true } = {},
): string => {
  const text = readString(input, name) ?? '';
  if (text === '' && required) problems.missing(path);
  if (text.length > longest) problems.value(`The parameter ${path} must be shorter than ${longest + 1} characters.`);
  return text;
};

/** The dimension set of a metric. */
export const readDimensionSet = (input: Input, problems: Problems, path = 'Dimensions'): Record<string, string> => {
  const all = readObjects(input, 'Dimensions');
  if (all.length > 30) problems.value(`The collection ${path} must not have a size greater than 30.`);
  const pairs = all.map((each, index) => {
    const at = `${path}.member.${index + 1}`;
    const name = readText(each, 'Name', problems, { path: `${at}.Name` });
    return [name, readText(each, 'Value', problems, { path: `${at}.Value`, longest: 1024 })] as const;
  });
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) {
    problems.value(sameDimensionTwice);
  }
  return Object.fromEntries(pairs);
};

export const readUnit = (input: Input, problems: Problems, path = 'Unit'): Unit | undefined => {
  const text = readString(input, 'Unit');
  const unit = UNITS.find((each) => each === text);
  if (text !== undefined && unit === undefined) {
    problems.value(`The parameter ${path} must be a value in the set [ ${UNITS.join(', ')} ].`);
  }
  return unit;
};

/** A period that CloudWatch takes, in seconds. */
export const readPeriod = (input: Input, problems: Problems, path = 'Period'): number => {
  const period = readInteger(input, 'Period');
  if (period === undefined) problems.missing(path);
  else if (period < 0) problems.value(`The parameter ${path} must be greater than 0.`);
  else if (period === 0) problems.value(`The parameter ${path} must not equal 0.`);
  else if (period % 60 !== 0 && ![1, 5, 10, 20, 30].includes(period)) {
    problems.value(`The parameter ${path} must be 1, 5, 10, 20, 30 or a multiple of 60.`);
  }
  return period ?? 60;
};

/** Recorded of GetMetricStatistics, also of an EndTime that is the StartTime. */
export const endsTooEarly = 'The parameter StartTime must be less than the parameter EndTime.';

/** StartTime and EndTime, seconds since 1970; `same` is said of two that are one. */
export const readRange = (
  input: Input,
  problems: Problems,
  same = 'The parameter StartTime must not equal parameter EndTime.',
): { readonly start: number; readonly end: number } => {
  const [start, end] = [readTimestamp(input, 'StartTime'), readTimestamp(input, 'EndTime')];
  if (start === undefined) problems.missing('StartTime');
  if (end === undefined) problems.missing('EndTime');
  if (start !== undefined && end !== undefined && start >= end) problems.value(start === end ? same : endsTooEarly);
  return { start: (start ?? 0) / 1000, end: (end ?? 0) / 1000 };
};
