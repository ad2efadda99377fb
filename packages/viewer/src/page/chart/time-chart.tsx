import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import { preferences, shownTheme } from '../state/preferences.ts';
import { panBy, zoomBy, zoomTo } from '../state/time-range.ts';
import { summaryOf, type TimeChart } from './chart-series.ts';
import { shortNumber } from './format-number.ts';
import { type ChartInk, createTimePlot, plotShape, type TimePlotOptions, updateTimePlot } from './time-plot.ts';
import { hideTooltip, showTooltip } from './tooltip.ts';

type Props = {
  readonly chart: TimeChart;
  /** CloudWatch's `+hhmm` of the widget, before the page's. */
  readonly timezone?: string;
  readonly spark?: boolean;
  /** The line that the legend points at. */
  readonly focused?: number | undefined;
};

const INK: Readonly<Record<'light' | 'dark', ChartInk>> = {
  light: { text: '#17202b', muted: '#5c697b', grid: '#e6ebf1', ground: '#ffffff' },
  dark: { text: '#e8edf3', muted: '#93a0b0', grid: '#232c38', ground: '#161c25' },
};

/** A chart over time that follows its data, its size and the theme, with the page's crosshair. */
export function TimeSeriesChart({ chart, timezone, spark = false, focused }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<{ readonly plot: uPlot; readonly shape: string } | undefined>(undefined);
  const latest = useRef(chart);
  latest.current = chart;
  const zone = timezone ?? preferences.zone.value;
  const look = { zone, ink: INK[shownTheme.value], spark };

  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const shape = plotShape(chart, look);
    if (plot.current?.shape === shape) return updateTimePlot(plot.current.plot, chart);
    plot.current?.plot.destroy();
    plot.current = { shape, plot: createTimePlot(element, () => latest.current, optionsFor(element, look, latest)) };
  });
  useLayoutEffect(() => plot.current?.plot.setSeries(focused === undefined ? null : focused + 1, { focus: true }));
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(() => plot.current?.plot.setSize(sizeOf(element)));
    observer.observe(element);
    return () => {
      observer.disconnect();
      hideTooltip();
      plot.current?.plot.destroy();
      plot.current = undefined;
    };
  }, []);

  if (spark) return <div class="chart spark" ref={host} aria-hidden="true" />;
  return (
    <div
      class="chart"
      ref={host}
      role="img"
      aria-label={describe(chart)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the crosshair over the drawing.
      tabIndex={0}
      onKeyDown={onKey(plot, latest, zone)}
    />
  );
}

const sizeOf = (element: HTMLElement): { width: number; height: number } => ({
  width: Math.max(40, element.clientWidth),
  height: Math.max(16, element.clientHeight),
});

function optionsFor(
  element: HTMLElement,
  look: Pick<TimePlotOptions, 'zone' | 'ink' | 'spark'>,
  latest: { readonly current: TimeChart },
): TimePlotOptions {
  return {
    ...look,
    ...sizeOf(element),
    onZoom: zoomTo,
    onPoint: (plot, index) => {
      const { event } = plot.cursor;
      const time = index === null ? undefined : plot.data[0][index];
      if (time === undefined || !event) return hideTooltip();
      showTooltip(latest.current, time, look.zone, { x: event.clientX, y: event.clientY });
    },
  };
}

/** What a reader who sees no drawing is told: each line's last value, and between which it was. */
function describe({ series }: TimeChart): string {
  if (series.length === 0) return 'Graph without data';
  const lines = series.slice(0, 8).map((line) => {
    const summary = summaryOf(line);
    if (!summary) return `${line.label}: no data`;
    return `${line.label}: ${shortNumber(summary.last)}, between ${shortNumber(summary.min)} and ${shortNumber(summary.max)}`;
  });
  const more = series.length > lines.length ? `; and ${series.length - lines.length} more` : '';
  return `Graph over time. ${lines.join('; ')}${more}`;
}

/** Arrows move the crosshair, with shift the range; plus and minus zoom. */
const onKey =
  (
    plot: { readonly current: { readonly plot: uPlot } | undefined },
    latest: { readonly current: TimeChart },
    zone: string,
  ) =>
  (event: KeyboardEvent) => {
    const shown = plot.current?.plot;
    if (!shown) return;
    const direction = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (direction !== 0 && event.shiftKey) panBy(direction / 2);
    else if (direction !== 0) moveCrosshair(shown, direction, latest.current, zone);
    else if (event.key === '+' || event.key === '=') zoomBy(0.5);
    else if (event.key === '-') zoomBy(2);
    else if (event.key === 'Escape') hideTooltip();
    else return;
    event.preventDefault();
  };

function moveCrosshair(plot: uPlot, by: number, chart: TimeChart, zone: string): void {
  const times = plot.data[0];
  const at = plot.cursor.idx ?? (by < 0 ? times.length : -1);
  const time = times[Math.min(times.length - 1, Math.max(0, at + by))];
  if (time === undefined) return;
  const left = plot.valToPos(time, 'x');
  plot.setCursor({ left, top: 10 });
  const box = plot.over.getBoundingClientRect();
  showTooltip(chart, time, zone, { x: box.left + left, y: box.top });
}
