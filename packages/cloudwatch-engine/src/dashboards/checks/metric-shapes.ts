import { parseStatistic } from '../../series/statistic/parse-statistic.ts';
import { advise, inside, isTemplated, type Place, refuse } from '../message.ts';
import type {
  Annotations,
  Axis,
  HorizontalAnnotation,
  MetricProperties,
  RenderProperties,
  VerticalAnnotation,
} from '../metric-widget.ts';
import { STATISTIC } from './recorded-patterns.ts';
import { also, anything, flag, list, number, object, oneOf, type Shape, text } from './shape.ts';

const HEX_COLOR = /^#([0-9a-fA-F]{3}){1,2}$/;
/** Unlike the API, which has 20 seconds as well. */
const HIGH_RESOLUTION: readonly number[] = [1, 5, 10, 30];
const MINUTE = 60;
const MAXIMUM_ROWS = 500;

/** A high resolution, or minutes. A period that is neither has all the faults of both, as recorded. */
export const period: Shape<number> = (value, place): value is number => {
  if (typeof value === 'number' && (HIGH_RESOLUTION.includes(value) || (value >= MINUTE && value % MINUTE === 0))) {
    return true;
  }
  if (typeof value !== 'number' || !Number.isInteger(value)) refuse(place, 'Should be integer');
  else {
    if (value < MINUTE) refuse(place, `Should be >= ${MINUTE}`);
    if (value % MINUTE !== 0) refuse(place, `Should be multiple of ${MINUTE}`);
  }
  return refuse(place, 'Should match exactly one schema in oneOf', 'write 1, 5, 10, 30 or a multiple of 60 seconds');
};

export const statistic: Shape<string> = (value, place): value is string => {
  if (typeof value !== 'string') return refuse(place, 'Should be string');
  if (isTemplated(place, value)) return true;
  const parsed = parseStatistic(value);
  const hint = parsed.ok ? undefined : parsed.issue.message;
  if (!STATISTIC.test(value)) return refuse(place, `Should match pattern "${STATISTIC.source}"`, hint);
  if (hint !== undefined) advise(place, hint);
  return true;
};

const axisSide = oneOf('left', 'right');
const color = text({ advised: HEX_COLOR });

/** Strict: a row whose last member breaks it is refused as a whole. */
export const renderProperties: Shape<RenderProperties & { readonly expression?: string }> = object(
  {
    id: text({ pattern: /^[a-z][a-zA-Z0-9_]*$/, maxLength: 255 }),
    label: text(),
    color: text({ pattern: HEX_COLOR }),
    period,
    stat: statistic,
    visible: flag,
    yAxis: axisSide,
    region: text(),
    accountId: text(),
    expression: text({ minLength: 1 }),
  },
  { closed: true },
);

const band =
  <T>(edge: Shape<T>): Shape<T | readonly [T, T]> =>
  (value, place): value is T | readonly [T, T] => {
    if (!Array.isArray(value)) return edge(value, place);
    if (value.length !== 2) return refuse(place, `Should NOT have ${value.length < 2 ? 'less' : 'more'} than 2 items`);
    return list(edge)(value, place);
  };

const horizontal: Shape<HorizontalAnnotation> = object(
  { value: number(), label: text(), color, visible: flag, fill: oneOf('above', 'below', 'none'), yAxis: axisSide },
  { required: ['value'] },
);
const vertical: Shape<VerticalAnnotation> = object(
  { value: text(), label: text(), color, visible: flag, fill: oneOf('before', 'after', 'none') },
  { required: ['value'] },
);
const annotations: Shape<Annotations> = object({
  horizontal: list(band(horizontal)),
  vertical: list(band(vertical)),
  alarms: list(text({ minLength: 1 }), { maxItems: 1 }),
});

const axis: Shape<Axis> = also(
  object({ min: number(), max: number(), label: text(), showUnits: flag }),
  ({ min, max }: Axis, place) => {
    if (min === undefined || max === undefined || min <= max) return true;
    refuse(place, `Should be <= ${max}`);
    return refuse(place, `Should be >= ${min}`);
  },
);

const shape: Shape<MetricProperties<readonly unknown[]>> = object({
  metrics: list(anything, { maxItems: MAXIMUM_ROWS }),
  region: text(),
  accountId: text(),
  period,
  stat: statistic,
  view: oneOf('singleValue', 'timeSeries', 'bar', 'pie', 'gauge', 'table'),
  title: text(),
  stacked: flag,
  liveData: flag,
  sparkline: flag,
  trend: flag,
  setPeriodToTimeRange: flag,
  singleValueFullPrecision: flag,
  legend: object({ position: oneOf('right', 'bottom', 'hidden') }),
  labels: object({ visible: flag }),
  yAxis: object({ left: axis, right: axis }),
  // The console writes the names, the reference the offset.
  timezone: text({ advised: /^(?:[+-][0-9]{4}|local|utc)$/i }),
  table: object({
    layout: oneOf('horizontal', 'vertical'),
    stickySummary: flag,
    showTimeSeriesData: flag,
    summaryColumns: list(oneOf('MIN', 'MAX', 'SUM', 'AVG')),
  }),
  annotations,
  start: text(),
  end: text(),
  insightRule: object(
    { ruleName: text({ minLength: 1 }), maxContributorCount: number({ integer: true }), orderBy: text() },
    { required: ['ruleName'] },
  ),
});

/** A region and something to draw, or annotations. The first half that is missing is named, as recorded. */
function hasSource(properties: MetricProperties<readonly unknown[]>, place: Place): boolean {
  const { metrics, region, annotations: drawn, insightRule } = properties;
  const hasData = metrics !== undefined || insightRule !== undefined;
  if (drawn !== undefined && region === undefined) advise(place, 'a metric widget needs a region');
  if (drawn !== undefined || (hasData && region !== undefined)) return true;
  refuse(place, `Should have required property '${hasData ? 'region' : 'metrics'}'`);
  refuse(place, 'The metric widget should have specified a region and a data source or an alarm annotation');
  return refuse(place, "Should have required property 'annotations'");
}

/** Rules of the documentation's prose, which PutDashboard is not known to enforce. */
function adviseOn(
  { metrics, annotations: drawn, view, yAxis }: MetricProperties<readonly unknown[]>,
  place: Place,
): void {
  const hasAlarm = (drawn?.alarms ?? []).length > 0;
  if (hasAlarm && metrics !== undefined) {
    advise(inside(place, 'annotations'), 'a widget draws either an alarm or metrics: drop one of them');
  }
  if (hasAlarm && (drawn?.horizontal ?? drawn?.vertical) !== undefined) {
    advise(inside(place, 'annotations'), 'a widget that draws an alarm has no horizontal or vertical annotations');
  }
  if (view === 'gauge' && (yAxis?.left?.min === undefined || yAxis.left.max === undefined)) {
    advise(inside(place, 'yAxis'), 'a gauge is drawn between yAxis.left.min and yAxis.left.max: set both');
  }
}

export const metricProperties: Shape<MetricProperties<readonly unknown[]>> = also(shape, (properties, place) => {
  adviseOn(properties, place);
  return hasSource(properties, place);
});
