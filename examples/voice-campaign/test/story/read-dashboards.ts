import { CloudWatchClient, GetInsightRuleReportCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, GetQueryResultsCommand, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  type Dashboard,
  dashboardQueries,
  parseDashboard,
  type Widget,
  type WidgetQueries,
} from '@voice-campaign/cloudwatch-engine/dashboards';
import type { MonitoringPlan } from '@voice-campaign/provisioning';
import { clientOf } from '../../src/demo/deployment.ts';

/** A line of a widget, and how many points of data the SDK's clients found for it. */
export type Shown = {
  readonly dashboard: string;
  readonly widget: string;
  readonly line: string;
  readonly points: number;
  /** What CloudWatch has to say of it, such as that points were dropped. */
  readonly messages: readonly string[];
};

type Range = { readonly start: number; readonly end: number };

/** Asks for everything that every dashboard shows in a time range (seconds), as the console would. */
export async function readDashboards(
  { dashboards }: MonitoringPlan,
  emulator: { readonly url: string },
  range: Range,
): Promise<readonly Shown[]> {
  const config = clientOf(emulator);
  const [cloudWatch, logs] = [new CloudWatchClient(config), new CloudWatchLogsClient(config)];
  const shown: Shown[] = [];
  for (const { name, body } of dashboards) {
    const parsed = parseDashboard(JSON.stringify(body));
    if (!parsed.ok) throw new Error(`${name} is no dashboard`);
    for (const asked of dashboardQueries(parsed.dashboard, range)) {
      const widget = titleOf(parsed.dashboard, asked.widget);
      const lines = await linesOf(asked, { cloudWatch, logs });
      shown.push(...lines.map((line) => ({ dashboard: name, widget, ...line })));
    }
  }
  cloudWatch.destroy();
  logs.destroy();
  return shown;
}

const titleOf = ({ widgets }: Dashboard, index: number): string => {
  const widget: Widget | undefined = widgets[index];
  return String((widget?.properties as { readonly title?: string } | undefined)?.title ?? index);
};

type Clients = { readonly cloudWatch: CloudWatchClient; readonly logs: CloudWatchLogsClient };
type Line = Pick<Shown, 'line' | 'points' | 'messages'>;

async function linesOf(asked: WidgetQueries, { cloudWatch, logs }: Clients): Promise<readonly Line[]> {
  const times = { StartTime: new Date(asked.range.start * 1000), EndTime: new Date(asked.range.end * 1000) };
  switch (asked.kind) {
    case 'metrics': {
      const MetricDataQueries = asked.queries.map((query) => ({ ...query })) as never;
      const { MetricDataResults = [] } = await cloudWatch.send(
        new GetMetricDataCommand({ ...times, MetricDataQueries }),
      );
      return MetricDataResults.map(({ Label = '', Values = [], Messages = [] }) => ({
        line: Label,
        points: Values.length,
        messages: Messages.map(({ Value = '' }) => Value),
      }));
    }
    case 'insight-rule': {
      const RuleName = asked.rule.ruleName;
      const report = await cloudWatch.send(new GetInsightRuleReportCommand({ RuleName, Period: 300, ...times }));
      return [{ line: RuleName, points: report.Contributors?.length ?? 0, messages: [] }];
    }
    case 'logs': {
      const { start: startTime, end: endTime } = asked.range;
      const { queryId } = await logs.send(new StartQueryCommand({ startTime, endTime, queryString: asked.query }));
      for (;;) {
        const { status, results = [] } = await logs.send(new GetQueryResultsCommand({ queryId }));
        if (status === 'Complete') return [{ line: asked.query, points: results.length, messages: [] }];
        if (status !== 'Running' && status !== 'Scheduled')
          return [{ line: asked.query, points: 0, messages: [`${status}`] }];
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    case 'alarm':
      return [];
  }
}
