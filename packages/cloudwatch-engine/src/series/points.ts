/**
 * One value for each period that has one, oldest first: `timestamps` holds the start of each period in seconds since
 * 1970, `values`, of the same length, its value. A period without a value is missing, not zero.
 */
export type Points = {
  readonly timestamps: readonly number[];
  readonly values: readonly number[];
};

export const NO_POINTS: Points = { timestamps: [], values: [] };
