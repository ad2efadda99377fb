import type { LogEvent } from '../lambda/events.ts';

/**
 * What brings the instant of an EMF line onto a clock that shows `at` as the line comes in, in milliseconds. An instant
 * that the invocation has seen is the one that the clock shows: a clock that stands at a full minute would else have some
 * samples a millisecond before it, in the minute that is over. Any other is meant to be as far off as it is.
 */
export const emfShift = ({ message, timestamp, writerBeganAt }: LogEvent, at: number): number => {
  const instant = instantOf(message);
  return at - (instant !== undefined && instant >= writerBeganAt && instant <= timestamp ? instant : timestamp);
};

const instantOf = (message: string): number | undefined => {
  if (!message.includes('"_aws"')) return undefined;
  try {
    const instant: unknown = JSON.parse(message)?._aws?.Timestamp;
    return typeof instant === 'number' ? instant : undefined;
  } catch {
    return undefined;
  }
};
