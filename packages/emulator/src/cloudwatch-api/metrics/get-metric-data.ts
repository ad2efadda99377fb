import { metricOf } from '@voice-campaign/cloudwatch-engine';
import { evaluateQueries, type MetricDataQueryInput, type QueryResult } from '@voice-campaign/cloudwatch-engine/math';
import type { Unit } from '@voice-campaign/metrics-schema';
import { type Input, readInteger, readObject, readString } from '../../service-api/input.ts';
import { timestampsOf } from '../../service-api/timestamps.ts';
import { invalidNextToken, throwValidation } from '../cloudwatch-errors.ts';
import { createProblems, type Problems, readRange } from '../read-query.ts';
import { createKeptResults } from './kept-results.ts';
import { pageOfResults, readToken, renderToken } from './metric-data-page.ts';
import type { MetricReads } from './metric-reads.ts';
import { readQueries } from './read-queries.ts';

const mostDatapoints = 100_800;

type Range = { readonly start: number; readonly end: number };

/**
 * Metrics, metric math, SEARCH and Metrics Insights (API reference, GetMetricData). Periods begin at StartTime, once it
 * is rounded down: users report it, AWS documents the rounding alone.
 */
export const metricDataReader = (reads: MetricReads): ((input: Input) => unknown) => {
  const kept = createKeptResults();
  return (input) => {
    const { queries, range, descending, limit, timezone } = readRequest(reads, input);
    const token = readCursor(input);
    const request = JSON.stringify([queries, range, timezone]);
    const earlier = token && kept.find(token.kept, request);
    const results = earlier ?? evaluate(reads, queries, range, timezone);
    if (token !== undefined && token.result >= results.length) throw invalidNextToken();
    const { results: page, next } = pageOfResults(results, { descending, limit, from: token ?? { result: 0 } });
    const units = unitsReader(reads, queries, range);
    // "NextToken is not returned if you are performing a math expression" (API reference, MetricDataResult).
    const goesOn = next !== undefined && queries.every(({ Expression }) => Expression === undefined);
    const id = goesOn ? (earlier && token ? token.kept : kept.keep(request, results, next.result)) : 0;
    if (token !== undefined && !goesOn) kept.drop(token.kept);
    return {
      Messages: [],
      MetricDataResults: page.map((result) => renderResult(result, units(result.id))),
      ...(goesOn && { NextToken: renderToken({ ...next, kept: id }) }),
    };
  };
};

const readRequest = (reads: MetricReads, input: Input) => {
  const problems = createProblems();
  const queries = readQueries(input, problems, reads.accountId);
  const range = readRange(input, problems);
  const descending = readScanBy(input, problems) === 'TimestampDescending';
  const limit = readLimit(input, problems);
  const timezone = readTimezone(input, problems);
  throwValidation(problems.list);
  return { queries, range, descending, limit, timezone };
};

const evaluate = (
  { metrics, now, accountId, region, outside }: MetricReads,
  queries: readonly MetricDataQueryInput[],
  range: Range,
  timezone: string,
): readonly QueryResult[] => {
  const evaluated = evaluateQueries(queries, {
    source: metrics,
    ...range,
    now: now() / 1000,
    alignment: 'start',
    outside,
    labels: { accountId, region, timezone },
  });
  if (evaluated.ok) return evaluated.results;
  const problems = createProblems();
  for (const { queryId, message } of evaluated.issues) {
    problems.value(`Error in expression '${queryId}': ${message.replace(`${queryId}: `, '')}`);
  }
  throwValidation(problems.list);
  return [];
};

const renderResult = ({ id, label, timestamps, values, statusCode, messages }: QueryResult, units: readonly Unit[]) => {
  // Recorded of AWS, where a query names no unit.
  const several = { code: 'MultipleUnits', value: `Multiple units returned: '[${units.join(', ')}]'` };
  const all = units.length > 1 ? [...messages, several] : messages;
  return {
    Id: id,
    Label: label,
    Timestamps: timestampsOf(timestamps),
    Values: values,
    StatusCode: statusCode,
    ...(all.length > 0 && { Messages: all.map(({ code, value }) => ({ Code: code, Value: value })) }),
  };
};

/** The units that a query could be answered from, where it is one of a metric and names none. */
const unitsReader = ({ metrics }: MetricReads, queries: readonly MetricDataQueryInput[], range: Range) => {
  const byId = new Map(queries.map(({ Id, MetricStat }) => [Id, MetricStat]));
  return (id: string): readonly Unit[] => {
    const stat = byId.get(id);
    if (stat === undefined || stat.Unit !== undefined) return [];
    const { Stat = '', Period: periodSeconds = 60 } = stat;
    return (
      metrics.units?.({
        metric: metricOf(stat.Metric ?? {}),
        stat: Stat,
        periodSeconds,
        ...range,
        alignment: 'start',
      }) ?? []
    );
  };
};

const readScanBy = (input: Input, problems: Problems): string => {
  const scanBy = readString(input, 'ScanBy') ?? 'TimestampDescending';
  if (scanBy !== 'TimestampDescending' && scanBy !== 'TimestampAscending') {
    problems.value('The parameter ScanBy must be a value in the set [ TimestampDescending, TimestampAscending ].');
  }
  return scanBy;
};

const readLimit = (input: Input, problems: Problems): number => {
  const limit = readInteger(input, 'MaxDatapoints') ?? mostDatapoints;
  if (limit < 1 || limit > mostDatapoints) {
    problems.value(`The parameter MaxDatapoints must be greater than 0 and less than ${mostDatapoints + 1}.`);
  }
  return limit;
};

const readTimezone = (input: Input, problems: Problems): string => {
  const timezone = readString(readObject(input, 'LabelOptions'), 'Timezone') ?? '+0000';
  if (!/^[+-]\d{4}$/.test(timezone)) {
    problems.value(
      `The value ${timezone} for parameter LabelOptions.Timezone is not matching the expected pattern ^[+-][0-9]{4}$.`,
    );
  }
  return timezone;
};

const readCursor = (input: Input) => {
  const token = readString(input, 'NextToken');
  if (token === undefined) return undefined;
  const cursor = readToken(token);
  if (cursor === undefined) throw invalidNextToken();
  return cursor;
};
