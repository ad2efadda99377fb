import {
  type Dashboard,
  dashboardQueries,
  type Widget,
  type WidgetQueries,
} from '@voice-campaign/cloudwatch-engine/dashboards';
import type { WidgetData } from '../protocol/dashboard-view.ts';
import type { TimeRange } from '../protocol/widget-series.ts';
import { type ViewSource, ViewSourceError } from '../source/view-source.ts';
import { loadContributors } from './contributor-data.ts';
import { explorerQueries } from './explorer-queries.ts';
import { seriesOfAnswer, withoutLiveData } from './widget-series.ts';

export type Shown = { readonly range: TimeRange; readonly periodOverride?: 'auto' | 'inherit' };

/** What a widget asks its source for; it is asked again as the range moves on. */
export type WidgetRequest = {
  readonly widget: number;
  readonly kind: 'metrics' | 'logs' | 'alarms';
  readonly load: () => Promise<WidgetData>;
};

/** The requests of all widgets that show data, for a dashboard whose variables have their values. */
export function widgetRequests(source: ViewSource, dashboard: Dashboard, shown: Shown): readonly WidgetRequest[] {
  const { range, periodOverride } = shown;
  // The values are in the widgets already.
  const { variables: _, ...rest } = dashboard;
  const asked = dashboardQueries(rest, { ...range, ...(periodOverride && { periodOverride }) });
  const byWidget = new Map(asked.map((one) => [one.widget, one]));
  return dashboard.widgets.flatMap((widget, index): readonly WidgetRequest[] => {
    const load = loaderOf(source, widget, byWidget.get(index), range);
    if (!load) return [];
    const kind = widget.kind === 'log' ? 'logs' : widget.kind === 'alarm' ? 'alarms' : 'metrics';
    return [{ widget: index, kind, load: () => explained(load) }];
  });
}

/** A source that cannot answer for one widget says so in its place. */
async function explained(load: () => Promise<WidgetData>): Promise<WidgetData> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof ViewSourceError) return { kind: 'unavailable', reason: error.message };
    throw error;
  }
}

function loaderOf(
  source: ViewSource,
  widget: Widget,
  asked: WidgetQueries | undefined,
  range: TimeRange,
): (() => Promise<WidgetData>) | undefined {
  if (asked) {
    const isComplete =
      asked.kind === 'metrics' && !asked.wholeRange && widget.kind === 'metric' && widget.properties.liveData === false;
    return async () => {
      const data = await loadAsked(source, asked);
      return isComplete ? withoutLiveData(data, source.now()) : data;
    };
  }
  switch (widget.kind) {
    case 'alarm':
      return () => loadAlarms(source, widget.properties.alarms);
    case 'explorer':
      return () => loadExplorer(source, widget.properties, range);
    case 'metric':
      return async () => ({ kind: 'unavailable', reason: 'This widget has neither metrics nor an alarm to draw.' });
    case 'log':
      return async () => ({ kind: 'unavailable', reason: 'This widget has no query.' });
    case 'text':
    case 'custom':
    case 'other':
      return undefined;
  }
}

/** An account answers in one Region at a time; the emulator is all of them. */
function otherRegion(source: ViewSource, { region }: WidgetQueries): string | undefined {
  const here = source.describe();
  if (here.kind !== 'aws' || region === undefined || region === here.region) return undefined;
  return `This widget is of ${region}, and this page is of ${here.region}: look at it in a page with --region ${region}.`;
}

async function loadAsked(source: ViewSource, asked: WidgetQueries): Promise<WidgetData> {
  const { range } = asked;
  const reason = otherRegion(source, asked);
  if (reason !== undefined) return { kind: 'unavailable', reason };
  switch (asked.kind) {
    case 'metrics': {
      const [answer] = await source.metricData([{ queries: asked.queries, range, fromStart: asked.wholeRange }]);
      const { messages = [] } = answer ?? {};
      const series = answer ? seriesOfAnswer(answer, asked.queries, asked.series) : [];
      return { kind: 'metrics', range, series, messages };
    }
    case 'logs':
      return { kind: 'logs', range, ...(await source.logQuery(asked.query, range)) };
    case 'alarm': {
      const name = nameOfArn(asked.alarmArn);
      const detail = await source.alarm(name, range);
      if (!detail) return { kind: 'unavailable', reason: `There is no alarm ${name}.` };
      return { kind: 'alarm-metric', range, alarm: detail.alarm, series: detail.series };
    }
    case 'insight-rule':
      return loadContributors(source, asked);
  }
}

const nameOfArn = (arn: string): string => arn.split(':').slice(6).join(':') || arn;

async function loadAlarms(source: ViewSource, arns: readonly string[]): Promise<WidgetData> {
  const byName = new Map((await source.alarms()).map((alarm) => [alarm.name, alarm]));
  const found = arns.map((arn) => ({ arn, alarm: byName.get(nameOfArn(arn)) }));
  return {
    kind: 'alarms',
    alarms: found.flatMap(({ alarm }) => alarm ?? []),
    unknown: found.flatMap(({ arn, alarm }) => (alarm ? [] : [arn])),
  };
}

async function loadExplorer(
  source: ViewSource,
  properties: Extract<Widget, { readonly kind: 'explorer' }>['properties'],
  range: TimeRange,
): Promise<WidgetData> {
  const { queries, drawings, unknown } = explorerQueries(properties, range);
  if (queries.length === 0) {
    return { kind: 'unavailable', reason: `This page knows no metrics of ${unknown.join(', ') || 'this explorer'}.` };
  }
  const [answer] = await source.metricData([{ queries, range, fromStart: false }]);
  const notes = [
    ...unknown.map((type) => `This page knows no metrics of ${type}.`),
    ...((properties.labels ?? []).length > 0 ? ['Tags are not known here: all resources are shown.'] : []),
  ];
  const series = answer ? seriesOfAnswer(answer, queries, drawings) : [];
  return { kind: 'metrics', range, series, messages: [...notes, ...(answer?.messages ?? [])] };
}
