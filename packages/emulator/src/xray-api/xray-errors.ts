import type { Input } from '../service-api/input.ts';
import { ServiceError } from '../service-api/service-error.ts';

const xrayError = (shape: string, message: string, status = 400): ServiceError =>
  new ServiceError(`com.amazonaws.xray#${shape}`, shape, message, status);

export const invalidRequest = (message: string): ServiceError => xrayError('InvalidRequestException', message);

/** The name of a member that must be given. @throws ServiceError InvalidRequestException where it is not. */
export const required = (input: Input, name: string): string => {
  if ((input[name] ?? undefined) === undefined) throw invalidRequest(`${name} is required`);
  return name;
};

export const limitExceeded = (message: string): ServiceError => xrayError('RuleLimitExceededException', message);

export const resourceNotFound = (message: string): ServiceError => xrayError('ResourceNotFoundException', message, 404);
