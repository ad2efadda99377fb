import { calendarDay, daysSinceEpoch } from '../../utc-calendar.ts';

/** When a mute rule begins: every local minute that all five fields name, or once. */
export type Schedule =
  | {
      readonly kind: 'cron';
      readonly minutes: readonly number[];
      readonly hours: readonly number[];
      readonly daysOfMonth: readonly number[] | undefined;
      readonly months: readonly number[];
      /** From Sunday, 0. */
      readonly daysOfWeek: readonly number[] | undefined;
    }
  /** Local time, in seconds since 1970 as if it were UTC. */
  | { readonly kind: 'at'; readonly local: number };

export type ParsedSchedule =
  | { readonly ok: true; readonly schedule: Schedule }
  | { readonly ok: false; readonly message: string };

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

/**
 * `cron(minutes hours day-of-month month day-of-week)` with `*`, `,`, `-` and English names, or `at(yyyy-MM-ddThh:mm)`
 * (API Reference, Schedule). Days of the week count from Sunday, 0, and 7 is Sunday too, as cron has them; where both
 * days are restricted either will do, as in cron: AWS says neither.
 */
export function parseSchedule(expression: string): ParsedSchedule {
  const [, kind, inner = ''] = /^(cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'at') return parseAt(inner);
  if (kind === 'cron') return parseCron(inner);
  return {
    ok: false,
    message: 'it is neither cron(minutes hours day-of-month month day-of-week) nor at(yyyy-MM-ddThh:mm)',
  };
}

function parseAt(text: string): ParsedSchedule {
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::00)?$/.exec(text) ?? [];
  const days = daysSinceEpoch({ year: Number(year), month: Number(month), day: Number(day) });
  const date = calendarDay(days);
  if (
    year === undefined ||
    date.month !== Number(month) ||
    date.day !== Number(day) ||
    Number(hour) > 23 ||
    Number(minute) > 59
  ) {
    return { ok: false, message: `at(${text}) is no date of the form at(2026-12-24T18:00)` };
  }
  return { ok: true, schedule: { kind: 'at', local: days * 86_400 + Number(hour) * 3600 + Number(minute) * 60 } };
}

function parseCron(text: string): ParsedSchedule {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 5) return { ok: false, message: `cron has 5 fields, this one ${fields.length}` };
  const [minutes, hours, daysOfMonth, months, daysOfWeek] = [
    parseField(fields[0], 0, 59),
    parseField(fields[1], 0, 23),
    parseField(fields[2], 1, 31),
    parseField(fields[3], 1, 12, MONTHS, 1),
    parseField(fields[4], 0, 7, WEEKDAYS, 0),
  ];
  for (const field of [minutes, hours, daysOfMonth, months, daysOfWeek]) {
    if (typeof field === 'string') return { ok: false, message: field };
  }
  const numbers = (field: readonly number[] | string | undefined) => (typeof field === 'object' ? field : []);
  return {
    ok: true,
    schedule: {
      kind: 'cron',
      minutes: numbers(minutes),
      hours: numbers(hours),
      daysOfMonth: fields[2] === '*' ? undefined : numbers(daysOfMonth),
      months: numbers(months),
      daysOfWeek: fields[4] === '*' ? undefined : numbers(daysOfWeek).map((day) => day % 7),
    },
  };
}

/** The numbers of a field in order, or what is wrong with it. */
function parseField(
  field = '',
  from: number,
  to: number,
  names: readonly string[] = [],
  first = 0,
): readonly number[] | string {
  const numbers = new Set<number>();
  const read = (text: string) => {
    const named = names.indexOf(text.toUpperCase());
    return named >= 0 ? named + first : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  for (const part of field.split(',')) {
    const [low, high] = part === '*' ? [from, to] : part.split('-', 2).map(read);
    const end = high ?? low ?? Number.NaN;
    if (low === undefined || !(low >= from && end <= to && low <= end)) {
      return `"${part}" in the field "${field}" is none of ${from} to ${to}, a range of them, or *`;
    }
    for (let number = low; number <= end; number += 1) numbers.add(number);
  }
  return [...numbers].sort((a, b) => a - b);
}

/** The two latest local times of a schedule that are not after `local`, looking back over some days. */
export function latestOccurrences(schedule: Schedule, local: number, days: number): readonly number[] {
  if (schedule.kind === 'at') return schedule.local <= local ? [schedule.local] : [];
  const today = Math.floor(local / 86_400);
  const found: number[] = [];
  for (let day = today; day >= today - days && found.length < 2; day -= 1) {
    if (!isOnDay(schedule, day)) continue;
    for (const hour of schedule.hours.toReversed()) {
      for (const minute of schedule.minutes.toReversed()) {
        const time = day * 86_400 + hour * 3600 + minute * 60;
        if (time <= local && found.length < 2) found.push(time);
      }
    }
  }
  return found;
}

function isOnDay(schedule: Extract<Schedule, { kind: 'cron' }>, day: number): boolean {
  const date = calendarDay(day);
  if (!schedule.months.includes(date.month)) return false;
  const ofMonth = schedule.daysOfMonth?.includes(date.day);
  const ofWeek = schedule.daysOfWeek?.includes((((day + 4) % 7) + 7) % 7);
  if (ofMonth === undefined || ofWeek === undefined) return ofMonth ?? ofWeek ?? true;
  return ofMonth || ofWeek;
}
