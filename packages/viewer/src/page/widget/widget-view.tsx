import type { Signal } from '@preact/signals';
import type { Widget } from '@voice-campaign/cloudwatch-engine/dashboards';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { WidgetData } from '../../protocol/dashboard-view.ts';
import { AlarmMetric } from '../alarms/alarm-metric.tsx';
import { seconds } from '../chart/format-number.ts';
import { MetricView } from '../metric/metric-view.tsx';
import { isRelative, range } from '../state/time-range.ts';
import { AlarmWidget } from './alarm-widget.tsx';
import { LogWidget } from './log-widget.tsx';
import { TextWidget } from './text-widget.tsx';
import { Note, WidgetFrame } from './widget-frame.tsx';

type Props = {
  readonly widget: Widget;
  readonly data: Signal<WidgetData | undefined>;
  /** Shows the range of the data, whatever that of the page is. */
  readonly still?: boolean;
};

/** A widget in its card. While it is out of sight, what comes for it is kept and not drawn. */
export function WidgetView({ widget, data, still = false }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const inSight = useInSight(place);
  // What was never drawn is drawn once, for prints and pictures.
  const shown = inSight || data.peek() === undefined ? data.value : data.peek();
  const { x, y, width, height } = widget.placement;
  return (
    <div
      class={`widget-place widget-${widget.kind}`}
      ref={place}
      style={{ gridColumn: `${x + 1} / span ${width}`, gridRow: `${y + 1} / span ${height}` }}
    >
      <WidgetFrame
        kind={widget.kind}
        title={titleOf(widget)}
        aside={asideOf(shown)}
        messages={shown?.kind === 'metrics' ? shown.messages : undefined}
        bare={widget.kind === 'text' && widget.properties.background === 'transparent'}
      >
        <Content widget={widget} data={shown} still={still} />
      </WidgetFrame>
    </div>
  );
}

function useInSight(place: { readonly current: HTMLElement | null }): boolean {
  const [inSight, setInSight] = useState(true);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => setInSight(entry?.isIntersecting ?? true), {
      rootMargin: '200px',
    });
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, [place]);
  return inSight;
}

function titleOf(widget: Widget): string | undefined {
  if (widget.kind === 'text' || widget.kind === 'other') return undefined;
  return widget.properties.title;
}

function asideOf(data: WidgetData | undefined): string | undefined {
  if (data?.kind === 'logs') return `${data.matched} of ${data.scanned} events`;
  if (data?.kind !== 'metrics') return undefined;
  const periods = new Set(data.series.map(({ periodSeconds }) => periodSeconds));
  const [period] = periods;
  if (period === undefined || periods.size > 1) return undefined;
  return seconds(period);
}

type ContentProps = { readonly widget: Widget; readonly data: WidgetData | undefined; readonly still: boolean };

function Content({ widget, data, still }: ContentProps) {
  if (widget.kind === 'text') return <TextWidget properties={widget.properties} />;
  if (widget.kind === 'custom') {
    return (
      <Note>
        A custom widget is drawn by the Lambda function <code>{widget.properties.endpoint}</code>, which this page does
        not run.
      </Note>
    );
  }
  if (widget.kind === 'other') return <Note>This page does not draw widgets of type {widget.type}.</Note>;
  if (data === undefined) return <p class="note waiting">…</p>;
  if (data.kind === 'unavailable') return <Note>{data.reason}</Note>;
  if (data.kind === 'alarm-metric' && widget.kind === 'metric') return <AlarmMetric {...data} />;
  if (data.kind === 'alarms' && widget.kind === 'alarm') {
    return <AlarmWidget properties={widget.properties} alarms={data.alarms} unknown={data.unknown} />;
  }
  if (data.kind === 'logs' && widget.kind === 'log') return <LogWidget properties={widget.properties} data={data} />;
  if (data.kind === 'metrics' && widget.kind === 'metric') {
    if (data.series.length === 0) return <Note>No data in this time range.</Note>;
    const own = still || widget.properties.start !== undefined || !isRelative.value;
    return <MetricView properties={widget.properties} series={data.series} range={own ? data.range : range.value} />;
  }
  if (data.kind === 'metrics' && widget.kind === 'explorer') {
    const { view = 'timeSeries', stacked = false, legend } = widget.properties.widgetOptions ?? {};
    const properties = { view, stacked, ...(legend && { legend }) };
    return <MetricView properties={properties} series={data.series} range={data.range} />;
  }
  return (
    <Note>
      The server sent {data.kind} for a {widget.kind} widget.
    </Note>
  );
}
