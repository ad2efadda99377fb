import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { TraceDetail } from '../../protocol/trace-view.ts';
import type { CostLedger } from './polling-cost.ts';
import type { AwsClients } from './send.ts';

/** What a segment's document says of where its log is. */
type Logged = {
  readonly name?: string;
  readonly origin?: string;
  readonly aws?: {
    readonly request_id?: string;
    readonly cloudwatch_logs?: readonly { readonly log_group?: string }[];
  };
};

const BEFORE_MS = 5000;
/** A line may come long after its span: a runtime's report does. */
const AFTER_MS = 60_000;
const MOST_GROUPS = 10;
const MOST_EVENTS = 200;

/**
 * The log events that carry the trace's id or the request ids of its invocations, oldest first. Groups are those that the
 * segments name, and those of its Lambda functions; a group that cannot be read has none.
 */
export async function awsTraceLogs(
  { logs }: AwsClients,
  ledger: CostLedger,
  trace: Pick<TraceDetail, 'id' | 'start' | 'duration'>,
  documents: readonly Logged[],
): Promise<TraceDetail['logs']> {
  if (logs === undefined) return [];
  const requests = documents.flatMap(({ aws }) => aws?.request_id ?? []);
  const filterPattern = [trace.id, ...new Set(requests)].map((id) => `?"${id}"`).join(' ');
  const asking = {
    filterPattern,
    startTime: Math.floor(trace.start * 1000) - BEFORE_MS,
    endTime: Math.ceil((trace.start + trace.duration) * 1000) + AFTER_MS,
    limit: MOST_EVENTS,
  };
  const found = await Promise.all(
    groupsOf(documents).map(async (group) => {
      ledger.add('request', 1);
      const { events = [] } = await logs
        .send(new FilterLogEventsCommand({ ...asking, logGroupName: group }))
        .catch(() => ({ events: [] }));
      return events.map(({ timestamp = 0, message = '' }) => ({ at: timestamp / 1000, group, message }));
    }),
  );
  return found
    .flat()
    .sort((one, other) => one.at - other.at)
    .slice(0, MOST_EVENTS);
}

const groupsOf = (documents: readonly Logged[]): readonly string[] => {
  const groups = documents.flatMap(({ name, origin, aws }) => [
    ...(aws?.cloudwatch_logs ?? []).flatMap(({ log_group: group }) => group ?? []),
    ...(origin === 'AWS::Lambda::Function' && name !== undefined ? [`/aws/lambda/${name}`] : []),
  ]);
  return [...new Set(groups)].slice(0, MOST_GROUPS);
};
