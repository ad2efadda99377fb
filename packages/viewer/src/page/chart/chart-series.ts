/** One line of a chart. Timestamps in seconds since 1970, oldest first, as many as values; NaN is a missing value. */
export type ChartSeries = {
  /** Unique in its chart, and the same from one update to the next. */
  readonly key: string;
  readonly label: string;
  readonly color: string;
  readonly dash: readonly number[];
  readonly axis: 'left' | 'right';
  /** Of the lower edge of a band, the key of the upper one: what is between them is filled. */
  readonly lowerOf?: string;
  readonly unit?: string;
  readonly periodSeconds: number;
  readonly timestamps: readonly number[];
  readonly values: readonly number[];
};

export type AxisSettings = {
  readonly min?: number;
  readonly max?: number;
  readonly label?: string;
  readonly showUnits?: boolean;
};

/** A line at a value, or a band between two. */
export type HorizontalMark = {
  readonly axis: 'left' | 'right';
  readonly value: number;
  readonly until?: number;
  readonly fill: 'above' | 'below' | 'none';
  readonly label: string;
  readonly color: string;
};

/** A line at an instant, or a band between two; seconds since 1970. */
export type VerticalMark = {
  readonly at: number;
  readonly until?: number;
  readonly fill: 'before' | 'after' | 'none';
  readonly label: string;
  readonly color: string;
};

export type TimeChart = {
  /** Seconds since 1970. */
  readonly range: { readonly start: number; readonly end: number };
  readonly series: readonly ChartSeries[];
  readonly stacked: boolean;
  readonly left: AxisSettings;
  readonly right: AxisSettings;
  readonly horizontal: readonly HorizontalMark[];
  readonly vertical: readonly VerticalMark[];
};

/** The last value there is, and undefined for a series without one. */
export function lastValue({ values }: Pick<ChartSeries, 'values'>): number | undefined {
  for (let index = values.length - 1; index >= 0; index -= 1) {
    const value = values[index];
    if (value !== undefined && Number.isFinite(value)) return value;
  }
  return undefined;
}

export type Summary = {
  readonly last: number;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly average: number;
};

/** Over the values there are; undefined when there are none. */
export function summaryOf({ values }: Pick<ChartSeries, 'values'>): Summary | undefined {
  const present = values.filter(Number.isFinite);
  const last = present.at(-1);
  if (last === undefined) return undefined;
  let min = last;
  let max = last;
  let sum = 0;
  for (const value of present) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  return { last, min, max, sum, average: sum / present.length };
}
