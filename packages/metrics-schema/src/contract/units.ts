/**
 * The 27 units CloudWatch knows (API reference, MetricDatum.Unit). Anything else is dropped by CloudWatch in EMF and
 * refused by PutMetricData.
 */
export const UNITS = [
  'Seconds',
  'Microseconds',
  'Milliseconds',
  'Bytes',
  'Kilobytes',
  'Megabytes',
  'Gigabytes',
  'Terabytes',
  'Bits',
  'Kilobits',
  'Megabits',
  'Gigabits',
  'Terabits',
  'Percent',
  'Count',
  'Bytes/Second',
  'Kilobytes/Second',
  'Megabytes/Second',
  'Gigabytes/Second',
  'Terabytes/Second',
  'Bits/Second',
  'Kilobits/Second',
  'Megabits/Second',
  'Gigabits/Second',
  'Terabits/Second',
  'Count/Second',
  'None',
] as const;

export type Unit = (typeof UNITS)[number];

/** A number that carries its CloudWatch unit, so that it can only be given to a metric of that unit. */
export type Quantity<U extends Unit = Unit> = { readonly value: number; readonly unit: U };

/** A quantity in any CloudWatch unit: `quantity(4, 'Megabytes')`. */
export function quantity<const U extends Unit>(value: number, unit: U): Quantity<U> {
  return { value, unit };
}

export function seconds(value: number): Quantity<'Seconds'> {
  return { value, unit: 'Seconds' };
}

export function milliseconds(value: number): Quantity<'Milliseconds'> {
  return { value, unit: 'Milliseconds' };
}
