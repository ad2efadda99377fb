import { daysSinceEpoch } from '../../utc-calendar.ts';

/** Converts between UTC and the clocks of a zone. Local times are seconds since 1970 as if the clock showed UTC. */
export type TimeZone = {
  /** What the clocks show at a moment. */
  readonly toLocal: (at: number) => number;
  /** When the clocks show a time: the first of two moments in autumn; a time that spring skips is read an hour later. */
  readonly toUtc: (local: number) => number;
};

const UTC: TimeZone = { toLocal: (at) => at, toUtc: (local) => local };

/** A zone of the IANA data base by name, as `Europe/London`; undefined where there is none of that name. */
export function timeZone(name: string): TimeZone | undefined {
  if (name === 'UTC') return UTC;
  const format = formatter(name);
  if (!format) return undefined;
  const toLocal = (at: number) => {
    const parts = new Map(format.formatToParts(at * 1000).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const days = daysSinceEpoch({ year: part('year'), month: part('month'), day: part('day') });
    return days * 86_400 + part('hour') * 3600 + part('minute') * 60 + part('second');
  };
  const toUtc = (local: number) => {
    const guesses = [local - 86_400, local + 86_400].map((near) => local - (toLocal(near) - near));
    const exact = guesses.filter((guess) => toLocal(guess) === local);
    return exact.length > 0 ? Math.min(...exact) : Math.max(...guesses);
  };
  return { toLocal, toUtc };
}

function formatter(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    const digits = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
    return new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', ...digits });
  } catch {
    return undefined;
  }
}
