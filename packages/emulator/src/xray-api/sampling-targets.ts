import { type Input, readInteger, readObjects, readString, readTimestamp } from '../service-api/input.ts';
import type { XrayContext } from './xray-context.ts';
import { invalidRequest, required } from './xray-errors.ts';

/** How long a client may use what it was given, and when it is to ask again. */
const intervalSeconds = 10;

type Statistics = {
  readonly requests: number;
  readonly sampled: number;
  readonly borrowed: number;
  /** Epoch milliseconds. */
  readonly at: number;
};

type Report = Statistics & { readonly name: string; readonly client: string };

/** SamplingStatisticsDocuments of a request. */
const mostReports = 25;

const readCount = (document: Input, member: string): number => {
  const count = readInteger(document, member) ?? 0;
  if (count < 0) throw invalidRequest(`${member} is ${count}: it must be 0 or more`);
  return count;
};

/** @throws ServiceError InvalidRequestException for a report that X-Ray's model does not allow. */
const readReport = (document: Input): Report => {
  for (const name of ['RuleName', 'ClientID', 'Timestamp', 'RequestCount', 'SampledCount']) required(document, name);
  const client = readString(document, 'ClientID') ?? '';
  if (client.length !== 24) throw invalidRequest(`ClientID has ${client.length} characters: it must have 24`);
  return {
    name: readString(document, 'RuleName') ?? '',
    client,
    requests: readCount(document, 'RequestCount'),
    sampled: readCount(document, 'SampledCount'),
    borrowed: readCount(document, 'BorrowCount'),
    at: readTimestamp(document, 'Timestamp') ?? 0,
  };
};

const readReports = (input: Input): readonly Report[] => {
  const documents = readObjects(input, required(input, 'SamplingStatisticsDocuments'));
  if (documents.length <= mostReports) return documents.map(readReport);
  throw invalidRequest(`SamplingStatisticsDocuments has ${documents.length} members, X-Ray takes ${mostReports}`);
};

/**
 * The answers to clients that sample by rules: each rule's reservoir is shared among the clients that reported on it
 * lately (X-Ray developer guide, Using sampling rules with the API). How AWS shares is not documented: evenly here.
 */
export const createSamplingTargets = (context: XrayContext) => {
  const reports = new Map<string, Map<string, Statistics>>();

  const report = ({ name, client, ...statistics }: Report) => {
    const found = [...context.state.rules.values()].find(({ rule }) => rule.RuleName === name);
    if (found === undefined) {
      return { unprocessed: { RuleName: name, ErrorCode: '400', Message: 'Unknown rule' } };
    }
    const clients = reports.get(name) ?? new Map<string, Statistics>();
    reports.set(name, clients);
    clients.set(client, statistics);
    const now = context.now();
    for (const [id, { at }] of clients) if (at < now - 2 * intervalSeconds * 1000) clients.delete(id);
    const position = [...clients.keys()].sort().indexOf(client);
    const { ReservoirSize, FixedRate } = found.rule;
    const share = Math.floor(ReservoirSize / clients.size);
    return {
      target: {
        RuleName: name,
        FixedRate,
        ReservoirQuota: share + (position < ReservoirSize % clients.size ? 1 : 0),
        ReservoirQuotaTTL: new Date(now + intervalSeconds * 1000),
        Interval: intervalSeconds,
      },
    };
  };

  return {
    GetSamplingTargets: (input: Input) => {
      const answers = readReports(input).map(report);
      const changes = [...context.state.rules.values()].map(({ modifiedAt }) => modifiedAt);
      return {
        SamplingTargetDocuments: answers.flatMap(({ target }) => target ?? []),
        LastRuleModification: new Date(Math.max(0, ...changes)),
        UnprocessedStatistics: answers.flatMap(({ unprocessed }) => unprocessed ?? []),
      };
    },
    GetSamplingStatisticSummaries: () => ({
      SamplingStatisticSummaries: [...reports].flatMap(([RuleName, clients]) =>
        [...clients.values()].map(({ requests, sampled, borrowed, at }) => ({
          RuleName,
          Timestamp: new Date(at),
          RequestCount: requests,
          BorrowCount: borrowed,
          SampledCount: sampled,
        })),
      ),
    }),
  };
};
