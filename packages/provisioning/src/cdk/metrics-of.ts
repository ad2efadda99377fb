import type { Contract } from '@voice-campaign/metrics-schema';
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type EmittedName, type MetricArguments, readersOf } from '../monitoring/readings.ts';

/** A metric of the contract for a widget or alarm of one's own: what nobody emits cannot be named. */
export type ContractMetrics<C extends Contract> = <N extends EmittedName<C>>(
  name: N,
  ...options: MetricArguments<C, N>
) => Metric;

const minute = 60;

/** Metrics of a contract in a namespace, each with the statistic that makes sense for it, over a minute. */
export const metricsOf = <C extends Contract>(contract: C, namespace: string): ContractMetrics<C> => {
  const { metric } = readersOf(contract);
  return (name, ...options) => {
    const { statistic, dimensions } = metric(name, ...options);
    return new Metric({
      namespace,
      metricName: name,
      statistic,
      period: Duration.seconds(minute),
      ...(Object.keys(dimensions).length > 0 && { dimensionsMap: { ...dimensions } }),
    });
  };
};
