import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandOutput,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type MetricDataQuery,
  type StandardUnit,
  type Statistic,
} from '@aws-sdk/client-cloudwatch';
import { type Metric, metricInput, metricOf, type Points } from '@voice-campaign/cloudwatch-engine';
import type { TimeRange } from '../../../protocol/widget-series.ts';
import type { MetricAnswer, MetricQuestion, MetricResult } from '../../metric-question.ts';
import type { CostLedger } from '../polling-cost.ts';
import { allPages } from '../send.ts';
import type { CachedSeries, Listing } from './series-cache.ts';

/** Of one call (API Reference, GetMetricData). */
const MOST_QUERIES = 500;
const SIMPLE: readonly string[] = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];

/** Reads metrics of an account, and writes down what it costs. Times in seconds since 1970. */
export type MetricReader = {
  /** By the keys of the series. */
  readonly series: (entries: readonly CachedSeries[], range: TimeRange) => Promise<ReadonlyMap<string, Points>>;
  /** One value over all of a range. */
  readonly whole: (entry: CachedSeries, range: TimeRange) => Promise<Points>;
  readonly list: (listing: Listing) => Promise<readonly Metric[]>;
  /** Lets CloudWatch itself evaluate. */
  readonly evaluated: (question: MetricQuestion) => Promise<MetricAnswer>;
};

/** A reader by the operations of CloudWatch. */
export function metricReader(client: CloudWatchClient, ledger: CostLedger): MetricReader {
  const data = async (queries: MetricDataQuery[], { start, end }: TimeRange) => {
    const range = { StartTime: new Date(start * 1000), EndTime: new Date(end * 1000) };
    return allPages(async (NextToken) => {
      ledger.add('metric', queries.length);
      const request = { ...range, MetricDataQueries: queries, ScanBy: 'TimestampAscending' as const };
      return client.send(new GetMetricDataCommand(NextToken === undefined ? request : { ...request, NextToken }));
    });
  };
  return {
    series: async (entries, range) => {
      const found = new Map<string, Points>();
      for (let first = 0; first < entries.length; first += MOST_QUERIES) {
        const batch = entries.slice(first, first + MOST_QUERIES);
        const pages = await data(batch.map(queryOf), range);
        const results = pages.flatMap(({ MetricDataResults = [] }) => MetricDataResults);
        for (const { Id = '', Timestamps = [], Values = [] } of results) {
          const key = batch[Number(Id.slice(1))]?.key ?? '';
          const before = found.get(key) ?? { timestamps: [], values: [] };
          const timestamps = [...before.timestamps, ...Timestamps.map(secondsOf)];
          found.set(key, { timestamps, values: [...before.values, ...Values] });
        }
      }
      return found;
    },
    whole: async ({ query }, { start, end }) => {
      ledger.add('request', 1);
      const { metric, stat, periodSeconds, unit } = query;
      const { Datapoints: [point] = [] } = await client.send(
        new GetMetricStatisticsCommand({
          ...metricInput(metric),
          ...{ StartTime: new Date(start * 1000), EndTime: new Date(end * 1000), Period: periodSeconds },
          ...(unit && { Unit: unit as StandardUnit }),
          ...(SIMPLE.includes(stat) ? { Statistics: [stat as Statistic] } : { ExtendedStatistics: [stat] }),
        }),
      );
      const value = SIMPLE.includes(stat) ? point?.[stat as Statistic] : point?.ExtendedStatistics?.[stat];
      return value === undefined ? { timestamps: [], values: [] } : { timestamps: [start], values: [value] };
    },
    list: async ({ namespace, name }) => {
      const filter = {
        ...(namespace !== undefined && { Namespace: namespace }),
        ...(name !== undefined && { MetricName: name }),
      };
      const pages = await allPages((NextToken) => {
        ledger.add('request', 1);
        return client.send(new ListMetricsCommand(NextToken === undefined ? filter : { ...filter, NextToken }));
      });
      return pages.flatMap(({ Metrics = [] }) => Metrics.map(metricOf));
    },
    evaluated: async ({ queries, range }) => {
      // The queries of a widget have the members of MetricDataQuery.
      const pages = await data(queries as MetricDataQuery[], range);
      return answerOf(pages);
    },
  };
}

function answerOf(pages: readonly GetMetricDataCommandOutput[]): MetricAnswer {
  const messages = new Set<string>();
  const results: MetricResult[] = [];
  for (const { MetricDataResults = [], Messages = [] } of pages) {
    for (const { Value = '' } of [...Messages, ...MetricDataResults.flatMap(({ Messages: own = [] }) => own)]) {
      messages.add(Value);
    }
    for (const { Id: id = '', Label: label = id, Timestamps = [], Values = [] } of MetricDataResults) {
      results.push({ id, label, timestamps: Timestamps.map(secondsOf), values: Values });
    }
  }
  return { results, messages: [...messages] };
}

const secondsOf = (date: Date): number => date.getTime() / 1000;

function queryOf({ query }: CachedSeries, index: number): MetricDataQuery {
  const { metric, stat, periodSeconds, unit } = query;
  const MetricStat = {
    Metric: metricInput(metric),
    Period: periodSeconds,
    Stat: stat,
    ...(unit && { Unit: unit as StandardUnit }),
  };
  return { Id: `m${index}`, MetricStat, ReturnData: true };
}
