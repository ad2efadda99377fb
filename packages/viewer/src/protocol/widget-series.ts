/** Seconds since 1970; `end` is not part of it. */
export type TimeRange = { readonly start: number; readonly end: number };

/** A line of a metric widget. */
export type WidgetSeries = {
  /** The same from one answer to the next, and unique in its widget. */
  readonly key: string;
  readonly label: string;
  readonly color?: string;
  readonly axis: 'left' | 'right';
  /** Of the lower edge of a band, the key of the upper one. */
  readonly lowerOf?: string;
  /** Of the metric; not of an expression. */
  readonly unit?: string;
  readonly periodSeconds: number;
  /** Seconds since 1970, oldest first; as many as values, of which `null` is a number that JSON does not have. */
  readonly timestamps: readonly number[];
  readonly values: readonly (number | null)[];
};
