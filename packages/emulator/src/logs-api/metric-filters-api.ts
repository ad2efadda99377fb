import { UNITS, type Unit } from '@voice-campaign/metrics-schema';
import { compilePattern } from '../logs/compile-pattern.ts';
import {
  type LogGroup,
  type MetricFilter,
  type MetricTransformation,
  type SystemField,
  systemFields,
} from '../logs/log-groups.ts';
import { type Input, readNumber, readObject, readObjects, readString, readStrings } from '../service-api/input.ts';
import { pageOf } from './log-pages.ts';
import { groupNamed, type LogsContext, type LogsOperation, readGroupName } from './logs-context.ts';
import { invalidParameter, limitExceeded, notFound } from './logs-errors.ts';

// CloudWatch Logs quotas, and the rules of PutMetricFilter.
const mostFilters = 100;
const mostWithRegex = 5;
const mostDimensions = 3;
const mostMessages = 50;

/** An expression stands between percent signs; a percent sign in quotes is none. */
const hasRegex = (pattern: string): boolean => pattern.replace(/"(?:[^"\\]|\\.)*"/gs, '').includes('%');

const isUnit = (unit: string): unit is Unit => (UNITS as readonly string[]).includes(unit);

const readName = (input: Input, member: string, characters: string, most: number): string => {
  const name = readString(input, member) ?? '';
  const forbidden = [...characters].find((character) => name.includes(character));
  if (name !== '' && name.length <= most && forbidden === undefined) return name;
  throw invalidParameter(
    `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: 1 to ${most} characters other than ${[...characters].join(' ')}`,
  );
};

/** `$.field` of a JSON event, one of them and not `$.fields[*]`; `$name` of a delimited one. */
const isField = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('$') && !value.includes('*');

const isValue = (value: string): boolean => isField(value) || (value !== '' && Number.isFinite(Number(value)));

const tooManyDimensions = () =>
  invalidParameter('Number of dimensions exceeds the maximum number of dimensions supported per metric filter');

const readDimensions = (input: Input): Record<string, string> => {
  const dimensions = Object.entries(readObject(input, 'dimensions'));
  if (dimensions.length > mostDimensions) {
    throw tooManyDimensions();
  }
  return Object.fromEntries(
    dimensions.map(([name, value]) => {
      if (isField(value)) return [name, value];
      throw invalidParameter(
        `Invalid metric transformation: dimension value must be valid selector: dimension ${name} is a field of the event, which begins with $ and has no wildcard`,
      );
    }),
  );
};

const readTransformation = (input: Input): MetricTransformation => {
  const value = readString(input, 'metricValue') ?? '';
  if (!isValue(value) || value.length > 100) {
    throw invalidParameter(
      `Invalid metric transformation: metric value ${value} must be a valid number, or a field ($…) without wildcard`,
    );
  }
  const unit = readString(input, 'unit');
  if (unit !== undefined && !isUnit(unit)) {
    throw invalidParameter(
      `1 validation error detected: Value at 'metricTransformations.1.member.unit' failed to satisfy constraint: Member must satisfy enum value set: [${UNITS.join(', ')}]`,
    );
  }
  const defaultValue = readNumber(input, 'defaultValue');
  const dimensions = readDimensions(input);
  if (defaultValue !== undefined && Object.keys(dimensions).length > 0) {
    throw invalidParameter(
      'Invalid metric transformation: dimensions and default value are mutually exclusive properties',
    );
  }
  const namespace = readName(input, 'metricNamespace', ':*$', 255);
  if (namespace.startsWith('AWS/')) {
    throw invalidParameter(`metricNamespace '${namespace}': namespaces that begin with AWS/ are those of AWS services`);
  }
  return {
    namespace,
    name: readName(input, 'metricName', ':*$', 255),
    value,
    dimensions,
    ...(unit !== undefined && { unit }),
    ...(defaultValue !== undefined && { defaultValue }),
  };
};

const readPattern = (input: Input): string => {
  const pattern = readString(input, 'filterPattern') ?? '';
  if (pattern.length > 1024) throw invalidParameter('filterPattern has at most 1024 characters');
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
  const transformations = readObjects(input, 'metricTransformations').map(readTransformation);
  if (transformations.length !== 1) {
    const constraint = `Member must have length ${transformations.length > 1 ? 'less' : 'greater'} than or equal to 1`;
    throw invalidParameter(
      `1 validation error detected: Value at 'metricTransformations' failed to satisfy constraint: ${constraint}`,
    );
  }
  const systemDimensions = readSystemFields(input);
  const [transformation] = transformations;
  if (Object.keys(transformation?.dimensions ?? {}).length + systemDimensions.length > mostDimensions) {
    throw tooManyDimensions();
  }
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
  const group = groupNamed(context, readGroupName(input));
  const { [readString(input, 'filterName') ?? '']: found, ...metricFilters } = group.metricFilters;
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
  const prefix = readString(input, 'filterNamePrefix') ?? '';
  const [metricName, namespace] = [readString(input, 'metricName'), readString(input, 'metricNamespace')];
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
