/** A bar or slice: the last value of a line, or a number of a row of a query. */
export type Share = {
  readonly key: string;
  readonly label: string;
  readonly color: string;
  readonly value: number;
  readonly unit?: string;
};
