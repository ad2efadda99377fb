import { parseStatistic } from '@voice-campaign/cloudwatch-engine';
import { validationError } from '../alarms-api/alarm-errors.ts';
import {
  invalidCombination,
  invalidNextToken,
  invalidValue,
  missingParameter,
  throwValidation,
} from '../cloudwatch-api/cloudwatch-errors.ts';
import { readQueries } from '../cloudwatch-api/metrics/read-queries.ts';
import { createProblems } from '../cloudwatch-api/read-query.ts';
import type { AnomalyDetectors, StoredDetector } from '../insights/anomaly-detectors.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { readWords } from '../service-api/constraint.ts';
import {
  type Input,
  isObject,
  readBoolean,
  readInteger,
  readObject,
  readObjects,
  readString,
  readStrings,
  readTimestamp,
} from '../service-api/input.ts';
import { ServiceError } from '../service-api/service-error.ts';
import { committer, type Journal } from '../state/journal.ts';

export type DetectorsContext = {
  readonly detectors: AnomalyDetectors;
  readonly journal: Journal;
  readonly metrics: Metrics;
  readonly accountId: string;
  readonly newId: () => string;
};

const mostListed = 1000;

type Single = {
  readonly AccountId: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly Stat: string;
};

const readDimensions = (input: Input): Single['Dimensions'] =>
  readObjects(input, 'Dimensions').map((each) => ({
    Name: readString(each, 'Name') ?? '',
    Value: readString(each, 'Value') ?? '',
  }));

/** @throws ServiceError for what is no statistic, of which there could be no band. */
const readStat = (stat: string): string => {
  if (parseStatistic(stat).ok) return stat;
  throw invalidValue(`The value ${stat} for parameter Stat is not supported.`);
};

/** By a name of the tz database (PutAnomalyDetector). @throws ServiceError for another one. */
const readTimezone = (configuration: Input): string | undefined => {
  const timeZone = readString(configuration, 'MetricTimezone');
  try {
    if (timeZone !== undefined) new Intl.DateTimeFormat('en', { timeZone });
    return timeZone;
  } catch {
    throw invalidValue(`The value ${timeZone} for parameter MetricTimezone is no time zone, such as Europe/London.`);
  }
};

const readSingle = (input: Input, accountId: string): Single => {
  const required = (name: string): string => {
    const text = readString(input, name);
    if (text === undefined || text === '') throw missingParameter(name);
    return text;
  };
  return {
    AccountId: readString(input, 'AccountId') ?? accountId,
    Namespace: required('Namespace'),
    MetricName: required('MetricName'),
    Dimensions: readDimensions(input),
    Stat: readStat(required('Stat')),
  };
};

type Named = { readonly key: string; readonly single?: Single; readonly math?: Input };

/** One metric, given in either of two ways, or metric math. */
const readNamed = ({ accountId }: DetectorsContext, input: Input): Named => {
  const [single, math] = [input.SingleMetricAnomalyDetector ?? undefined, input.MetricMathAnomalyDetector ?? undefined];
  const plain = input.MetricName ?? input.Namespace ?? undefined;
  if ([single, math, plain].filter((each) => each !== undefined).length > 1) {
    throw invalidCombination(
      'Give one of SingleMetricAnomalyDetector, MetricMathAnomalyDetector, or Namespace, MetricName and Stat.',
    );
  }
  if (math !== undefined) {
    if (!isObject(math) || readObjects(math, 'MetricDataQueries').length === 0) {
      throw missingParameter('MetricMathAnomalyDetector.MetricDataQueries');
    }
    const problems = createProblems();
    const read = { MetricDataQueries: readQueries(math, problems, accountId) };
    throwValidation(problems.list);
    return { key: JSON.stringify(read), math: read };
  }
  const read = readSingle(isObject(single) ? single : input, accountId);
  const dimensions = [...read.Dimensions].sort((one, other) => (one.Name < other.Name ? -1 : 1));
  return { key: JSON.stringify([read.Namespace, read.MetricName, dimensions, read.Stat]), single: read };
};

/** Epoch milliseconds, since the journal has no instants. */
const rangeOf = (range: Input) => {
  const [start, end] = [readTimestamp(range, 'StartTime'), readTimestamp(range, 'EndTime')];
  if (start === undefined) throw missingParameter('StartTime');
  if (end === undefined) throw missingParameter('EndTime');
  return { start, end };
};

const rendered = ({ excluded, ...members }: StoredDetector['members']) => ({
  ...members,
  Configuration: {
    ...(isObject(members.Configuration) && members.Configuration),
    ExcludedTimeRanges: (excluded as readonly ReturnType<typeof rangeOf>[]).map(({ start, end }) => ({
      StartTime: new Date(start),
      EndTime: new Date(end),
    })),
  },
});

