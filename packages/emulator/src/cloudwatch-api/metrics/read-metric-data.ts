import type { MetricDatum } from '@voice-campaign/cloudwatch-engine';
import { UNITS, type Unit } from '@voice-campaign/metrics-schema';
import { type Input, readObjects, readString, scalarIn } from '../../service-api/input.ts';
import { invalidValue, missingParameter, sameDimensionTwice } from '../cloudwatch-errors.ts';
import { readValues } from './read-values.ts';

const maximumData = 1000;
const maximumDimensions = 30;
const pastMs = 14 * 24 * 3_600_000;
const futureMs = 2 * 3_600_000;

/**
 * Reads a PutMetricData request as CloudWatch checks it (API reference, PutMetricData and MetricDatum): all of it is
 * taken, or none. `now` is epoch milliseconds and stands in for absent timestamps. `reserved` also takes the namespaces
 * of AWS, which PutMetricData refuses.
 * @throws ServiceError InvalidParameterValue, InvalidParameterCombination or MissingParameter.
 */
export const readMetricData = (
  input: Input,
  now: number,
  { reserved = false }: { readonly reserved?: boolean } = {},
): readonly MetricDatum[] => {
  const namespace = readNamespace(input, reserved);
  const data = readObjects(input, 'MetricData').map((datum, index) => ({
    datum,
    path: `MetricData.member.${index + 1}`,
  }));
  const ofEntities = readObjects(input, 'EntityMetricData').flatMap((entity, outer) =>
    readObjects(entity, 'MetricData').map((datum, index) => ({
      datum,
      path: `EntityMetricData.member.${outer + 1}.MetricData.member.${index + 1}`,
    })),
  );
  const all = [...data, ...ofEntities];
  if (all.length === 0) throw missingParameter('MetricData');
  if (all.length > maximumData) {
    throw invalidValue(`The collection MetricData must not have a size greater than ${maximumData}.`);
  }
  return all.map(({ datum, path }) => readDatum(namespace, datum, path, now));
};

const readNamespace = (input: Input, reserved: boolean): string => {
  const namespace = readString(input, 'Namespace');
  if (namespace === undefined || namespace === '') throw missingParameter('Namespace');
  if (!/^[\w.\-/#: ]{1,255}$/.test(namespace) || (!reserved && /^(AWS\/|:)/.test(namespace))) {
    throw invalidValue(`The value ${namespace} for parameter Namespace is invalid.`);
  }
  return namespace;
};

const readDatum = (namespace: string, datum: Input, path: string, now: number): MetricDatum => ({
  namespace,
  name: readName(datum, 'MetricName', path, 255),
  dimensions: readDimensions(datum, path),
  unit: readUnit(datum, path),
  resolution: readResolution(datum, path),
  timestamp: readTimestamp(datum, path, now),
  ...readValues(datum, path),
});

const readName = (structure: Input, member: string, path: string, maximumLength: number): string => {
  const name = readString(structure, member);
  if (name === undefined || name === '') throw missingParameter(`${path}.${member}`);
  if (name.length > maximumLength || name.trim() === '') {
    throw invalidValue(`The value ${name} for parameter ${path}.${member} is invalid.`);
  }
  return name;
};

const readDimensions = (datum: Input, path: string): Record<string, string> => {
  const dimensions = readObjects(datum, 'Dimensions');
  if (dimensions.length > maximumDimensions) {
    throw invalidValue(`The collection ${path}.Dimensions must not have a size greater than ${maximumDimensions}.`);
  }
  const names = new Set(dimensions.map(({ Name }) => Name));
  if (names.size < dimensions.length) throw invalidValue(sameDimensionTwice);
  return Object.fromEntries(
    dimensions.map((dimension, index) => {
      const at = `${path}.Dimensions.member.${index + 1}`;
      const name = readName(dimension, 'Name', at, 255);
      const value = readName(dimension, 'Value', at, 1024);
      if (name.startsWith(':') || !isPrintableAscii(name)) {
        throw invalidValue(`The value ${name} for parameter ${at}.Name is invalid.`);
      }
      if (!isPrintableAscii(value)) throw invalidValue(`The value ${value} for parameter ${at}.Value is invalid.`);
      return [name, value];
    }),
  );
};

const isPrintableAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

const readUnit = (datum: Input, path: string): Unit => {
  const text = readString(datum, 'Unit') ?? 'None';
  const unit = UNITS.find((candidate) => candidate === text);
  if (unit !== undefined) return unit;
  throw invalidValue(`The parameter ${path}.Unit must be a value in the set [ ${UNITS.join(', ')} ].`);
};

const readResolution = (datum: Input, path: string): 1 | 60 => {
  const resolution = scalarIn(datum, datum.StorageResolution ?? undefined) ?? 60;
  if (resolution === 1 || resolution === 60) return resolution;
  throw invalidValue(
    `The value ${String(resolution)} for parameter ${path}.StorageResolution is invalid: it is 1 or 60.`,
  );
};

/** Of epoch seconds, whose fraction is rounded to the millisecond that it stands for, or of a text. */
const millisecondsOf = (value: unknown): number =>
  typeof value === 'number' ? Math.round(value * 1000) : Date.parse(String(value));

const readTimestamp = (datum: Input, path: string, now: number): number => {
  const value = datum.Timestamp ?? undefined;
  if (value === undefined) return now;
  const timestamp = value instanceof Date ? value.getTime() : millisecondsOf(value);
  if (!Number.isFinite(timestamp)) {
    throw invalidValue(`The value ${String(value)} for parameter ${path}.Timestamp is invalid.`);
  }
  if (timestamp < now - pastMs) {
    throw invalidValue(`The parameter ${path}.Timestamp must specify a time no more than two weeks in the past.`);
  }
  if (timestamp > now + futureMs) {
    throw invalidValue(`The parameter ${path}.Timestamp must specify a time no more than two hours in the future.`);
  }
  return timestamp;
};
