import type { AlarmIssue } from '@voice-campaign/cloudwatch-engine/alarms';
import { ServiceError } from '../service-api/service-error.ts';

const shapes = {
  ValidationError: 'com.amazon.coral.validate#ValidationException',
  InvalidParameterValue: 'com.amazonaws.cloudwatch.v2010_08_01#InvalidParameterValueException',
  InvalidParameterCombination: 'com.amazonaws.cloudwatch.v2010_08_01#InvalidParameterCombinationException',
  LimitExceeded: 'com.amazonaws.cloudwatch.v2010_08_01#LimitExceededFault',
} as const;

/** The service answers with the first thing that is wrong; the way out follows in brackets. */
export const refused = ({ error, message, path, fix }: AlarmIssue): ServiceError =>
  new ServiceError(shapes[error], error, `${message} (${path}: ${fix})`);

export const validationError = (message: string): ServiceError =>
  new ServiceError(shapes.ValidationError, 'ValidationError', message);

/** Of a text that should have been JSON. */
export const invalidFormat = (message: string): ServiceError =>
  new ServiceError('com.amazonaws.cloudwatch.v2010_08_01#InvalidFormatFault', 'InvalidFormat', message);

export const invalidNextToken = (): ServiceError =>
  new ServiceError(
    'com.amazonaws.cloudwatch.v2010_08_01#InvalidNextToken',
    'InvalidNextToken',
    'The NextToken is not valid',
  );

/** Of mute rules, contributors and tags, whose operations name another shape than SetAlarmState. */
export const resourceNotFoundException = (message: string): ServiceError =>
  new ServiceError(
    'com.amazonaws.cloudwatch.v2010_08_01#ResourceNotFoundException',
    'ResourceNotFoundException',
    message,
    404,
  );

/** Recorded of SetAlarmState: its message is empty. */
export const resourceNotFound = (): ServiceError =>
  new ServiceError('com.amazonaws.cloudwatch.v2010_08_01#ResourceNotFound', 'ResourceNotFound', '', 404);
