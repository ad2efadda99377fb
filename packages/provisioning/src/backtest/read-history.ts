import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
  type StandardUnit,
} from '@aws-sdk/client-cloudwatch';
import type { Points } from '@voice-campaign/cloudwatch-engine';
import type { AskedSeries, History } from './history-source.ts';

/** Queries of one call (API Reference, GetMetricData). */
const mostQueries = 500;

/** Reads series from `start` to `end`, seconds since 1970. Gives back how many metrics were asked for, as AWS bills them. */
export const readHistory = async (
  client: CloudWatchClient,
  history: History,
  series: readonly AskedSeries[],
  { start, end }: { readonly start: number; readonly end: number },
): Promise<number> => {
  let asked = 0;
  for (let first = 0; first < series.length; first += mostQueries) {
    const batch = series.slice(first, first + mostQueries);
    let token: string | undefined;
    do {
      asked += batch.length;
      const { MetricDataResults = [], NextToken } = await client.send(
        new GetMetricDataCommand({
          StartTime: new Date(start * 1000),
          EndTime: new Date(end * 1000),
          ScanBy: 'TimestampAscending',
          MetricDataQueries: batch.map(queryOf),
          ...(token !== undefined && { NextToken: token }),
        }),
      );
      for (const { Id = '', Timestamps = [], Values = [] } of MetricDataResults) {
        const own = batch[Number(Id.slice(1))];
        if (own !== undefined) history.add(own, pointsOf(Timestamps, Values));
      }
      token = NextToken;
    } while (token !== undefined);
  }
  return asked;
};

const pointsOf = (timestamps: readonly Date[], values: readonly number[]): Points => ({
  timestamps: timestamps.map((date) => date.getTime() / 1000),
  values,
});

const queryOf = ({ metric, unit, stat, periodSeconds }: AskedSeries, index: number): MetricDataQuery => ({
  Id: `m${index}`,
  MetricStat: {
    Metric: {
      Namespace: metric.namespace,
      MetricName: metric.name,
      Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Period: periodSeconds,
    Stat: stat,
    ...(unit !== undefined && { Unit: unit as StandardUnit }),
  },
});
