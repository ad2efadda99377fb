const STEPS = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

const BINARY = [
  [1024 ** 4, 'TiB'],
  [1024 ** 3, 'GiB'],
  [1024 ** 2, 'MiB'],
  [1024, 'KiB'],
] as const;

/** At most four digits and a suffix: `1.234k`, `0.00512`, `12.5M`. `–` for what is no number. */
export function shortNumber(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = rounded(value, 4);
  const step = STEPS.find(([least]) => size >= least);
  return step ? `${digits(value / step[0], 4)}${step[1]}` : digits(value, 4);
}

/** All the digits that a double tells apart, in groups of three. */
export function fullNumber(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  return value.toLocaleString('en-US', { maximumFractionDigits: 10 });
}

/** `1.5 MiB`, `230 ms`, `12 %`, `3.2 s`: a value in one of CloudWatch's units. Seconds below one are in milliseconds. */
export function withUnit(value: number | null | undefined, unit: string | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  switch (unit) {
    case 'Percent':
      return `${shortNumber(value)} %`;
    case 'Seconds':
      return seconds(value);
    case 'Milliseconds':
      return seconds(value / 1000);
    case 'Microseconds':
      return seconds(value / 1e6);
    case 'Bytes':
      return bytes(value);
    case 'Bytes/Second':
      return `${bytes(value)}/s`;
    case 'Count/Second':
      return `${shortNumber(value)}/s`;
    case undefined:
    case 'None':
    case 'Count':
      return shortNumber(value);
  }
  return `${shortNumber(value)} ${unit}`;
}

/** A time span as people say it: `340 ms`, `2.5 s`, `3 min 20 s`, `2 h 5 min`, `4 d 3 h`. */
export function seconds(value: number): string {
  const size = rounded(value, 3);
  if (size === 0) return '0 s';
  if (size < 1e-3) return `${digits(value * 1e6, 3)} µs`;
  if (size < 1) return `${digits(value * 1e3, 3)} ms`;
  if (size < 60) return `${digits(value, 3)} s`;
  const whole = Math.round(Math.max(60, Math.abs(value)));
  const sign = value < 0 ? '-' : '';
  if (whole < 3600) return sign + parts(whole, 60, 'min', 's');
  if (whole < 86_400) return sign + parts(Math.round(whole / 60), 60, 'h', 'min');
  return sign + parts(Math.round(whole / 3600), 24, 'd', 'h');
}

const bytes = (value: number): string => {
  const size = rounded(value, 4);
  const step = BINARY.find(([least]) => size >= least);
  // Three digits, but 1,000 to 1,023 of a unit have four.
  return step ? `${digits(value / step[0], size / step[0] < 1000 ? 3 : 4)} ${step[1]}` : `${digits(value, 4)} B`;
};

const parts = (value: number, base: number, large: string, small: string): string => {
  const rest = value % base;
  return `${Math.floor(value / base)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
};

/** The size of a number as it is shown, which may be one of the next unit: 999.96 µs are 1 ms. */
const rounded = (value: number, count: number): number => Number(Math.abs(value).toPrecision(count));

const digits = (value: number, count: number): string => {
  if (value !== 0 && Math.abs(value) < 1e-6) return value.toExponential(2);
  return String(Number(value.toPrecision(count)));
};
