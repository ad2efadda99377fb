import type { MetricDatum } from '@voice-campaign/cloudwatch-engine';
import { serviceData } from './service-datum.ts';

// Lambda developer guide, "Types of metrics for Lambda functions", asynchronous invocation metrics: by function.
const ofFunction = (
  functionName: string,
  timestamp: number,
  measured: Parameters<typeof serviceData>[3],
): MetricDatum[] => serviceData('AWS/Lambda', timestamp, [{ FunctionName: functionName }], measured);

/** An event was taken into Lambda's queue. */
export const receivedMetrics = (functionName: string, timestamp: number): MetricDatum[] =>
  ofFunction(functionName, timestamp, [{ name: 'AsyncEventsReceived', unit: 'Count', values: [1] }]);

/** An event goes to its function so many milliseconds after it was taken. */
export const ageMetrics = (functionName: string, ageMs: number, timestamp: number): MetricDatum[] =>
  ofFunction(functionName, timestamp, [{ name: 'AsyncEventAge', unit: 'Milliseconds', values: [ageMs] }]);

/** An event was given up, and its dead-letter queue may not have taken it either. */
export const droppedMetrics = (functionName: string, isLost: boolean, timestamp: number): MetricDatum[] =>
  ofFunction(functionName, timestamp, [
    { name: 'AsyncEventsDropped', unit: 'Count', values: [1] },
    ...(isLost ? [{ name: 'DeadLetterErrors', unit: 'Count', values: [1] } as const] : []),
  ]);