const configurationOf = (input: Input): Input => {
  const configuration = readObject(input, 'Configuration');
  const zone = readTimezone(configuration);
  return {
    excluded: readObjects(configuration, 'ExcludedTimeRanges').map(rangeOf),
    ...(zone !== undefined && { Configuration: { MetricTimezone: zone } }),
  };
};

const put = (context: DetectorsContext, input: Input) => {
  const { key, single, math } = readNamed(context, input);
  const own =
    single === undefined
      ? { MetricMathAnomalyDetector: math }
      : {
          Namespace: single.Namespace,
          MetricName: single.MetricName,
          Dimensions: single.Dimensions,
          Stat: single.Stat,
          SingleMetricAnomalyDetector: single,
        };
  const spikes = readBoolean(readObject(input, 'MetricCharacteristics'), 'PeriodicSpikes');
  const characteristics = spikes === undefined ? {} : { MetricCharacteristics: { PeriodicSpikes: spikes } };
  const id = context.detectors.detectors.get(key)?.id ?? context.newId();
  const detector = { id, key, members: { ...own, ...characteristics, ...configurationOf(input) } };
  committer(context.journal, context.detectors)({ kind: 'detector', detector });
  return {};
};

const remove = (context: DetectorsContext, input: Input) => {
  const id = readString(input, 'AnomalyDetectorId');
  const { detectors } = context.detectors;
  const found =
    id === undefined
      ? detectors.get(readNamed(context, input).key)
      : [...detectors.values()].find((detector) => detector.id === id);
  if (found === undefined) {
    const message = 'The anomaly detector does not exist';
    throw new ServiceError(
      'com.amazonaws.cloudwatch.v2010_08_01#ResourceNotFoundException',
      'ResourceNotFoundException',
      message,
      404,
    );
  }
  committer(context.journal, context.detectors)({ kind: 'detector-deleted', key: found.key });
  return {};
};

/** Nothing is trained here: a band is there as soon as there are data. */
const stateOf = ({ metrics }: DetectorsContext, { members }: StoredDetector): 'PENDING_TRAINING' | 'TRAINED' => {
  const { Namespace: namespace, MetricName: name } = members;
  if (typeof namespace !== 'string' || typeof name !== 'string') return 'TRAINED';
  for (const _ of metrics.metrics({ namespace, name })) return 'TRAINED';
  return 'PENDING_TRAINING';
};

const describe = (context: DetectorsContext, input: Input) => {
  const types = readWords(input, 'AnomalyDetectorTypes', ['SINGLE_METRIC', 'METRIC_MATH'], validationError);
  const wanted = types.length > 0 ? types : ['SINGLE_METRIC'];
  const [namespace, name] = [readString(input, 'Namespace'), readString(input, 'MetricName')];
  const ids = readStrings(input, 'AnomalyDetectorIds');
  const dimensions = readDimensions(input);
  const limit = readInteger(input, 'MaxResults') ?? mostListed;
  if (limit < 1) throw invalidValue('MaxResults must be at least 1.');
  const from = Number(readString(input, 'NextToken') ?? 0);
  if (!Number.isInteger(from) || from < 0) throw invalidNextToken();
  const found = [...context.detectors.detectors.values()].filter(({ id, members }) => {
    const own = Array.isArray(members.Dimensions) ? members.Dimensions : [];
    const type = members.MetricMathAnomalyDetector === undefined ? 'SINGLE_METRIC' : 'METRIC_MATH';
    return (
      wanted.includes(type) &&
      (ids.length === 0 || ids.includes(id)) &&
      (namespace === undefined || members.Namespace === namespace) &&
      (name === undefined || members.MetricName === name) &&
      dimensions.every(({ Name, Value }) => own.some((each) => each.Name === Name && each.Value === Value))
    );
  });
  return {
    AnomalyDetectors: found.slice(from, from + limit).map((detector) => ({
      AnomalyDetectorId: detector.id,
      ...rendered(detector.members),
      StateValue: stateOf(context, detector),
    })),
    ...(from + limit < found.length && { NextToken: String(from + limit) }),
  };
};

/** CloudWatch's operations on anomaly detectors. */
export const anomalyDetectorOperations = (
  context: DetectorsContext,
): Readonly<Record<string, (input: Input) => unknown>> => ({
  PutAnomalyDetector: (input) => put(context, input),
  DescribeAnomalyDetectors: (input) => describe(context, input),
  DeleteAnomalyDetector: (input) => remove(context, input),
});
