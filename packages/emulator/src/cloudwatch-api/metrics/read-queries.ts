import { parseStatistic } from '@voice-campaign/cloudwatch-engine';
import type { MetricDataQueryInput } from '@voice-campaign/cloudwatch-engine/math';
import { type Input, isObject, readBoolean, readObject, readObjects, readString } from '../../service-api/input.ts';
import { type Problems, readDimensionSet, readPeriod, readText, readUnit } from '../read-query.ts';

const maximumQueries = 500;
const idPattern = /^[a-z][a-zA-Z0-9_]*$/;

/** The queries of GetMetricData, in the words that users quote of CloudWatch's answers. Expressions are not read yet. */
export const readQueries = (input: Input, problems: Problems, accountId: string): readonly MetricDataQueryInput[] => {
  const queries = readObjects(input, 'MetricDataQueries');
  if (queries.length === 0) problems.missing('MetricDataQueries');
  if (queries.length > maximumQueries) {
    problems.value(`The collection MetricDataQueries must not have a size greater than ${maximumQueries}.`);
  }
  const read = queries.map((query, index) =>
    readQuery(query, problems, `MetricDataQueries.member.${index + 1}`, accountId),
  );
  if (new Set(read.map(({ Id }) => Id)).size < read.length) {
    problems.value('The values for parameter id in MetricDataQueries are not unique.');
  }
  return read;
};

const readQuery = (query: Input, problems: Problems, path: string, accountId: string): MetricDataQueryInput => {
  const Id = readText(query, 'Id', problems, { path: `${path}.Id` });
  if (Id !== '' && !idPattern.test(Id)) {
    problems.value(
      `The value ${Id} for parameter ${path}.Id is not matching the expected pattern ${idPattern.source}.`,
    );
  }
  const owner = readString(query, 'AccountId') ?? accountId;
  if (owner !== accountId) {
    problems.value(`The value ${owner} for parameter ${path}.AccountId is invalid: only ${accountId} is emulated.`);
  }
  const Label = readString(query, 'Label');
  const ReturnData = readBoolean(query, 'ReturnData');
  return {
    Id,
    ...readBody(query, problems, path),
    ...(Label !== undefined && { Label }),
    ...(ReturnData !== undefined && { ReturnData }),
  };
};

const readBody = (query: Input, problems: Problems, path: string): Partial<MetricDataQueryInput> => {
  const Expression = readString(query, 'Expression');
  const hasStat = isObject(query.MetricStat);
  if (Expression !== undefined && hasStat) {
    problems.combination(
      `The parameters ${path}.Expression and ${path}.MetricStat are mutually exclusive and you have specified both.`,
    );
  }
  if (Expression === undefined && !hasStat) problems.missing(`${path}.MetricStat`);
  if (hasStat) return { MetricStat: readMetricStat(readObject(query, 'MetricStat'), problems, `${path}.MetricStat`) };
  if (Expression !== undefined && (Expression === '' || Expression.length > 2048)) {
    problems.value(`The parameter ${path}.Expression must have 1 to 2048 characters.`);
  }
  const Period = (query.Period ?? undefined) === undefined ? undefined : readPeriod(query, problems, `${path}.Period`);
  return { ...(Expression !== undefined && { Expression }), ...(Period !== undefined && { Period }) };
};

const readMetricStat = (stat: Input, problems: Problems, path: string): MetricDataQueryInput['MetricStat'] => {
  const metric = readObject(stat, 'Metric');
  const at = `${path}.Metric`;
  const Namespace = readText(metric, 'Namespace', problems, { path: `${at}.Namespace` });
  const MetricName = readText(metric, 'MetricName', problems, { path: `${at}.MetricName` });
  const dimensions = readDimensionSet(metric, problems, `${at}.Dimensions`);
  const Period = readPeriod(stat, problems, `${path}.Period`);
  const Stat = readText(stat, 'Stat', problems, { path: `${path}.Stat` });
  if (Stat !== '' && !parseStatistic(Stat).ok) {
    problems.value(`The value ${Stat} for parameter ${path}.Stat is not a valid statistic.`);
  }
  const Unit = readUnit(stat, problems, `${path}.Unit`);
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return { Metric: { Namespace, MetricName, Dimensions }, Period, Stat, ...(Unit !== undefined && { Unit }) };
};
