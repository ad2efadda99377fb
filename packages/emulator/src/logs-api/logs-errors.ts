import { ServiceError } from '../service-api/service-error.ts';

const logsError = (shape: string, message: string): ServiceError => new ServiceError(shape, shape, message);

export const invalidParameter = (message: string): ServiceError => logsError('InvalidParameterException', message);

export const notFound = (message: string): ServiceError => logsError('ResourceNotFoundException', message);

export const alreadyExists = (message: string): ServiceError => logsError('ResourceAlreadyExistsException', message);

export const limitExceeded = (message: string): ServiceError => logsError('LimitExceededException', message);

export const tooManyTags = (message: string): ServiceError => logsError('TooManyTagsException', message);
