import { type Input, readInteger, readObjects, readString, readTimestamp } from '../service-api/input.ts';
import type { XrayContext } from './xray-context.ts';

/** How long a client may use what it was given, and when it is to ask again. */
const intervalSeconds = 10;

type Statistics = {
  readonly requests: number;
  readonly sampled: number;
  readonly borrowed: number;
  /** Epoch milliseconds. */
  readonly at: number;
};

/**
 * The answers to clients that sample by rules: each rule's reservoir is shared among the clients that reported on it
 * lately (X-Ray developer guide, Using sampling rules with the API). How AWS shares is not documented: evenly here.
 */
export const createSamplingTargets = (context: XrayContext) => {
  const reports = new Map<string, Map<string, Statistics>>();

  const report = (document: Input) => {
    const name = readString(document, 'RuleName') ?? '';
    const client = readString(document, 'ClientID') ?? '';
    const found = [...context.state.rules.values()].find(({ rule }) => rule.RuleName === name);
    if (found === undefined) {
      return { unprocessed: { RuleName: name, ErrorCode: '400', Message: 'Unknown rule' } };
    }
    const clients = reports.get(name) ?? new Map<string, Statistics>();
    reports.set(name, clients);
    clients.set(client, {
      requests: readInteger(document, 'RequestCount') ?? 0,
      sampled: readInteger(document, 'SampledCount') ?? 0,
      borrowed: readInteger(document, 'BorrowCount') ?? 0,
      at: readTimestamp(document, 'Timestamp') ?? context.now(),
    });
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
      const answers = readObjects(input, 'SamplingStatisticsDocuments').map(report);
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
