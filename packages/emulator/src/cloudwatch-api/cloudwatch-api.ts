import type { MetricService } from '../metrics/metrics.ts';
import type { Service } from '../service-api/service.ts';
import { type DrawWidget, metricWidgetImage } from './metric-widget-image.ts';
import { metricDataReader } from './metrics/get-metric-data.ts';
import { getMetricStatistics } from './metrics/get-metric-statistics.ts';
import { listMetrics } from './metrics/list-metrics.ts';
import type { MetricReads } from './metrics/metric-reads.ts';
import { readMetricData } from './metrics/read-metric-data.ts';

/** Members of answers that are doubles in CloudWatch's model. */
const DOUBLES: ReadonlySet<string> = new Set([
  ...['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum', 'ExtendedStatistics', 'Values', 'Threshold'],
  ...['AggregateValue', 'ApproximateAggregateValue', 'ApproximateValue', 'UniqueContributors', 'MaxContributorValue'],
]);

/** CloudWatch as the AWS SDKs and the CLI call it; `others` are its operations on other things than metrics. */
export const cloudwatchService = (
  context: MetricReads & { readonly metrics: MetricService; readonly drawWidget?: DrawWidget | undefined },
  others: Service['operations'],
): Service => ({
  signingName: 'monitoring',
  targetPrefix: 'GraniteServiceVersion20100801',
  query: { version: '2010-08-01', xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/' },
  maximumBodyBytes: 1_048_576,
  doubles: DOUBLES,
  operations: {
    ...others,
    PutMetricData: (input) => {
      context.metrics.add(readMetricData(input, context.now()), 'PutMetricData');
    },
    ListMetrics: (input) => listMetrics(context, input),
    GetMetricData: metricDataReader(context),
    GetMetricWidgetImage: metricWidgetImage(context.drawWidget),
    GetMetricStatistics: (input) => getMetricStatistics(context, input),
  },
});
