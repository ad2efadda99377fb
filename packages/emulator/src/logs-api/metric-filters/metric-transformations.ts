import { UNITS, type Unit } from '@voice-campaign/metrics-schema';
import type { MetricTransformation } from '../../logs/log-groups.ts';
import { constraint } from '../../service-api/constraint.ts';
import { type Input, readNumber, readObject, readObjects, readString } from '../../service-api/input.ts';
import { readName } from '../logs-context.ts';
import { invalidParameter } from '../logs-errors.ts';

const mostDimensions = 3;

const isUnit = (unit: string): unit is Unit => (UNITS as readonly string[]).includes(unit);

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
  // The service's model has no colon in a namespace, and the service was recorded to take one.
  const namespace = readName(input, 'metricNamespace', '*$', 255);
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

/** As the service shows one in errors: its members in this order, `null` for those that are absent. */
const shown = (input: Input): string => {
  const pairs = (map: Input): string =>
    Object.entries(map)
      .map(([name, value]) => `${name}=${String(value)}`)
      .join(', ');
  const { metricName, metricNamespace, metricValue, defaultValue, unit, dimensions } = input;
  const map = (dimensions ?? undefined) === undefined ? null : `{${pairs(readObject(input, 'dimensions'))}}`;
  const members = { metricName, metricNamespace, metricValue, defaultValue, unit, dimensions: map };
  return `MetricTransformation(${pairs(Object.fromEntries(Object.entries(members).map(([name, value]) => [name, value ?? null])))})`;
};

/** The one of metricTransformations. @throws ServiceError where there are none or more, or it is not valid. */
export const readTransformations = (input: Input): readonly MetricTransformation[] => {
  const given = readObjects(input, 'metricTransformations');
  if (given.length === 1) return given.map(readTransformation);
  const must = `have length ${given.length > 1 ? 'less' : 'greater'} than or equal to 1`;
  throw invalidParameter(constraint(`[${given.map(shown).join(', ')}]`, 'metricTransformations', must));
};

/** @throws ServiceError for more dimensions than a metric filter may have, those of system fields among them. */
export const checkDimensions = (transformations: readonly MetricTransformation[], systemFields: number): void => {
  for (const { dimensions = {} } of transformations) {
    if (Object.keys(dimensions).length + systemFields > mostDimensions) throw tooManyDimensions();
  }
};
