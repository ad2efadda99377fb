import { UNITS, type Unit } from '@voice-campaign/metrics-schema';
import { compilePattern } from '../logs/compile-pattern.ts';
import type { LogGroup, MetricFilter, MetricTransformation } from '../logs/log-groups.ts';
import { type Input, readNumber, readObject, readObjects, readString, readStrings } from '../service-api/input.ts';
import { pageOf } from './log-pages.ts';
import { groupNamed, type LogsContext, type LogsOperation, readGroupName } from './logs-context.ts';
import { invalidParameter, limitExceeded, notFound } from './logs-errors.ts';

// CloudWatch Logs quotas, and the rules of PutMetricFilter.
const mostFilters = 100;
const mostDimensions = 3;
const mostMessages = 50;

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

const readDimensions = (input: Input): Record<string, string> => {
  const dimensions = Object.entries(readObject(input, 'dimensions'));
  if (dimensions.length > mostDimensions) {
    throw invalidParameter(
      `A metric transformation has at most ${mostDimensions} dimensions, not ${dimensions.length}`,
    );
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
  const unit = readString(input, 'unit') ?? 'None';
  if (!isUnit(unit)) throw invalidParameter(`Invalid metric transformation: unit '${unit}'`);
  const defaultValue = readNumber(input, 'defaultValue');
  const dimensions = readDimensions(input);
  if (defaultValue !== undefined && Object.keys(dimensions).length > 0) {
    throw invalidParameter(
      'Invalid metric transformation: dimensions and default value are mutually exclusive properties.',
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
    unit,
    dimensions,
    ...(defaultValue !== undefined && { defaultValue }),
  };
};

const readPattern = (input: Input): string => {
  const pattern = readString(input, 'filterPattern') ?? '';
  if (pattern.length > 1024) throw invalidParameter('filterPattern has at most 1024 characters');
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw invalidParameter(compiled.message);
  return pattern;
};

const refuseTransformed = (input: Input): void => {
  for (const member of ['applyOnTransformedLogs', 'fieldSelectionCriteria', 'emitSystemFieldDimensions']) {
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
    throw invalidParameter(`metricTransformations must have exactly 1 member, not ${transformations.length}`);
  }
  const name = readName(input, 'filterName', ':*', 512);
  const { [name]: before, ...others } = group.metricFilters;
  if (before === undefined && Object.keys(others).length >= mostFilters) {
    throw limitExceeded(`A log group has at most ${mostFilters} metric filters.`);
  }
  const filter = { name, pattern: readPattern(input), transformations, createdAt: context.now() };
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

const rendered = ({ name: logGroupName }: LogGroup, { name, pattern, transformations, createdAt }: MetricFilter) => ({
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
      unit,
    }),
  ),
  creationTime: createdAt,
  logGroupName,
  applyOnTransformedLogs: false,
});

const describe = (context: LogsContext, input: Input) => {
  const wanted = readString(input, 'logGroupName');
  const prefix = readString(input, 'filterNamePrefix') ?? '';
  const [metricName, namespace] = [readString(input, 'metricName'), readString(input, 'metricNamespace')];
  if ((metricName === undefined) !== (namespace === undefined)) {
    throw invalidParameter('metricName and metricNamespace must be given together');
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
