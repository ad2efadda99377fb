import type { AlarmView } from '../../protocol/alarm-view.ts';
import type { TimeRange, WidgetSeries } from '../../protocol/widget-series.ts';
import type { HorizontalMark } from '../chart/chart-series.ts';
import type { Theme } from '../chart/palette.ts';
import { TimeSeries } from '../metric/metric-view.tsx';
import { coloredSeries } from '../metric/widget-series.ts';
import { shownTheme } from '../state/preferences.ts';
import { Note } from '../widget/widget-frame.tsx';

type Props = { readonly alarm: AlarmView; readonly range: TimeRange; readonly series: readonly WidgetSeries[] };

const RED = { light: '#b3261e', dark: '#ff8a80' } as const;

/** The metric of an alarm with its threshold, the side where it fires shaded. */
export function AlarmMetric({ alarm, range, series }: Props) {
  if (alarm.kind === 'composite') return <Note>A composite alarm has no metric of its own.</Note>;
  const theme = shownTheme.value;
  const chart = {
    range,
    series: coloredSeries(series, theme),
    stacked: false,
    left: {},
    right: {},
    horizontal: thresholdOf(alarm, theme),
    vertical: [],
  };
  return <TimeSeries properties={{ legend: { position: 'bottom' } }} chart={chart} />;
}

function thresholdOf(alarm: Extract<AlarmView, { readonly kind: 'metric' }>, theme: Theme): readonly HorizontalMark[] {
  if (alarm.threshold === undefined) return [];
  const fill = alarm.firing === 'outside' ? 'none' : alarm.firing;
  return [{ axis: 'left', value: alarm.threshold, fill, label: alarm.condition, color: RED[theme] }];
}
