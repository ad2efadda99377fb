import { compilePattern } from '../../logs/compile-pattern.ts';
import { type LogGroup, type MetricFilter, type SystemField, systemFields } from '../../logs/log-groups.ts';
import { type Input, readString, readStrings } from '../../service-api/input.ts';
import { pageOf } from '../log-pages.ts';
import {
  groupNamed,
  type LogsContext,
  type LogsOperation,
  readGroupName,
  readName,
  readText,
} from '../logs-context.ts';
import { invalidParameter, limitExceeded, notFound } from '../logs-errors.ts';
import { checkDimensions, readTransformations } from './metric-transformations.ts';

// CloudWatch Logs quotas, and the rules of PutMetricFilter.
const mostFilters = 100;
const mostWithRegex = 5;
const mostMessages = 50;

/** An expression stands between percent signs; a percent sign in quotes is none. */
const hasRegex = (pattern: string): boolean => pattern.replace(/"(?:[^"\\]|\\.)*"/gs, '').includes('%');

const readPattern = (input: Input): string => {
  const pattern = readText(input, 'filterPattern', 1024) ?? '';
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw invalidParameter(compiled.message.replace('Invalid filter', 'Invalid metric filter'));
  return pattern;
};

const readSystemFields = (input: Input): readonly SystemField[] => {
  const names = [...new Set(readStrings(input, 'emitSystemFieldDimensions'))];
  return names.map((name) => {
    const field = systemFields.find((each) => each === name);
    if (field !== undefined) return field;
    throw invalidParameter(
      'The provided system fields are invalid. The supported system fields are - [@aws.region, @aws.account, @source.log]',
    );
  });
};

const refuseTransformed = (input: Input): void => {
  for (const member of ['applyOnTransformedLogs', 'fieldSelectionCriteria']) {
    const value = input[member];
    if (value !== undefined && value !== null && value !== false) {
      throw invalidParameter(`${member} is not emulated: log transformers and centralized groups are not`);
    }
  }
};

const put = (context: LogsContext, input: Input) => {
  const group = groupNamed(context, readGroupName(input));
  refuseTransformed(input);
  const transformations = readTransformations(input);
  const systemDimensions = readSystemFields(input);
  checkDimensions(transformations, systemDimensions.length);
  const name = readName(input, 'filterName', ':*', 512);
  const { [name]: before, ...others } = group.metricFilters;
  if (before === undefined && Object.keys(others).length >= mostFilters) {
    throw limitExceeded(`A log group has at most ${mostFilters} metric filters.`);
  }
  const pattern = readPattern(input);
  if (hasRegex(pattern) && Object.values(others).filter((each) => hasRegex(each.pattern)).length >= mostWithRegex) {
    throw limitExceeded('Resource limit exceeded.');
  }
  const filter = {
    ...{ name, pattern, transformations, createdAt: before?.createdAt ?? context.now() },
    ...(systemDimensions.length > 0 && { systemDimensions }),
  };
  context.logs.commit({ kind: 'group', group: { ...group, metricFilters: { ...others, [name]: filter } } });
  return {};
};

const remove = (context: LogsContext, input: Input) => {
  const name = readText(input, 'filterName', 512) ?? '';
  const group = groupNamed(context, readGroupName(input));
  const { [name]: found, ...metricFilters } = group.metricFilters;
  if (found === undefined) throw notFound('The specified metric filter does not exist.');
  context.logs.commit({ kind: 'group', group: { ...group, metricFilters } });
  return {};
};

const rendered = (
  { name: logGroupName }: LogGroup,
  { name, pattern, transformations, createdAt, systemDimensions }: MetricFilter,
) => ({
  filterName: name,
  filterPattern: pattern,
  metricTransformations: transformations.map(
    ({ namespace, name: metricName, value, unit, dimensions, defaultValue }) => ({
      metricName,
      metricNamespace: namespace,
      metricValue: value,
      ...(defaultValue !== undefined && { defaultValue }),
      ...(dimensions !== undefined &&
        Object.keys(dimensions).length > 0 && { dimensions: new Map(Object.entries(dimensions)) }),
      ...(unit !== undefined && { unit }),
    }),
  ),
  creationTime: createdAt,
  logGroupName,
  applyOnTransformedLogs: false,
  ...(systemDimensions !== undefined && { emitSystemFieldDimensions: systemDimensions }),
});

const describe = (context: LogsContext, input: Input) => {
  const wanted = readString(input, 'logGroupName');
  const prefix = readText(input, 'filterNamePrefix', 512) ?? '';
  const [metricName, namespace] = [readText(input, 'metricName', 255), readText(input, 'metricNamespace', 255)];
  const isHalf = (metricName === undefined) !== (namespace === undefined);
  if (isHalf || (wanted !== undefined && metricName !== undefined)) {
    throw invalidParameter(
      'Describe Metric Filters request must contain either logGroupName or metricName and metricNamespace',
    );
  }
  const groups = wanted === undefined ? [...context.logs.state.groups.values()] : [groupNamed(context, wanted)];
  const filters = groups
    .flatMap((group) => Object.values(group.metricFilters).map((filter) => ({ group, filter })))
    .filter(({ filter }) => filter.name.startsWith(prefix))
    .filter(
      ({ filter: { transformations } }) =>
        metricName === undefined ||
        transformations.some((each) => each.name === metricName && each.namespace === namespace),
    )
    .sort((one, other) => (one.filter.name < other.filter.name ? -1 : 1));
  const { page, ...next } = pageOf(filters, input, { most: 50 });
  return { metricFilters: page.map(({ group, filter }) => rendered(group, filter)), ...next };
};

const test = (_context: LogsContext, input: Input) => {
  const messages = readStrings(input, 'logEventMessages');
  if (messages.length === 0 || messages.length > mostMessages) {
    throw invalidParameter(`logEventMessages has ${messages.length} members and must have from 1 to ${mostMessages}`);
  }
  const compiled = compilePattern(readPattern(input));
  if (!compiled.ok) throw invalidParameter(compiled.message);
  const matches = messages.flatMap((eventMessage, index) => {
    const match = compiled.match(eventMessage);
    const extractedValues = new Map(Object.entries(match?.extracted ?? {}));
    return match === undefined ? [] : [{ eventNumber: index + 1, eventMessage, extractedValues }];
  });
  return { matches };
};

export const metricFilterOperations: Readonly<Record<string, LogsOperation>> = {
  PutMetricFilter: put,
  DeleteMetricFilter: remove,
  DescribeMetricFilters: describe,
  TestMetricFilter: test,
};
