import uPlot from 'uplot';
import { type AlignedSeries, alignSeries, stackSeries } from './align-series.ts';
import { axisSteps } from './axis-steps.ts';
import type { AxisSettings, ChartSeries, TimeChart } from './chart-series.ts';
import { drawFills, drawLines } from './draw-marks.ts';
import { withUnit } from './format-number.ts';
import { axisTimes, shiftedDate, type TimeZone } from './format-time.ts';
import { withAlpha } from './palette.ts';
import { valueRange } from './value-range.ts';

/** The colours of the theme that a canvas cannot take from a style sheet. */
export type ChartInk = {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly ground: string;
};

export type TimePlotOptions = {
  readonly width: number;
  readonly height: number;
  readonly zone: TimeZone;
  readonly ink: ChartInk;
  /** Without axes and crosshair. */
  readonly spark: boolean;
  readonly onZoom: (start: number, end: number) => void;
  /** The index in the chart's instants, and null when the pointer leaves. */
  readonly onPoint: (plot: uPlot, index: number | null) => void;
};

/** What, when it changes, needs another plot; everything else is new data for the same one. */
export function plotShape(chart: TimeChart, { zone, ink, spark }: Pick<TimePlotOptions, 'zone' | 'ink' | 'spark'>) {
  const lines = chart.series.map(({ key, color, axis, dash, label }) => [key, color, axis, dash, label]);
  return JSON.stringify([lines, chart.stacked, chart.left, chart.right, zone, ink, spark]);
}

function plotData(chart: TimeChart): AlignedSeries {
  const aligned = alignSeries(chart.series);
  return chart.stacked ? stackSeries(aligned) : aligned;
}

const asData = ({ times, values }: AlignedSeries): uPlot.AlignedData =>
  [times, ...values] as unknown as uPlot.AlignedData;

/** Draws a chart into an element. `latest` says what is to be drawn, so that marks and range follow updates. */
export function createTimePlot(host: HTMLElement, latest: () => TimeChart, options: TimePlotOptions): uPlot {
  const chart = latest();
  return new uPlot(
    {
      width: options.width,
      height: options.height,
      padding: options.spark ? [2, 0, 0, 0] : [10, hasRight(chart) ? 0 : 14, 0, 0],
      legend: { show: false },
      tzDate: (seconds) => zoned(seconds, options.zone),
      scales: scalesOf(latest),
      axes: options.spark ? [{ show: false }, { show: false }] : axesOf(chart, options),
      series: [{}, ...chart.series.map((line, index) => seriesOf(line, index, chart))],
      bands: bandsOf(chart),
      cursor: cursorOf(options),
      focus: { alpha: 0.22 },
      hooks: {
        drawClear: [(plot) => drawFills(plot, latest())],
        draw: [(plot) => drawLines(plot, latest(), options.ink)],
        setSelect: [(plot) => zoomTo(plot, options)],
        setCursor: [(plot) => options.onPoint(plot, plot.cursor.event ? (plot.cursor.idx ?? null) : null)],
      },
    },
    asData(plotData(chart)),
    host,
  );
}

/** New values, range and marks for a plot whose shape stayed. */
export function updateTimePlot(plot: uPlot, chart: TimeChart): void {
  plot.setData(asData(plotData(chart)), true);
}

/** A date whose getters say what a clock in the zone shows: what uPlot aligns its marks by. */
function zoned(seconds: number, zone: TimeZone): Date {
  if (zone === 'local') return new Date(seconds * 1000);
  const shifted = shiftedDate(seconds, zone);
  return new Date(shifted.getTime() + shifted.getTimezoneOffset() * 60_000);
}

const hasRight = ({ series, horizontal }: TimeChart): boolean =>
  series.some(({ axis }) => axis === 'right') || horizontal.some(({ axis }) => axis === 'right');

function scalesOf(latest: () => TimeChart): uPlot.Scales {
  const valueScale = (axis: 'left' | 'right') => ({
    range: (_: uPlot, low: number | null, high: number | null): uPlot.Range.MinMax => {
      const chart = latest();
      const marks = chart.horizontal
        .filter((mark) => mark.axis === axis)
        .flatMap(({ value, until }) => (until === undefined ? [value] : [value, until]));
      const floor = chart.stacked ? [0] : [];
      const settings = axis === 'left' ? chart.left : chart.right;
      return [...valueRange(low, high, settings, [...marks, ...floor])] as uPlot.Range.MinMax;
    },
  });
  return {
    x: { time: true, range: () => [latest().range.start, latest().range.end] },
    y: valueScale('left'),
    y2: valueScale('right'),
  };
}

