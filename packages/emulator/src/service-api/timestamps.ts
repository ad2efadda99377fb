const seconds = Symbol('seconds since 1970');

/** Many timestamps in an output, which need not become as many `Date`s before they are written. */
export type Timestamps = { readonly [seconds]: readonly number[] };

/** Whole seconds since 1970. */
export const timestampsOf = (list: readonly number[]): Timestamps => ({ [seconds]: list });

/** `undefined` for what are no timestamps. */
export const secondsOf = (value: object): readonly number[] | undefined =>
  seconds in value ? (value as Timestamps)[seconds] : undefined;

export const datesOf = (list: readonly number[]): readonly Date[] => list.map((each) => new Date(each * 1000));
