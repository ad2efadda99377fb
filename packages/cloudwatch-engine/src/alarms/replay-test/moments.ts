const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Seconds of `90s`, `15m`, `1h30m`, `1d`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:\d+[smhd])+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([smhd])/g)) {
    seconds += Number(count) * UNITS[unit as keyof typeof UNITS];
  }
  return seconds;
}

/** The moments from one to another, both included, in seconds: `5m..8m`, or `5m` alone; undefined for anything else. */
export function parseMoments(text: string): { readonly from: number; readonly to: number } | undefined {
  const [first = '', second = first, ...more] = text.split('..').map((part) => part.trim());
  const [from, to] = [parseDuration(first), parseDuration(second)];
  if (from === undefined || to === undefined || to < from || more.length > 0) return undefined;
  return { from, to };
}

/** `1h5m` for seconds: what `parseDuration` reads back. */
export function printDuration(seconds: number): string {
  let rest = seconds;
  let text = '';
  for (const [unit, size] of Object.entries(UNITS).reverse()) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text === '' ? '0m' : text;
}
