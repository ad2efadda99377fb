import { ServiceError } from '../service-api/service-error.ts';

const cloudwatchError = (shape: string, queryCode: string, message: string): ServiceError =>
  new ServiceError(`com.amazonaws.cloudwatch.v2010_08_01#${shape}`, queryCode, message);

export const invalidValue = (message: string): ServiceError =>
  cloudwatchError('InvalidParameterValueException', 'InvalidParameterValue', message);

export const invalidCombination = (message: string): ServiceError =>
  cloudwatchError('InvalidParameterCombinationException', 'InvalidParameterCombination', message);

const missing = (message: string): ServiceError =>
  cloudwatchError('MissingRequiredParameterException', 'MissingParameter', message);

export const missingParameter = (parameter: string): ServiceError => missing(`The parameter ${parameter} is required.`);

export const invalidNextToken = (): ServiceError =>
  cloudwatchError('InvalidNextToken', 'InvalidNextToken', 'The next token specified is invalid.');

/** As users quote it. */
export const sameDimensionTwice = 'No metric may specify the same dimension name twice.';

/** One thing wrong with a request. */
export type Problem = { readonly kind: 'missing' | 'value' | 'combination'; readonly message: string };

/** All of them at once, one a line, under the code of the gravest. @throws ServiceError where there is any. */
export const throwProblems = (problems: readonly Problem[]): void => {
  const make = { missing, value: invalidValue, combination: invalidCombination };
  for (const kind of ['missing', 'value', 'combination'] as const) {
    const messages = problems.filter((problem) => problem.kind === kind).map(({ message }) => message);
    if (messages.length > 0) throw make[kind](messages.join('\n'));
  }
};

/** The same for GetMetricData, which ends every line, and has one code for all. */
export const throwValidation = (problems: readonly Problem[]): void => {
  if (problems.length === 0) return;
  const message = problems.map((problem) => `${problem.message}\n`).join('');
  throw new ServiceError('com.amazon.coral.validate#ValidationException', 'ValidationError', message);
};
