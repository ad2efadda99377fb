import type { VariableValues } from '@voice-campaign/cloudwatch-engine/dashboards';
import { startBefore } from '../protocol/start-before.ts';
import type { TimeRange } from '../protocol/widget-series.ts';
import { ViewSourceError } from '../source/view-source.ts';

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
  if (start === '') return (now) => ({ start: (until ?? now) - DEFAULT_SECONDS, end: until ?? now });
  if (startBefore(start, 0) !== undefined) {
    return (now) => ({ start: startBefore(start, until ?? now) ?? now, end: until ?? now });
  }
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
