import { calendarDay } from '../../utc-calendar.ts';

/** How dynamic labels write what they show; AWS describes none of it. */
export type LabelFormats = {
  readonly number: (value: number) => string;
  /** Of seconds since 1970, and the minutes that local time is ahead of UTC. */
  readonly time: (seconds: number, offsetMinutes: number) => string;
  /** Of a length of time in seconds. */
  readonly duration: (seconds: number) => string;
};

/** `12.346`, `2026-11-23 18:35` (UTC, or with an offset), `1h 5m`. */
export const DEFAULT_LABEL_FORMATS: LabelFormats = {
  number: (value) => String(Number(value.toFixed(3))),
  time: formatTime,
  duration: formatDuration,
};

function formatTime(seconds: number, offsetMinutes: number): string {
  const { year, month, day } = calendarDay(Math.floor((seconds + offsetMinutes * 60) / 86_400));
  const inDay = (((seconds + offsetMinutes * 60) % 86_400) + 86_400) % 86_400;
  const clock = [Math.floor(inDay / 3600), Math.floor(inDay / 60) % 60, Math.floor(inDay % 60)];
  const shown = clock[2] === 0 ? clock.slice(0, 2) : clock;
  const zone = offsetMinutes === 0 ? 'UTC' : formatOffset(offsetMinutes);
  return `${pad(year, 4)}-${pad(month)}-${pad(day)} ${shown.map((part) => pad(part)).join(':')} ${zone}`;
}

function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}${pad(size % 60)}`;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

function formatDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [Math.floor(seconds % 60), 's'],
  ] as const;
  const shown = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${unit}`);
  return shown.length === 0 ? '0s' : shown.join(' ');
}
