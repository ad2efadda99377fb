import type { VariableValues } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { TimeRange } from '../protocol/widget-series.ts';
import { ViewSourceError } from '../source/view-source.ts';

const DURATION = /^-P(?:(\d+)D|(\d+)W|T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)$/;
const DEFAULT_SECONDS = 10_800;

/** The values of `var.<id>=`. */
export function readValues(parameters: URLSearchParams): VariableValues {
  const chosen = [...parameters].filter(([name]) => name.startsWith('var.'));
  return Object.fromEntries(chosen.map(([name, value]) => [name.slice(4), value]));
}

/** `start=-PT3H` and the like end now, or at `end`; instants are ISO 8601. @throws ViewSourceError for what is neither. */
export function readRange(parameters: URLSearchParams): (now: number) => TimeRange {
  const start = parameters.get('start') ?? '';
  const end = parameters.get('end');
  const until = end === null ? undefined : instant('end', end);
  const seconds = start === '' ? DEFAULT_SECONDS : duration(start);
  if (seconds !== undefined) return (now) => ({ start: (until ?? now) - seconds, end: until ?? now });
  const from = instant('start', start);
  return (now) => {
    const to = until ?? now;
    if (from >= to)
      throw new ViewSourceError(
        `The time range from ${start} to ${end ?? 'now'} is none: its start is not before its end`,
      );
    return { start: from, end: to };
  };
}

function duration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (!match) return undefined;
  const [, days = 0, weeks = 0, hours = 0, minutes = 0, rest = 0] = match;
  const total = Number(days) * 86_400 + Number(weeks) * 604_800 + Number(hours) * 3600 + Number(minutes) * 60;
  return total + Number(rest) || undefined;
}

function instant(name: string, text: string): number {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) {
    throw new ViewSourceError(`${name}=${text} is no instant: write -PT3H, -P7D or 2026-11-24T12:00:00Z`);
  }
  return milliseconds / 1000;
}

/** `auto` or `inherit`; undefined leaves it to the dashboard. */
export function readPeriodOverride(parameters: URLSearchParams): 'auto' | 'inherit' | undefined {
  const given = parameters.get('period');
  return given === 'auto' || given === 'inherit' ? given : undefined;
}

/** @throws ViewSourceError for what is no whole number, 0 or more. */
export function readCount(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name);
  if (text === null) return undefined;
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw new ViewSourceError(`${name}=${text} is no whole number`);
}
