const DURATION = /^-P(?:(\d+)([DWM])|T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)$/;
const DAY_SECONDS = 86_400;

/**
 * Where a range begins that ends at `end` (seconds since 1970) and whose start is `-PT90M`, `-P7D`, `-P2W` or `-P3M`
 * (calendar months). Undefined for other texts, and for those of no length.
 */
export function startBefore(text: string, end: number): number | undefined {
  const match = DURATION.exec(text);
  if (!match) return undefined;
  const [, count, unit, hours = 0, minutes = 0, seconds = 0] = match;
  const start =
    unit === 'M'
      ? monthsBefore(end, Number(count))
      : end -
        Number(count ?? 0) * DAY_SECONDS * (unit === 'W' ? 7 : 1) -
        (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
  return start < end ? start : undefined;
}

/** The same day of the month and time of day; the 31st of a shorter month runs into the next. */
function monthsBefore(end: number, months: number): number {
  const date = new Date(end * 1000);
  return date.setUTCMonth(date.getUTCMonth() - months) / 1000;
}
