import type { MetricDatum } from '@voice-campaign/cloudwatch-engine';
import type { InvocationResult } from '../lambda/invocation-result.ts';
import { serviceData } from './service-datum.ts';

const namespace = 'AWS/Lambda';

/** By function, by function and resource, and across all functions (Lambda developer guide, Types of metrics). */
const dimensionSets = (FunctionName: string) => [{ FunctionName }, { FunctionName, Resource: FunctionName }, {}];

/**
 * What Lambda publishes of an invocation. A throttled request is no invocation, nor an error. The instant is the one of
 * the invocation, not of its end (same page).
 */
export const lambdaMetrics = (result: InvocationResult, timestamp: number): MetricDatum[] => {
  const { functionName, functionError, durationMs, throttled } = result;
  const count = (name: string, value: number) => ({ name, unit: 'Count', values: [value] }) as const;
  const measured = throttled
    ? [count('Throttles', 1)]
    : [
        count('Invocations', 1),
        count('Errors', functionError === undefined ? 0 : 1),
        count('Throttles', 0),
        { name: 'Duration', unit: 'Milliseconds', values: [durationMs] } as const,
      ];
  return serviceData(namespace, timestamp, dimensionSets(functionName), measured);
};

/** How many invocations of a function, and of all functions, run at an instant. */
export const concurrencyMetrics = (
  functionName: string,
  running: { readonly ofFunction: number; readonly ofAll: number },
  timestamp: number,
): MetricDatum[] => {
  const measured = (value: number) => [{ name: 'ConcurrentExecutions', unit: 'Count', values: [value] }] as const;
  return [
    ...serviceData(namespace, timestamp, [{ FunctionName: functionName }], measured(running.ofFunction)),
    ...serviceData(namespace, timestamp, [{}], measured(running.ofAll)),
  ];
};
