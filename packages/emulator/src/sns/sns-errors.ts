import { ServiceError } from '../service-api/service-error.ts';

const snsError = (shape: string, code: string, message: string, status = 400): ServiceError =>
  new ServiceError(`com.amazonaws.sns#${shape}`, code, message, status);

export const invalidParameter = (message: string): ServiceError =>
  snsError('InvalidParameterException', 'InvalidParameter', `Invalid parameter: ${message}`);

export const notFound = (what: string): ServiceError =>
  snsError('NotFoundException', 'NotFound', `${what} does not exist`, 404);

export const tooManyEntries = (): ServiceError =>
  snsError(
    'TooManyEntriesInBatchRequestException',
    'TooManyEntriesInBatchRequest',
    'The batch request contains more entries than permissible.',
  );

export const emptyBatch = (): ServiceError =>
  snsError('EmptyBatchRequestException', 'EmptyBatchRequest', "The batch request doesn't contain any entries.");

export const idsNotDistinct = (): ServiceError =>
  snsError(
    'BatchEntryIdsNotDistinctException',
    'BatchEntryIdsNotDistinct',
    'Two or more batch entries in the request have the same Id.',
  );
