import { ServiceError } from '../service-api/service-error.ts';

const logsError = (shape: string, message: string, members: Readonly<Record<string, unknown>> = {}): ServiceError =>
  new ServiceError(shape, shape, message, 400, members);

export const invalidParameter = (message: string): ServiceError => logsError('InvalidParameterException', message);

/** Recorded of some requests in place of the usual code. */
export const validationError = (message: string): ServiceError => logsError('ValidationException', message);

export const notFound = (message: string): ServiceError => logsError('ResourceNotFoundException', message);

export const alreadyExists = (message: string): ServiceError => logsError('ResourceAlreadyExistsException', message);

export const limitExceeded = (message: string): ServiceError => logsError('LimitExceededException', message);

export const tooManyTags = (message: string): ServiceError => logsError('TooManyTagsException', message);

/** A query that does not compile; `at` are the characters that are wrong. */
export const malformedQuery = (message: string, at: { readonly start: number; readonly end: number }): ServiceError =>
  logsError('MalformedQueryException', message, {
    queryCompileError: { location: { startCharOffset: at.start, endCharOffset: at.end }, message },
  });