function axesOf(chart: TimeChart, { zone, ink }: TimePlotOptions): uPlot.Axis[] {
  const font = '11px system-ui, sans-serif';
  const common = { stroke: ink.muted, font, ticks: { show: false }, labelFont: font };
  const values = (axis: 'left' | 'right', settings: AxisSettings): uPlot.Axis => {
    const units = new Set(chart.series.filter((line) => line.axis === axis).map(({ unit }) => unit));
    const unit = settings.showUnits === false || units.size !== 1 ? undefined : [...units][0];
    const incrs = axisSteps(unit);
    return {
      ...common,
      scale: axis === 'left' ? 'y' : 'y2',
      side: axis === 'left' ? 3 : 1,
      grid: axis === 'left' ? { stroke: ink.grid, width: 1 } : { show: false },
      size: (_, shown) => 16 + 6.2 * Math.max(2, ...(shown ?? []).map((text) => text.length)),
      space: 34,
      ...(incrs && { incrs }),
      values: (_, splits) => splits.map((split) => withUnit(split, unit)),
      ...(settings.label === undefined ? {} : { label: settings.label, labelSize: 18, labelGap: 0 }),
    };
  };
  const times: uPlot.Axis = {
    ...common,
    grid: { show: false },
    size: 26,
    space: 64,
    values: (_, splits, __, ___, step) => [...axisTimes(splits, step, zone)],
  };
  return [times, values('left', chart.left), ...(hasRight(chart) ? [values('right', chart.right)] : [])];
}

function seriesOf(line: ChartSeries, index: number, chart: TimeChart): uPlot.Series {
  const alone = chart.series.length === 1;
  return {
    label: line.label,
    scale: line.axis === 'left' ? 'y' : 'y2',
    stroke: line.color,
    width: 1.6,
    dash: [...line.dash],
    ...(chart.stacked && index === 0 ? { fill: withAlpha(line.color, 0.4) } : {}),
    ...(alone && !chart.stacked ? { fill: withAlpha(line.color, 0.09) } : {}),
    points: { show: true, size: 5, fill: line.color, filter: (plot, at) => lonelyPoints(plot.data[at]) },
  };
}

/** A value with a gap on both sides makes no line: it is drawn as a dot. */
function lonelyPoints(values: ArrayLike<number | null | undefined> = []): number[] {
  const lonely: number[] = [];
  for (let index = 0; index < values.length; index += 1) {
    if (typeof values[index] !== 'number') continue;
    if (typeof values[index - 1] !== 'number' && typeof values[index + 1] !== 'number') lonely.push(index);
  }
  return lonely;
}

/** Between the edges of bands, and between the lines of a stack; each counted from 1, which is the axis of time. */
function bandsOf({ stacked, series }: TimeChart): uPlot.Band[] {
  if (stacked) {
    return series.slice(1).map(({ color }, index) => ({ series: [index + 2, index + 1], fill: withAlpha(color, 0.4) }));
  }
  return series.flatMap(({ lowerOf, color }, index) => {
    const upper = series.findIndex(({ key }) => key === lowerOf);
    return upper < 0 ? [] : [{ series: [upper + 1, index + 1] as [number, number], fill: withAlpha(color, 0.16) }];
  });
}

/** uPlot makes a function of every colour it is given. */
function strokeOf(plot: uPlot, index: number): string {
  const { stroke } = plot.series[index] ?? {};
  return typeof stroke === 'function' ? String(stroke(plot, index)) : 'transparent';
}

function cursorOf({ spark }: TimePlotOptions): uPlot.Cursor {
  if (spark) return { show: false };
  return {
    y: false,
    points: { size: 7, width: 0, fill: strokeOf },
    drag: { x: true, y: false, setScale: false },
    focus: { prox: 12 },
    sync: {
      key: 'page',
      scales: ['x', null],
      setSeries: false,
      // What is dragged on one chart is not a selection on the others.
      filters: { pub: (type) => type === 'mousemove' || type === 'mouseleave' },
    },
  };
}

function zoomTo(plot: uPlot, { onZoom }: TimePlotOptions): void {
  const { left, width } = plot.select;
  if (width < 6) return;
  const start = plot.posToVal(left, 'x');
  const end = plot.posToVal(left + width, 'x');
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  if (end - start >= 1) onZoom(Math.floor(start), Math.ceil(end));
}
