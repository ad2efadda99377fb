import { ServiceError } from '../service-api/service-error.ts';

const sqsError = (shape: string, message: string, queryCode = shape): ServiceError =>
  new ServiceError(`com.amazonaws.sqs#${shape}`, queryCode, message);

const simpleQueueError = (shape: string, message: string): ServiceError =>
  sqsError(shape, message, `AWS.SimpleQueueService.${shape}`);

export const queueDoesNotExist = (): ServiceError =>
  sqsError('QueueDoesNotExist', 'The specified queue does not exist.', 'AWS.SimpleQueueService.NonExistentQueue');

export const missingParameter = (name: string): ServiceError =>
  sqsError('MissingRequiredParameterException', `The request must contain the parameter ${name}.`, 'MissingParameter');

export const invalidParameter = (message: string): ServiceError =>
  sqsError('InvalidParameterValueException', message, 'InvalidParameterValue');

export const invalidParameterOf = (name: string, value: unknown, reason: string): ServiceError =>
  invalidParameter(`Value ${String(value)} for parameter ${name} is invalid. Reason: ${reason}`);

export const invalidMessageContents = (character: string): ServiceError =>
  sqsError(
    'InvalidMessageContents',
    `Invalid character '#x${character}' was found in the message body, the set of allowed characters is #x9 | #xA | ` +
      '#xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
  );

export const receiptHandleIsInvalid = (handle: string): ServiceError =>
  sqsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);

export const messageNotInflight = (handle: string): ServiceError =>
  simpleQueueError('MessageNotInflight', `The message of receipt handle "${handle}" is not in flight.`);

export const overLimit = (limit: number): ServiceError =>
  sqsError('OverLimit', `The maximum number of ${limit} in flight messages is reached.`);

export const emptyBatchRequest = (entryShape: string): ServiceError =>
  simpleQueueError('EmptyBatchRequest', `There should be at least one ${entryShape} in the request.`);

export const tooManyEntries = (sent: number): ServiceError =>
  simpleQueueError(
    'TooManyEntriesInBatchRequest',
    `Maximum number of entries per request are 10. You have sent ${sent}.`,
  );

export const batchEntryIdsNotDistinct = (id: string): ServiceError =>
  simpleQueueError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);

export const invalidBatchEntryId = (): ServiceError =>
  simpleQueueError(
    'InvalidBatchEntryId',
    'A batch entry id can only contain alphanumeric characters, hyphens and underscores. ' +
      'It can be at most 80 letters long.',
  );

export const batchRequestTooLong = (limit: number, sent: number): ServiceError =>
  simpleQueueError(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${limit} bytes. You have sent ${sent} bytes.`,
  );

export const invalidAttributeName = (name: string): ServiceError =>
  sqsError('InvalidAttributeName', `Unknown Attribute ${name}.`);

export const invalidAttributeValue = (name: string): ServiceError =>
  sqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);

export const queueNameExists = (attribute: string): ServiceError =>
  sqsError(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
    'QueueAlreadyExists',
  );

export const purgeQueueInProgress = (name: string): ServiceError =>
  simpleQueueError('PurgeQueueInProgress', `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`);

export const invalidAddress = (url: string): ServiceError =>
  sqsError('InvalidAddress', `The address ${url} is not valid for this endpoint.`);

export const unsupportedOperation = (message: string): ServiceError =>
  simpleQueueError('UnsupportedOperation', message);
