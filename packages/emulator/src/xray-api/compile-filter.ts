import {
  matchTrace,
  parseTraceFilter,
  TraceFilterError,
  type TraceView,
} from '@voice-campaign/cloudwatch-engine/traces';
import { invalidRequest } from './xray-errors.ts';

/** What a filter expression finds; without one every trace. @throws ServiceError for what X-Ray cannot read. */
export const compileFilter = (expression: string): ((view: TraceView) => boolean) => {
  if (expression === '') return () => true;
  try {
    const filter = parseTraceFilter(expression);
    return (view) => matchTrace(filter, view);
  } catch (error) {
    if (error instanceof TraceFilterError) throw invalidRequest(`FilterExpression: ${error.message}`);
    throw error;
  }
};
