import type { Unit } from '@voice-campaign/metrics-schema';
import { type Metric, type MetricInput, metricOf } from '../../series/metric.ts';
import { parseStatistic } from '../../series/statistic/parse-statistic.ts';
import { isPeriod } from '../../series/store/retention.ts';

/** MetricDataQuery of the API Reference. An input of the AWS SDK can be given as it is. */
export type MetricDataQueryInput = {
  readonly Id?: string | undefined;
  readonly MetricStat?:
    | {
        readonly Metric?: MetricInput | undefined;
        /** Seconds. */
        readonly Period?: number | undefined;
        readonly Stat?: string | undefined;
        readonly Unit?: string | undefined;
      }
    | undefined;
  readonly Expression?: string | undefined;
  readonly Label?: string | undefined;
  /** Default true. */
  readonly ReturnData?: boolean | undefined;
  /** Seconds; of an expression that no metric gives a period. */
  readonly Period?: number | undefined;
  readonly AccountId?: string | undefined;
};

/** A metric as it is read. */
export type MetricRequest = {
  readonly metric: Metric;
  readonly stat: string;
  readonly periodSeconds: number;
  readonly unit?: Unit;
};

/** The metric of a query; problems are added to the list. */
export function readMetricStat(
  { MetricStat = {} }: MetricDataQueryInput,
  problems: string[],
): MetricRequest | undefined {
  const { Metric = {}, Period: period, Stat: stat = '', Unit: unit } = MetricStat;
  const metric = metricOf(Metric);
  const before = problems.length;
  if (metric.namespace === '') problems.push('MetricStat.Metric.Namespace is missing');
  if (metric.name === '') problems.push('MetricStat.Metric.MetricName is missing');
  if ((Metric.Dimensions ?? []).some(({ Name, Value }) => !Name || !Value)) {
    problems.push('a dimension needs Name and Value');
  }
  const statistic = parseStatistic(stat);
  if (!statistic.ok) problems.push(`MetricStat.Stat: ${statistic.issue.message}`);
  checkPeriod('MetricStat.Period', period, problems);
  if (problems.length > before || period === undefined) return undefined;
  const request = { metric, stat, periodSeconds: period };
  return unit === undefined ? request : { ...request, unit: unit as Unit };
}

export function checkPeriod(name: string, period: number | undefined, problems: string[]): void {
  if (period !== undefined && isPeriod(period)) return;
  problems.push(`${name} is ${period ?? 'missing'}: take 1, 5, 10, 20, 30 or a multiple of 60 seconds`);
}
