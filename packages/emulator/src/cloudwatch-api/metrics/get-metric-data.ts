import { evaluateQueries, type MetricDataQueryInput, type QueryResult } from '@voice-campaign/cloudwatch-engine/math';
import type { Unit } from '@voice-campaign/metrics-schema';
import { type Input, readInteger, readObject, readString } from '../../service-api/input.ts';
import { invalidNextToken, throwValidation } from '../cloudwatch-errors.ts';
import { createProblems, type Problems, readRange } from '../read-query.ts';
import { pageOfResults, readToken, renderToken } from './metric-data-page.ts';
import type { MetricReads } from './metric-reads.ts';
import { readQueries } from './read-queries.ts';

const mostDatapoints = 100_800;

type Range = { readonly start: number; readonly end: number };

/**
 * Metrics, metric math, SEARCH and Metrics Insights (API reference, GetMetricData). Periods begin at StartTime, once it
 * is rounded down: users report it, AWS documents the rounding alone.
 */
export const getMetricData = (reads: MetricReads, input: Input) => {
  const problems = createProblems();
  const queries = readQueries(input, problems, reads.accountId);
  const range = readRange(input, problems);
  const descending = readScanBy(input, problems) === 'TimestampDescending';
  const limit = readLimit(input, problems);
  const timezone = readTimezone(input, problems);
  throwValidation(problems.list);
  const token = readCursor(input);
  const results = evaluate(reads, queries, range, timezone);
  if (token !== undefined && token.result >= results.length) throw invalidNextToken();
  const { results: page, next } = pageOfResults(results, { descending, limit, from: token ?? { result: 0 } });
  const hasExpression = queries.some(({ Expression }) => Expression !== undefined);
  return {
    Messages: [],
    MetricDataResults: page.map((result) => renderResult(result, unitsOf(reads, queries, range, result.id))),
    // "NextToken is not returned if you are performing a math expression" (API reference, MetricDataResult).
    ...(next !== undefined && !hasExpression && { NextToken: renderToken(next) }),
  };
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
    Timestamps: timestamps.map((time) => new Date(time * 1000)),
    Values: values,
    StatusCode: statusCode,
    ...(all.length > 0 && { Messages: all.map(({ code, value }) => ({ Code: code, Value: value })) }),
  };
};

/** The units that a query could be answered from, where it is one of a metric and names none. */
const unitsOf = (
  { metrics }: MetricReads,
  queries: readonly MetricDataQueryInput[],
  range: Range,
  id: string,
): readonly Unit[] => {
  const { MetricStat: stat } = queries.find(({ Id }) => Id === id) ?? {};
  if (stat === undefined || stat.Unit !== undefined) return [];
  const { Namespace: namespace = '', MetricName: name = '', Dimensions = [] } = stat.Metric ?? {};
  const dimensions = Object.fromEntries(Dimensions.map(({ Name = '', Value = '' }) => [Name, Value]));
  const { Stat = '', Period: periodSeconds = 60 } = stat;
  const metric = { namespace, name, dimensions };
  return metrics.units?.({ metric, stat: Stat, periodSeconds, ...range, alignment: 'start' }) ?? [];
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
