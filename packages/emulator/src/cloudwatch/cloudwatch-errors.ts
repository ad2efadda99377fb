import { ServiceError } from '../service-api/service-error.ts';

const cloudwatchError = (shape: string, queryCode: string, message: string): ServiceError =>
  new ServiceError(`com.amazonaws.cloudwatch#${shape}`, queryCode, message);

export const invalidValue = (message: string): ServiceError =>
  cloudwatchError('InvalidParameterValueException', 'InvalidParameterValue', message);

export const invalidCombination = (message: string): ServiceError =>
  cloudwatchError('InvalidParameterCombinationException', 'InvalidParameterCombination', message);

export const missingParameter = (parameter: string): ServiceError =>
  cloudwatchError('MissingRequiredParameterException', 'MissingParameter', `The parameter ${parameter} is required.`);
