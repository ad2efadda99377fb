import { type Metric, metricInput } from '@voice-campaign/cloudwatch-engine';
import { type Input, readBoolean, readObjects, readString } from '../../service-api/input.ts';
import { throwProblems } from '../cloudwatch-errors.ts';
import { createProblems, type Problems, readText } from '../read-query.ts';
import type { MetricReads } from './metric-reads.ts';

const pageSize = 500;
const twoWeeks = 14 * 86_400;
const threeHours = 3 * 3600;

type DimensionFilter = { readonly name: string; readonly value: string | undefined };

/** The metrics with a sample in the last two weeks, in the order of their first; 500 a page (API reference, ListMetrics). */
export const listMetrics = ({ metrics, now, accountId }: MetricReads, input: Input) => {
  const problems = createProblems();
  const namespace = readText(input, 'Namespace', problems, { required: false });
  const name = readText(input, 'MetricName', problems, { required: false });
  const filters = readFilters(input, problems);
  const age = readAge(input, problems);
  const from = readToken(input, problems);
  throwProblems(problems.list);
  const owner = readString(input, 'OwningAccount') ?? accountId;
  const found = metrics.metrics({
    ...(namespace !== '' && { namespace }),
    ...(name !== '' && { name }),
    since: Math.floor(now() / 1000) - age,
  });
  const all = owner === accountId ? [...found].filter((metric) => matches(metric, filters)) : [];
  const page = all.slice(from, from + pageSize);
  return {
    Metrics: page.map(metricInput),
    ...(readBoolean(input, 'IncludeLinkedAccounts') === true && { OwningAccounts: page.map(() => accountId) }),
    ...(from + pageSize < all.length && { NextToken: String(from + pageSize) }),
  };
};

const matches = ({ dimensions }: Metric, filters: readonly DimensionFilter[]): boolean =>
  filters.every(
    ({ name, value }) => Object.hasOwn(dimensions, name) && (value === undefined || dimensions[name] === value),
  );

const readFilters = (input: Input, problems: Problems): readonly DimensionFilter[] => {
  const filters = readObjects(input, 'Dimensions');
  if (filters.length > 10) problems.value('The collection Dimensions must not have a size greater than 10.');
  return filters.map((filter, index) => {
    const path = `Dimensions.member.${index + 1}`;
    const value = readText(filter, 'Value', problems, { path: `${path}.Value`, longest: 1024, required: false });
    const name = readText(filter, 'Name', problems, { path: `${path}.Name` });
    return { name, value: value === '' ? undefined : value };
  });
};

const readAge = (input: Input, problems: Problems): number => {
  const recentlyActive = readString(input, 'RecentlyActive');
  if (recentlyActive === undefined) return twoWeeks;
  if (recentlyActive !== 'PT3H') problems.value('The parameter RecentlyActive must be a value in the set [ PT3H ].');
  return threeHours;
};

const readToken = (input: Input, problems: Problems): number => {
  const token = readString(input, 'NextToken') ?? '0';
  if (!/^\d{1,15}$/.test(token)) problems.value('Request parameter NextToken is invalid');
  return Number(token);
};
