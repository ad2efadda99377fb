import { parseDashboard, type Widget } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { WidgetData } from '../protocol/dashboard-view.ts';
import { type ViewSource, ViewSourceError } from '../source/view-source.ts';
import { widgetRequests } from './widget-data.ts';

const DEFAULT_SECONDS = 10_800;

/** A widget without a dashboard, such as GetMetricWidgetImage draws. @throws ViewSourceError for what is none. */
export async function loneWidget(
  source: ViewSource,
  json: string,
): Promise<{ readonly widget: Widget; readonly data: WidgetData | undefined }> {
  const { width: _, height: __, theme: ___, ...properties } = objectIn(json);
  const region = properties.region ?? source.describe().region;
  const place = { x: 0, y: 0, width: 24, height: 6 };
  const body = { widgets: [{ type: 'metric', ...place, properties: { ...properties, region } }] };
  const parsed = parseDashboard(JSON.stringify(body));
  const widget = parsed.ok ? parsed.dashboard.widgets[0] : undefined;
  if (!parsed.ok || !widget) {
    throw new ViewSourceError(parsed.messages.map(({ DataPath, Message }) => `${DataPath}: ${Message}`).join('; '));
  }
  const now = source.now();
  const shown = { range: { start: now - DEFAULT_SECONDS, end: now } };
  const [request] = widgetRequests(source, { periodOverride: 'inherit', ...parsed.dashboard }, shown);
  return { widget, data: await request?.load() };
}

function objectIn(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below, as of any other text.
  }
  throw new ViewSourceError('A metric widget is a JSON object with metrics');
}
