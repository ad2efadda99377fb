import type { MetricService } from '../metrics/metrics.ts';
import type { Service } from '../service-api/service.ts';
import { readMetricData } from './read-metric-data.ts';

/** CloudWatch as the AWS SDKs call it (AWS JSON 1.0); for now it takes PutMetricData alone. */
export const cloudwatchService = (context: {
  readonly metrics: MetricService;
  /** Epoch milliseconds. */
  readonly now: () => number;
}): Service => ({
  signingName: 'monitoring',
  targetPrefix: 'GraniteServiceVersion20100801',
  query: { version: '2010-08-01', xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/' },
  maximumBodyBytes: 1_048_576,
  operations: {
    PutMetricData: (input) => {
      context.metrics.add(readMetricData(input, context.now()), 'PutMetricData');
      return {};
    },
  },
});
