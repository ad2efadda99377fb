import type { Points } from '../../series/points.ts';
import type { Subject } from '../values/series.ts';
import type { LabelFormats } from './label-formats.ts';
import type { LabelPart, LabelProperty, LabelTemplate, LabelValue } from './label-template.ts';

/** What a label may speak of. */
export type LabelContext = {
  readonly label: string;
  readonly subject: Subject | undefined;
  readonly points: Points;
  readonly periodSeconds: number;
  /** Seconds since 1970. */
  readonly now: number;
  readonly accountId: string;
  readonly accountLabel: string;
  readonly region: string;
  readonly offsetMinutes: number;
  readonly formats: LabelFormats;
};

/** What a label shows where there is nothing, such as the maximum of no point or a dimension that a metric has not. */
const NOTHING = '--';

export function renderLabel({ parts }: LabelTemplate, context: LabelContext): string {
  return parts.map((part) => renderPart(part, context)).join('');
}

function renderPart(part: LabelPart, context: LabelContext): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'property':
      return propertyOf(part.property, context);
    case 'dimension': {
      const { metric, attributes } = context.subject ?? {};
      const dimensions = metric?.dimensions ?? attributes ?? {};
      return (Object.hasOwn(dimensions, part.name) ? dimensions[part.name] : undefined) ?? NOTHING;
    }
    case 'value':
      return shownValue(part.value, context);
  }
}

function propertyOf(
  property: LabelProperty,
  { subject, periodSeconds, accountId, accountLabel, region }: LabelContext,
): string {
  switch (property) {
    case 'AccountId':
      return accountId;
    case 'AccountLabel':
      return accountLabel;
    case 'Region':
      return region;
    case 'Period':
      return String(periodSeconds);
    case 'MetricName':
      return subject?.metric?.name ?? NOTHING;
    case 'Namespace':
      return subject?.metric?.namespace ?? NOTHING;
    case 'Stat':
      return subject?.stat ?? NOTHING;
  }
}

/** Where the points of a series are: indexes of its first, last, lowest and highest. */
type Places = { readonly first: number; readonly last: number; readonly low: number; readonly high: number };

function placesOf({ values }: Points): Places {
  let low = 0;
  let high = 0;
  for (let index = 1; index < values.length; index += 1) {
    if ((values[index] as number) < (values[low] as number)) low = index;
    if ((values[index] as number) > (values[high] as number)) high = index;
  }
  return { first: 0, last: values.length - 1, low, high };
}

function shownValue(value: LabelValue, { label, points, now, offsetMinutes, formats }: LabelContext): string {
  const { timestamps, values } = points;
  if (value === 'LABEL') return label;
  if (value === 'DATAPOINT_COUNT') return String(values.length);
  if (values.length === 0) return NOTHING;
  const { first, last, low, high } = placesOf(points);
  const number = (index: number): string => formats.number(values[index] as number);
  const time = (index: number): string => formats.time(timestamps[index] as number, offsetMinutes);
  const ago = (index: number): string => formats.duration(Math.abs(now - (timestamps[index] as number)));
  const between = (a: number, b: number): string => formats.number((values[b] as number) - (values[a] as number));
  const timeBetween = (a: number, b: number): string =>
    formats.duration(Math.abs((timestamps[b] as number) - (timestamps[a] as number)));
  const sum = values.reduce((total, each) => total + each, 0);
  const shown: Readonly<Record<Exclude<LabelValue, 'LABEL' | 'DATAPOINT_COUNT'>, () => string>> = {
    AVG: () => formats.number(sum / values.length),
    SUM: () => formats.number(sum),
    FIRST: () => number(first),
    FIRST_TIME: () => time(first),
    FIRST_TIME_RELATIVE: () => ago(first),
    FIRST_LAST_RANGE: () => between(first, last),
    FIRST_LAST_TIME_RANGE: () => timeBetween(first, last),
    LAST: () => number(last),
    LAST_TIME: () => time(last),
    LAST_TIME_RELATIVE: () => ago(last),
    MAX: () => number(high),
    MAX_TIME: () => time(high),
    MAX_TIME_RELATIVE: () => ago(high),
    MIN: () => number(low),
    MIN_TIME: () => time(low),
    MIN_TIME_RELATIVE: () => ago(low),
    MIN_MAX_RANGE: () => between(low, high),
    MIN_MAX_TIME_RANGE: () => timeBetween(low, high),
  };
  return shown[value]();
}
