import { parseStatistic, type StatQuery } from '@voice-campaign/cloudwatch-engine';
import type { Unit } from '@voice-campaign/metrics-schema';
import { type Input, readStrings } from '../../service-api/input.ts';
import { throwProblems } from '../cloudwatch-errors.ts';
import {
  createProblems,
  endsTooEarly,
  type Problems,
  readDimensionSet,
  readPeriod,
  readRange,
  readText,
  readUnit,
} from '../read-query.ts';
import type { MetricReads } from './metric-reads.ts';

const simpleStatistics = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];
const maximumDatapoints = 1440;

type Datapoint = { readonly time: number; readonly unit: Unit; readonly values: Map<string, number> };

/**
 * Datapoints of every unit apart, as it was recorded, oldest first. Periods begin at StartTime, once it is rounded down
 * to a minute or more (users report it; AWS documents the rounding alone).
 */
export const getMetricStatistics = ({ metrics }: MetricReads, input: Input) => {
  const problems = createProblems();
  const metric = {
    namespace: readText(input, 'Namespace', problems),
    name: readText(input, 'MetricName', problems),
    dimensions: readDimensionSet(input, problems),
  };
  const range = readRange(input, problems, endsTooEarly);
  const periodSeconds = readPeriod(input, problems);
  const statistics = readStatistics(input, problems);
  const unit = readUnit(input, problems);
  const count = Math.ceil((range.end - range.start) / periodSeconds);
  if (count > maximumDatapoints) {
    problems.combination(
      `You have requested up to ${count} datapoints, which exceeds the limit of ${maximumDatapoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
  throwProblems(problems.list);
  const query = { metric, stat: 'SampleCount', periodSeconds, ...range, alignment: 'start' } as const;
  const units = unit === undefined ? (metrics.units?.(query) ?? []) : [unit];
  const datapoints = units.flatMap((each) => datapointsOf(metrics, { ...query, unit: each }, statistics));
  return { Label: metric.name, Datapoints: datapoints.sort((a, b) => a.time - b.time).map(renderDatapoint) };
};

const datapointsOf = (
  metrics: MetricReads['metrics'],
  query: StatQuery & { readonly unit: Unit },
  statistics: readonly string[],
): readonly Datapoint[] => {
  const byTime = new Map<number, Datapoint>();
  for (const time of metrics.points(query).timestamps) byTime.set(time, { time, unit: query.unit, values: new Map() });
  for (const stat of statistics) {
    const { timestamps, values } = metrics.points({ ...query, stat });
    timestamps.forEach((time, index) => {
      byTime.get(time)?.values.set(stat, values[index] ?? Number.NaN);
    });
  }
  // A period whose percentile is not known, as of negative values, has nothing to say.
  return [...byTime.values()].filter(({ values }) => values.size > 0);
};

const renderDatapoint = ({ time, unit, values }: Datapoint) => {
  const extended = new Map([...values].filter(([stat]) => !simpleStatistics.includes(stat)));
  return {
    Timestamp: new Date(time * 1000),
    ...Object.fromEntries([...values].filter(([stat]) => simpleStatistics.includes(stat))),
    Unit: unit,
    ...(extended.size > 0 && { ExtendedStatistics: extended }),
  };
};

const readStatistics = (input: Input, problems: Problems): readonly string[] => {
  const [simple, extended] = [readStrings(input, 'Statistics'), readStrings(input, 'ExtendedStatistics')];
  if (simple.length > 0 && extended.length > 0) {
    problems.combination(
      'The parameters Statistics and ExtendedStatistics are mutually exclusive and you have specified both.',
    );
  }
  if (simple.length + extended.length === 0) {
    problems.combination('Must specify either Statistics or ExtendedStatistics');
  }
  if (simple.length > 5) problems.value('The collection Statistics must not have a size greater than 5.');
  if (extended.length > 10) problems.value('The collection ExtendedStatistics must not have a size greater than 10.');
  simple.forEach((stat, index) => {
    if (simpleStatistics.includes(stat)) return;
    const set = simpleStatistics.join(', ');
    problems.value(`The parameter Statistics.member.${index + 1} must be a value in the set [ ${set} ].`);
  });
  extended.forEach((stat, index) => {
    const parsed = parseStatistic(stat);
    if (parsed.ok && parsed.statistic.kind !== 'simple') return;
    problems.value(`The value ${stat} for parameter ExtendedStatistics.member.${index + 1} is not supported.`);
  });
  return [...new Set([...simple, ...extended])];
};
