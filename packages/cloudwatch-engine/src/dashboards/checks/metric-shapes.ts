import { parseStatistic } from '../../series/statistic/parse-statistic.ts';
import { inside, isTemplated, type Place, refuse, warn } from '../message.ts';
import type {
  Annotations,
  Axis,
  HorizontalAnnotation,
  MetricProperties,
  RenderProperties,
  VerticalAnnotation,
} from '../metric-widget.ts';
import { also, anything, flag, list, number, object, oneOf, type Shape, text } from './shape.ts';

const HEX_COLOR = /^#([0-9a-fA-F]{3}){1,2}$/;
const HIGH_RESOLUTION: readonly number[] = [1, 5, 10, 20, 30];
const MINUTE = 60;
const MAXIMUM_ROWS = 500;
/** As far as the service's own answer was recorded; it goes on with ranges. */
const STATISTIC_PATTERN = '^((SampleCount|Average|Sum|Minimum|Maximum|IQM)|(p|tc|tm|ts|wm)';

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
  return refuse(
    place,
    'Should match exactly one schema in oneOf',
    'write 1, 5, 10, 20, 30 or a multiple of 60 seconds',
  );
};

export const statistic: Shape<string> = (value, place): value is string => {
  if (typeof value !== 'string') return refuse(place, 'Should be string');
  const parsed = parseStatistic(value);
  return parsed.ok || isTemplated(place, value)
    ? true
    : refuse(place, `Should match pattern "${STATISTIC_PATTERN}…"`, parsed.issue.message);
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
  view: oneOf('timeSeries', 'singleValue', 'gauge', 'bar', 'pie', 'table'),
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
  timezone: text({ advised: /^[+-][0-9]{4}$/ }),
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

/** A region and something to draw. Each half that is missing is named, around the rule itself, as recorded. */
function hasSource(properties: MetricProperties<readonly unknown[]>, place: Place): boolean {
  const { metrics, region, annotations: drawn, insightRule } = properties;
  const hasData = metrics !== undefined || insightRule !== undefined;
  if (region !== undefined && (hasData || drawn !== undefined)) return true;
  if (!hasData) refuse(place, "Should have required property 'metrics'");
  if (region === undefined) refuse(place, "Should have required property 'region'");
  const rule = 'The metric widget should have specified a region and a data source or an alarm annotation';
  return drawn === undefined
    ? [refuse(place, rule), refuse(place, "Should have required property 'annotations'")].every(Boolean)
    : refuse(place, rule);
}

/** Rules of the documentation's prose, which PutDashboard is not known to enforce. */
function advise(
  { metrics, annotations: drawn, view, yAxis }: MetricProperties<readonly unknown[]>,
  place: Place,
): void {
  const hasAlarm = (drawn?.alarms ?? []).length > 0;
  if (hasAlarm && metrics !== undefined) {
    warn(inside(place, 'annotations'), 'a widget draws either an alarm or metrics: drop one of them');
  }
  if (hasAlarm && (drawn?.horizontal ?? drawn?.vertical) !== undefined) {
    warn(inside(place, 'annotations'), 'a widget that draws an alarm has no horizontal or vertical annotations');
  }
  if (view === 'gauge' && (yAxis?.left?.min === undefined || yAxis.left.max === undefined)) {
    warn(inside(place, 'yAxis'), 'a gauge is drawn between yAxis.left.min and yAxis.left.max: set both');
  }
}

export const metricProperties: Shape<MetricProperties<readonly unknown[]>> = also(shape, (properties, place) => {
  advise(properties, place);
  return hasSource(properties, place);
});
