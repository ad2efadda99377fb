import { eventOverheadBytes } from '../../platform/log-metrics.ts';
import { byteLength } from '../../queue/message/byte-length.ts';
import { type Input, readInteger, readObjects, readString } from '../../service-api/input.ts';
import { groupNamed, type LogsContext, type LogsOperation, readGroupName, readStreamName } from '../logs-context.ts';
import { invalidParameter, notFound } from '../logs-errors.ts';

const hour = 3_600_000;
const day = 24 * hour;
// The limits of PutLogEvents.
const mostEvents = 10_000;
const mostBytes = 1_048_576;
const mostFuture = 2 * hour;
const mostPast = 14 * day;

type LogEvent = { readonly timestamp: number; readonly message: string };

/** @throws ServiceError InvalidParameterException for what makes CloudWatch Logs refuse the whole batch. */
const readEvents = (input: Input): readonly LogEvent[] => {
  const events = readObjects(input, 'logEvents').map((event, index) => {
    const [timestamp, message] = [readInteger(event, 'timestamp'), readString(event, 'message')];
    if (timestamp === undefined || timestamp < 0 || message === undefined || message === '') {
      throw invalidParameter(
        `logEvents.${index + 1}: a timestamp in epoch milliseconds and a message of at least one character are needed`,
      );
    }
    return { timestamp, message };
  });
  if (events.length === 0 || events.length > mostEvents) {
    throw invalidParameter(
      `1 validation error detected: 'logEvents' has ${events.length} members and must have from 1 to ${mostEvents}`,
    );
  }
  const sizes = events.map(({ message }) => byteLength(message) + eventOverheadBytes);
  const tooLarge = sizes.find((size) => size > mostBytes);
  if (tooLarge !== undefined) {
    throw invalidParameter(`Log event too large: ${tooLarge} bytes exceeds limit of ${mostBytes}`);
  }
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > mostBytes) throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${mostBytes}`);
  if (events.some(({ timestamp }, index) => timestamp < (events[index - 1]?.timestamp ?? 0))) {
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
  }
  return events;
};

/** Of those that are taken: what is rejected may be as old, or as new, as it likes. */
const checkSpan = (taken: readonly LogEvent[]): void => {
  if ((taken.at(-1)?.timestamp ?? 0) - (taken[0]?.timestamp ?? 0) > day) {
    throw invalidParameter('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  }
};

/** The first index from which events are not of the window, -1 for none: events are in order of time. */
const rejections = (events: readonly LogEvent[], now: number, retentionDays: number | undefined) => {
  const count = (before: number): number => events.findLastIndex(({ timestamp }) => timestamp < before) + 1;
  const expired = retentionDays === undefined ? 0 : count(now - retentionDays * day);
  const tooOld = count(now - mostPast);
  const tooNew = events.findIndex(({ timestamp }) => timestamp > now + mostFuture);
  return {
    from: Math.max(expired, tooOld),
    to: tooNew < 0 ? events.length : tooNew,
    info: {
      ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
      ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
      ...(expired > 0 && { expiredLogEventEndIndex: expired }),
    },
  };
};

const putEvents = (context: LogsContext, input: Input) => {
  const { logs, now } = context;
  const { name: logGroup, retentionDays } = groupNamed(context, readGroupName(input));
  const logStream = readStreamName(input);
  if (!logs.state.streamsOf(logGroup).has(logStream)) throw notFound('The specified log stream does not exist.');
  const events = readEvents(input);
  const { from, to, info } = rejections(events, now(), retentionDays);
  const taken = events.slice(from, to);
  checkSpan(taken);
  for (const event of taken) logs.put({ ...event, logGroup, logStream, source: 'api' });
  return {
    // Sequence tokens are no longer asked for; old clients still want one.
    nextSequenceToken: '1',
    ...(Object.keys(info).length > 0 && { rejectedLogEventsInfo: info }),
  };
};

export const putOperations: Readonly<Record<string, LogsOperation>> = { PutLogEvents: putEvents };
