import type { LogStream } from '../../logs/log-groups.ts';
import type { StoredLogEvent } from '../../logs/log-store.ts';
import { type Input, readBoolean, readString } from '../../service-api/input.ts';
import { pageOf } from '../log-pages.ts';
import {
  arnOf,
  groupNamed,
  type LogsContext,
  type LogsOperation,
  readGroup,
  readGroupName,
  readStreamName,
} from '../logs-context.ts';
import { alreadyExists, invalidParameter, notFound } from '../logs-errors.ts';

type Seen = { first: number; last: number; ingested: number };

/** First and last instants of each stream's events. */
const seenIn = (events: readonly StoredLogEvent[]): ReadonlyMap<string, Seen> => {
  const streams = new Map<string, Seen>();
  for (const { logStream, timestamp, ingestedAt } of events) {
    const seen = streams.get(logStream);
    if (seen === undefined) {
      streams.set(logStream, { first: timestamp, last: timestamp, ingested: ingestedAt });
      continue;
    }
    seen.first = Math.min(seen.first, timestamp);
    seen.last = Math.max(seen.last, timestamp);
    seen.ingested = Math.max(seen.ingested, ingestedAt);
  }
  return streams;
};

const rendered = (context: LogsContext, group: string, { name, createdAt }: LogStream, seen: Seen | undefined) => ({
  logStreamName: name,
  creationTime: createdAt,
  ...(seen !== undefined && {
    firstEventTimestamp: seen.first,
    lastEventTimestamp: seen.last,
    lastIngestionTime: seen.ingested,
    uploadSequenceToken: '1',
  }),
  arn: `${arnOf(context, group)}:log-stream:${name}`,
  // The service has said 0 of every stream since June 17, 2019.
  storedBytes: 0,
});

const readOrder = (input: Input): { readonly byTime: boolean; readonly prefix: string } => {
  const orderBy = readString(input, 'orderBy') ?? 'LogStreamName';
  const prefix = readString(input, 'logStreamNamePrefix');
  if (orderBy !== 'LogStreamName' && orderBy !== 'LastEventTime') {
    throw invalidParameter(
      `1 validation error detected: Value '${orderBy}' at 'orderBy' failed to satisfy constraint: Member must satisfy enum value set: [LogStreamName, LastEventTime]`,
    );
  }
  if (orderBy === 'LastEventTime' && prefix !== undefined) {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  return { byTime: orderBy === 'LastEventTime', prefix: prefix ?? '' };
};

export const streamOperations: Readonly<Record<string, LogsOperation>> = {
  CreateLogStream: (context, input) => {
    const { name: group } = groupNamed(context, readGroupName(input));
    const name = readStreamName(input);
    if (context.logs.state.streamsOf(group).has(name)) throw alreadyExists('The specified log stream already exists');
    context.logs.commit({ kind: 'stream', group, stream: { name, createdAt: context.now() } });
    return {};
  },
  DeleteLogStream: (context, input) => {
    const { name: group } = groupNamed(context, readGroupName(input));
    const name = readStreamName(input);
    if (!context.logs.state.streamsOf(group).has(name)) throw notFound('The specified log stream does not exist.');
    context.logs.deleteStream(group, name);
    return {};
  },
  DescribeLogStreams: (context, input) => {
    const { name: logGroup } = readGroup(context, input);
    const { byTime, prefix } = readOrder(input);
    const seen = seenIn(context.logs.events({ logGroup }));
    const lastOf = ({ name }: LogStream): number => seen.get(name)?.last ?? 0;
    const direction = readBoolean(input, 'descending') ? -1 : 1;
    const streams = [...context.logs.state.streamsOf(logGroup).values()]
      .filter(({ name }) => name.startsWith(prefix))
      .sort(
        (one, other) => direction * ((byTime ? lastOf(one) - lastOf(other) : 0) || (one.name < other.name ? -1 : 1)),
      );
    const { page, ...next } = pageOf(streams, input, { most: 50 });
    return { logStreams: page.map((stream) => rendered(context, logGroup, stream, seen.get(stream.name))), ...next };
  },
};
