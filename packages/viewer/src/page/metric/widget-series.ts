import type { MetricProperties } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { TimeRange, WidgetSeries } from '../../protocol/widget-series.ts';
import type { ChartSeries, HorizontalMark, TimeChart, VerticalMark } from '../chart/chart-series.ts';
import { givenColor, seriesColor, seriesDash, type Theme } from '../chart/palette.ts';

/** Red of a threshold without a colour of its own. */
const MARK_COLOR = { light: '#b3261e', dark: '#ff8a80' } as const;
const VERTICAL_COLOR = { light: '#4a5767', dark: '#b4bfcc' } as const;

/** Colours and dashes for series: their own colours, else the next of the palette; both edges of a band have one. */
export function coloredSeries(series: readonly WidgetSeries[], theme: Theme): readonly ChartSeries[] {
  let next = 0;
  const inks = new Map<string, Pick<ChartSeries, 'color' | 'dash'>>();
  return series.map((one) => {
    const { color: _, values, ...rest } = one;
    const own = givenColor(one.color);
    const palette = () => ({ color: seriesColor(next, theme), dash: seriesDash(next++) });
    const ink = inks.get(one.lowerOf ?? '') ?? (own === undefined ? palette() : { color: own, dash: [] });
    inks.set(one.key, ink);
    return { ...rest, values: values.map((value) => value ?? Number.NaN), ...ink };
  });
}

type Asked = {
  readonly properties: MetricProperties;
  readonly series: readonly ChartSeries[];
  readonly range: TimeRange;
  readonly theme: Theme;
};

/** The chart that a metric widget draws over time. */
export function timeChartOf({ properties, series, range, theme }: Asked): TimeChart {
  return {
    range,
    series,
    stacked: properties.stacked === true,
    left: properties.yAxis?.left ?? {},
    right: properties.yAxis?.right ?? {},
    horizontal: horizontalMarks(properties, theme),
    vertical: verticalMarks(properties, theme),
  };
}

function horizontalMarks({ annotations }: MetricProperties, theme: Theme): readonly HorizontalMark[] {
  return (annotations?.horizontal ?? []).flatMap((given) => {
    const isBand = 'value' in given === false;
    const [first, second] = isBand ? (given as readonly [never, never]) : [given as never, undefined];
    return markOf(first, second, theme);
  });
}

type Horizontal = Extract<
  NonNullable<NonNullable<MetricProperties['annotations']>['horizontal']>[number],
  { readonly value: number }
>;

type Labelled = { readonly label?: string | undefined };

/** Of a line, or of both edges of an area. */
const labelOf = (first: Labelled, second: Labelled | undefined): string =>
  [first.label, second?.label].filter(Boolean).join(' – ');

function markOf(first: Horizontal, second: Horizontal | undefined, theme: Theme): readonly HorizontalMark[] {
  if (first.visible === false) return [];
  const { value, fill = 'none', yAxis = 'left' } = first;
  const color = givenColor(first.color) ?? MARK_COLOR[theme];
  const label = labelOf(first, second);
  return [{ axis: yAxis, value, fill, label, color, ...(second && { until: second.value }) }];
}

type Vertical = Extract<
  NonNullable<NonNullable<MetricProperties['annotations']>['vertical']>[number],
  { readonly value: string }
>;

function verticalMarks({ annotations }: MetricProperties, theme: Theme): readonly VerticalMark[] {
  return (annotations?.vertical ?? []).flatMap((given) => {
    const isBand = 'value' in given === false;
    const [first, second] = (isBand ? given : [given, undefined]) as readonly [Vertical, Vertical | undefined];
    const at = Date.parse(first.value) / 1000;
    const until = second === undefined ? undefined : Date.parse(second.value) / 1000;
    if (first.visible === false || !Number.isFinite(at)) return [];
    const color = givenColor(first.color) ?? VERTICAL_COLOR[theme];
    const { fill = 'none' } = first;
    const label = labelOf(first, second);
    return [{ at, fill, label, color, ...(until !== undefined && Number.isFinite(until) && { until }) }];
  });
}
