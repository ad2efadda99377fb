import { daysSinceEpoch } from '../../../utc-calendar.ts';

const fixed = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d\d))?$/;

/** Names of zones are shorter; those that are remembered must not be large. */
const longestName = 64;

/** Of the instants that Intl tells the time of. */
const furthest = 8_639_000_000_000_000;

const clocks = new Map<string, Intl.DateTimeFormat | undefined>();

const clockOf = (zone: string): Intl.DateTimeFormat | undefined => {
  if (clocks.has(zone)) return clocks.get(zone);
  let clock: Intl.DateTimeFormat | undefined;
  try {
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      second: 'numeric',
      ...numeric,
    });
  } catch {
    // No zone of this name.
  }
  // Zones of queries are few, but fields of hostile events may be many.
  if (clocks.size < 100) clocks.set(zone, clock);
  return clock;
};

/** How far the clocks of a zone are before UTC at an instant, in milliseconds; `undefined` of what is no zone. */
export const zoneOffset = (zone: string, instant: number): number | undefined => {
  if (!(Math.abs(instant) <= furthest) || zone.length > longestName) return undefined;
  if (/^(?:Z|UTC|GMT)$/i.test(zone)) return 0;
  const [, sign, hours, minutes = '0'] = fixed.exec(zone) ?? [];
  if (sign !== undefined) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const clock = clockOf(zone);
  const second = Math.floor(instant / 1000) * 1000;
  if (clock === undefined) return undefined;
  const part = Object.fromEntries(clock.formatToParts(second).map(({ type, value }) => [type, value]));
  const year = part.era?.startsWith('B') ? 1 - Number(part.year) : Number(part.year);
  const days = daysSinceEpoch({ year, month: Number(part.month), day: Number(part.day) });
  const inDay = Number(part.hour) * 3600 + Number(part.minute) * 60 + Number(part.second);
  return days * 86_400_000 + inDay * 1000 - second;
};

/** The instant at which the clocks of a zone show a time that is written as if it were UTC's. */
export const instantIn = (zone: string, shown: number): number | undefined => {
  const guess = zoneOffset(zone, shown);
  const offset = guess === undefined ? undefined : zoneOffset(zone, shown - guess);
  return offset === undefined ? undefined : shown - offset;
};
