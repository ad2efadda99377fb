import type { MetricProperties } from '@voice-campaign/cloudwatch-engine/dashboards';
import { useState } from 'preact/hooks';
import type { TimeRange, WidgetSeries } from '../../protocol/widget-series.ts';
import { type ChartSeries, lastValue, type TimeChart } from '../chart/chart-series.ts';
import { TimeSeriesChart } from '../chart/time-chart.tsx';
import { shownTheme } from '../state/preferences.ts';
import { Bars } from './bar-view.tsx';
import { Gauges } from './gauge.tsx';
import { Legend } from './legend.tsx';
import { MetricTable } from './metric-table.tsx';
import { Pie } from './pie-view.tsx';
import type { Share } from './share.ts';
import { SingleValue } from './single-value.tsx';
import { coloredSeries, timeChartOf } from './widget-series.ts';

type Props = {
  readonly properties: MetricProperties;
  readonly series: readonly WidgetSeries[];
  readonly range: TimeRange;
};

/** What a metric widget shows of its series, as its `view` says. */
export function MetricView({ properties, series, range }: Props) {
  const theme = shownTheme.value;
  const colored = coloredSeries(series, theme);
  const chart = timeChartOf({ properties, series: colored, range, theme });
  switch (properties.view ?? 'timeSeries') {
    case 'timeSeries':
      return <TimeSeries properties={properties} chart={chart} />;
    case 'singleValue':
      return <SingleValue properties={properties} chart={chart} />;
    case 'gauge':
      return <Gauges chart={chart} />;
    case 'bar':
    case 'pie': {
      const shares = colored.flatMap(shareOf);
      if (shares.length === 0) return <p class="note">No data in this time range.</p>;
      if (properties.view === 'bar') return <Bars shares={shares} marks={chart.horizontal} />;
      return <Pie shares={shares} labels={properties.legend?.position !== 'hidden'} />;
    }
    case 'table':
      return <MetricTable properties={properties} series={colored} />;
  }
}

function shareOf(line: ChartSeries): readonly Share[] {
  const value = lastValue(line);
  if (value === undefined) return [];
  const { key, label, color, unit } = line;
  return [{ key, label, color, value, ...(unit !== undefined && { unit }) }];
}

/** A chart over time with its legend; lines that the reader hid stay hidden while the widget is there. */
export function TimeSeries({
  properties,
  chart,
}: {
  readonly properties: Partial<Pick<MetricProperties, 'legend' | 'timezone'>>;
  readonly chart: TimeChart;
}) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string | undefined>(undefined);
  const position = properties.legend?.position ?? 'bottom';
  const series = chart.series.filter(({ key }) => !hidden.has(key));
  const at = focused === undefined ? -1 : series.findIndex(({ key }) => key === focused);
  const toggle = (key: string): void => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };
  return (
    <div class={`time-series time-series-${position}`}>
      <TimeSeriesChart
        chart={{ ...chart, series }}
        {...(properties.timezone !== undefined && { timezone: properties.timezone })}
        focused={at < 0 ? undefined : at}
      />
      {position !== 'hidden' && (
        <Legend series={chart.series} position={position} hidden={hidden} onToggle={toggle} onFocus={setFocused} />
      )}
    </div>
  );
}
