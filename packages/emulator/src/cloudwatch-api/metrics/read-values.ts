import type { StatisticSet } from '@voice-campaign/cloudwatch-engine';
import { type Input, readList, readObject, scalarIn } from '../../service-api/input.ts';
import { invalidCombination, invalidValue, missingParameter } from '../cloudwatch-errors.ts';

const largest = 2 ** 360;
const maximumValues = 150;

/** AWS JSON writes the numbers that JSON lacks as strings. */
const readNumber = (structure: Input, given: unknown, path: string): number => {
  const value = scalarIn(structure, given);
  const number = typeof value === 'number' ? value : Number.NaN;
  if (!Number.isFinite(number)) throw invalidValue(`The value ${String(value)} for parameter ${path} is invalid.`);
  if (Math.abs(number) > largest) {
    throw invalidValue(
      `The value ${number} for parameter ${path} is out of range: it must be within -2^360 and 2^360.`,
    );
  }
  return number;
};

const refuseBoth = (datum: Input, path: string, first: string, second: string): void => {
  if ((datum[first] ?? undefined) === undefined || (datum[second] ?? undefined) === undefined) return;
  throw invalidCombination(
    `The parameters ${path}.${first} and ${path}.${second} are mutually exclusive and you have specified both.`,
  );
};

/**
 * The samples of a MetricDatum: Value, Values (with Counts) or StatisticValues. CloudWatch was recorded to take the last
 * two together, though not either with Value; the values, which say more, are kept then. @throws ServiceError.
 */
export const readValues = (
  datum: Input,
  path: string,
):
  | { readonly values: readonly number[]; readonly counts?: readonly number[] }
  | { readonly statistics: StatisticSet } => {
  refuseBoth(datum, path, 'Value', 'Values');
  refuseBoth(datum, path, 'Value', 'StatisticValues');
  if (isGiven(datum, 'Value')) return { values: [readNumber(datum, datum.Value, `${path}.Value`)] };
  const statistics = isGiven(datum, 'StatisticValues')
    ? readStatistics(readObject(datum, 'StatisticValues'), `${path}.StatisticValues`)
    : undefined;
  if (isGiven(datum, 'Values')) return readValueList(datum, path);
  if (statistics !== undefined) return { statistics };
  throw invalidCombination(
    `At least one of the parameters ${path}.Value, ${path}.Values and ${path}.StatisticValues must be specified.`,
  );
};

const isGiven = (datum: Input, name: string): boolean => (datum[name] ?? undefined) !== undefined;

const readNumbers = (datum: Input, path: string, name: string): readonly number[] => {
  const list = readList(datum, name);
  if (list.length > maximumValues) {
    throw invalidValue(`The collection ${path}.${name} must not have a size greater than ${maximumValues}.`);
  }
  return list.map((value, index) => readNumber(datum, value, `${path}.${name}.member.${index + 1}`));
};

const readValueList = (
  datum: Input,
  path: string,
): { readonly values: readonly number[]; readonly counts?: readonly number[] } => {
  const values = readNumbers(datum, path, 'Values');
  if (values.length === 0) throw missingParameter(`${path}.Values`);
  if (!isGiven(datum, 'Counts')) return { values };
  const counts = readNumbers(datum, path, 'Counts');
  if (counts.length !== values.length) {
    throw invalidValue(`The parameters ${path}.Values and ${path}.Counts must be of the same size.`);
  }
  const index = counts.findIndex((count) => count <= 0);
  if (index >= 0) {
    throw invalidValue(`The value ${counts[index]} for parameter ${path}.Counts.member.${index + 1} is invalid.`);
  }
  return { values, counts };
};

const readStatistics = (statistics: Input, path: string): StatisticSet => {
  const read = (name: string): number => {
    if (!isGiven(statistics, name)) throw missingParameter(`${path}.${name}`);
    return readNumber(statistics, statistics[name], `${path}.${name}`);
  };
  const read4 = {
    sampleCount: read('SampleCount'),
    sum: read('Sum'),
    minimum: read('Minimum'),
    maximum: read('Maximum'),
  };
  if (read4.sampleCount <= 0) {
    throw invalidValue(`The value ${read4.sampleCount} for parameter ${path}.SampleCount is invalid.`);
  }
  if (read4.minimum > read4.maximum) {
    throw invalidValue(`The parameter ${path}.Maximum must be greater than or equal to ${path}.Minimum.`);
  }
  return read4;
};
