import { ServiceError } from '../service-api/service-error.ts';

const snsError = (shape: string, code: string, message: string, status = 400): ServiceError =>
  new ServiceError(`com.amazonaws.sns#${shape}`, code, message, status);

/** The same as `invalidParameter`, of a text that is said as it is. */
export const invalid = (message: string): ServiceError =>
  snsError('InvalidParameterException', 'InvalidParameter', message);

export const invalidParameter = (message: string): ServiceError => invalid(`Invalid parameter: ${message}`);

/** Of a message attribute. */
export const invalidAttribute = (message: string): ServiceError =>
  snsError('InvalidParameterValueException', 'ParameterValueInvalid', message);

export const missingMember = (path: string): ServiceError =>
  snsError(
    'ValidationException',
    'ValidationError',
    `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );

export const notFound = (what: string): ServiceError =>
  snsError('NotFoundException', 'NotFound', `${what} does not exist`, 404);

/** Of the operations on tags, which name another shape than those on topics. */
export const resourceNotFound = (): ServiceError =>
  snsError('ResourceNotFoundException', 'ResourceNotFound', 'Resource does not exist', 404);

export const tooManyTags = (): ServiceError =>
  snsError(
    'TagLimitExceededException',
    'TagLimitExceeded',
    'Could not complete request: tag quota of per resource exceeded',
  );

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

export const invalidBatchEntryId = (reason: string): ServiceError =>
  snsError(
    'InvalidBatchEntryIdException',
    'InvalidBatchEntryId',
    `The Id of a batch entry in the batch request ${reason}`,
  );

export const batchTooLong = (): ServiceError =>
  snsError(
    'BatchRequestTooLongException',
    'BatchRequestTooLong',
    'The length of all the messages put together is more than the limit.',
  );
