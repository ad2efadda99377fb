import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
  type MetricDataResult,
  type StandardUnit,
} from '@aws-sdk/client-cloudwatch';
import { metricInput, type Points } from '@voice-campaign/cloudwatch-engine';
import type { AskedSeries, History } from './history-source.ts';

// Queries of one call, and the datapoints of one page (API Reference, GetMetricData).
const mostQueries = 500;
const mostPoints = 100_800;
// InternalError and PartialData are to be asked again.
const mostAttempts = 3;

/** Seconds since 1970. */
export type Range = { readonly start: number; readonly end: number };

export type HistoryRead = {
  /** Metrics that were asked for, as AWS bills them. */
  readonly asked: number;
  /** Series that were not given whole, and what CloudWatch said. */
  readonly lacking: ReadonlyMap<AskedSeries, string>;
};

/** Reads series into a history. */
export const readHistory = async (
  client: CloudWatchClient,
  history: History,
  series: readonly AskedSeries[],
  range: Range,
): Promise<HistoryRead> => {
  let asked = 0;
  const lacking = new Map<AskedSeries, string>();
  for (const batch of batchesOf(series, range)) {
    let left = batch;
    for (let attempt = 1; attempt <= mostAttempts && left.length > 0; attempt += 1) {
      const read = await readBatch(client, history, left, range);
      asked += read.asked;
      for (const each of left) lacking.delete(each);
      for (const [each, said] of read.lacking) lacking.set(each, said);
      left = [...read.lacking].flatMap(([each, said]) => (said.startsWith('Forbidden') ? [] : [each]));
    }
  }
  return { asked, lacking };
};

/** Calls of series with one period that one page answers: each further page asks for all of their metrics again. */
const batchesOf = (series: readonly AskedSeries[], { start, end }: Range): readonly (readonly AskedSeries[])[] =>
  [...new Set(series.map(({ periodSeconds }) => periodSeconds))].flatMap((periodSeconds) => {
    const own = series.filter((each) => each.periodSeconds === periodSeconds);
    const points = Math.ceil((end - start) / periodSeconds) + 1;
    const size = Math.max(1, Math.min(mostQueries, Math.floor(mostPoints / points)));
    return Array.from({ length: Math.ceil(own.length / size) }, (_, index) =>
      own.slice(index * size, (index + 1) * size),
    );
  });

/** Periods of an answer begin where the request does, and those of a history at their multiples since 1970. */
const startOf = ([first]: readonly AskedSeries[], { start }: Range): number => {
  const { periodSeconds = 60 } = first ?? {};
  return Math.ceil(start / periodSeconds) * periodSeconds;
};

const readBatch = async (
  client: CloudWatchClient,
  history: History,
  batch: readonly AskedSeries[],
  range: Range,
): Promise<HistoryRead> => {
  let asked = 0;
  const lacking = new Map<AskedSeries, string>();
  let token: string | undefined;
  do {
    asked += batch.length;
    const { MetricDataResults = [], NextToken } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(startOf(batch, range) * 1000),
        EndTime: new Date(range.end * 1000),
        ScanBy: 'TimestampAscending',
        MetricDataQueries: batch.map(queryOf),
        ...(token !== undefined && { NextToken: token }),
      }),
    );
    for (const result of MetricDataResults) {
      const own = batch[Number((result.Id ?? '').slice(1))];
      if (own === undefined) continue;
      history.add(own, pointsOf(result.Timestamps ?? [], result.Values ?? []));
      const said = lackOf(result);
      if (said === undefined) lacking.delete(own);
      else lacking.set(own, said);
    }
    token = NextToken;
  } while (token !== undefined);
  return { asked, lacking };
};

/** What is said of a series that is not whole; a page that is followed by another says so too. */
const lackOf = ({ StatusCode = 'Complete', Messages = [] }: MetricDataResult): string | undefined =>
  StatusCode === 'Complete'
    ? undefined
    : [StatusCode, ...Messages.flatMap(({ Value }) => (Value === undefined ? [] : [Value]))].join(': ');

const pointsOf = (timestamps: readonly Date[], values: readonly number[]): Points => ({
  timestamps: timestamps.map((date) => date.getTime() / 1000),
  values,
});

const queryOf = ({ metric, unit, stat, periodSeconds }: AskedSeries, index: number): MetricDataQuery => ({
  Id: `m${index}`,
  MetricStat: {
    Metric: metricInput(metric),
    Period: periodSeconds,
    Stat: stat,
    ...(unit !== undefined && { Unit: unit as StandardUnit }),
  },
});
