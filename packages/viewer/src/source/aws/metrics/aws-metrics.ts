import { metricEvaluation } from '../../metric-evaluation.ts';
import type { MetricAnswer, MetricQuestion } from '../../metric-question.ts';
import { searchValuesOf } from '../../search-values.ts';
import { remembered } from '../remembered.ts';
import { asked, isThrottling } from '../send.ts';
import { createMetricPoller, type MetricPollerOptions, type PollingState } from './metric-poller.ts';
import { createSeriesCache, type SeriesCacheOptions } from './series-cache.ts';

export type AwsMetrics = {
  readonly answer: (question: MetricQuestion) => Promise<MetricAnswer>;
  readonly searchValues: (search: string, populateFrom: string) => Promise<readonly string[]>;
  readonly state: () => PollingState;
};

/** A search brings metrics, and those bring more only where one search is inside another. */
const MOST_ROUNDS = 4;
const EVALUATED_SECONDS = 60;
const MOST_METRICS = 2000;

/** What only the account itself can evaluate: its bands, its rules, its databases, its functions. */
const OF_THE_ACCOUNT = /\b(?:ANOMALY_DETECTION_BAND|INSIGHT_RULE_METRIC|DB_PERF_INSIGHTS|LAMBDA|SERVICE_QUOTA)\s*\(/;

/**
 * Metrics of an account. Each series is fetched once for all widgets and pages that use it, and metric math is done
 * here; a widget that asks for what only CloudWatch can evaluate is sent to it whole.
 */
export function awsMetrics(options: Omit<MetricPollerOptions, 'cache'> & SeriesCacheOptions): AwsMetrics {
  const { reader, now } = options;
  const cache = createSeriesCache(options);
  const poller = createMetricPoller({ ...options, cache });
  const evaluate = metricEvaluation(cache.source, now, 'fromStart');
  const evaluated = remembered({ seconds: EVALUATED_SECONDS, now });
  const untilThere = async <Result>(
    read: () => Result,
  ): Promise<{ readonly result: Result; readonly fault?: string }> => {
    for (let round = 1; ; round += 1) {
      const { result, ...lacking } = cache.collect(read);
      const { series, listings } = lacking;
      if ((series.length === 0 && listings.length === 0) || round === MOST_ROUNDS) return { result };
      if (series.length > MOST_METRICS) {
        return {
          result,
          fault: `This would ask for ${series.length} metrics at once; ${MOST_METRICS} is the limit here`,
        };
      }
      try {
        await asked('GetMetricData', () => poller.fetch(lacking));
      } catch (error) {
        if (!(error instanceof Error && isThrottling(error.cause))) throw error;
        return { result, fault: error.message };
      }
    }
  };
  return {
    answer: async (question) => {
      if (question.queries.some((query) => 'Expression' in query && OF_THE_ACCOUNT.test(query.Expression))) {
        const { start, end } = question.range;
        const key = JSON.stringify([question.queries, Math.round(end - start)]);
        return evaluated(key, () => asked('GetMetricData', () => reader.evaluated(question)));
      }
      const { result, fault } = await untilThere(() => evaluate(question));
      return fault === undefined ? result : { ...result, messages: [...result.messages, fault] };
    },
    searchValues: async (search, from) =>
      (await untilThere(() => searchValuesOf(cache.source, search, from, now()))).result,
    state: poller.state,
  };
}
