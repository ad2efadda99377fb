import { ServiceError } from '../service-api/service-error.ts';

const xrayError = (shape: string, message: string, status = 400): ServiceError =>
  new ServiceError(`com.amazonaws.xray#${shape}`, shape, message, status);

export const invalidRequest = (message: string): ServiceError => xrayError('InvalidRequestException', message);

export const limitExceeded = (message: string): ServiceError => xrayError('RuleLimitExceededException', message);

export const resourceNotFound = (message: string): ServiceError => xrayError('ResourceNotFoundException', message, 404);
