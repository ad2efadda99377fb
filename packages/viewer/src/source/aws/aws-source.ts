import { GetDashboardCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import type { Metric } from '@voice-campaign/cloudwatch-engine';
import type { DashboardEntry } from '../../protocol/dashboard-view.ts';
import type { PlanView } from '../../protocol/plan-view.ts';
import type { SourceView } from '../../protocol/source-view.ts';
import type { ChangedPart, ViewSource } from '../view-source.ts';
import { awsAlarms } from './aws-alarms.ts';
import { awsContributors } from './aws-contributors.ts';
import { type AwsLogs, awsLogs } from './aws-logs.ts';
import { awsTraces } from './aws-traces.ts';
import { type AwsMetrics, awsMetrics } from './metrics/aws-metrics.ts';
import { metricReader } from './metrics/read-metrics.ts';
import { type CostLedger, createCostLedger, dollarsPerHour, PRICES_OF } from './polling-cost.ts';
import { remembered } from './remembered.ts';
import { realSchedule, type Schedule } from './schedule.ts';
import { type AwsClients, allPages, asked } from './send.ts';

export type AwsSourceOptions = {
  /** Shown beside the page, and no more: the clients know theirs. */
  readonly region: string;
  readonly accountId?: string;
  /** Of another service than AWS's own. */
  readonly endpoint?: string;
  /** What asking for metrics may cost, in US dollars; default 0.25. Beyond it the page asks less often. */
  readonly budgetPerHour?: number;
  /** Metrics of one second's resolution, which are asked for every second; default: those that a widget asks for so. */
  readonly isHighResolution?: (metric: Metric) => boolean;
  /** What the page of cost and drift shows; without it the page says that there is no plan. */
  readonly plan?: () => Promise<PlanView>;
  /** Epoch milliseconds; default the real time. */
  readonly now?: () => number;
  readonly schedule?: Schedule;
};

const DEFAULT_BUDGET = 0.25;
const DASHBOARD_SECONDS = 60;
const BEAT_MS = 5000;

/**
 * Shows an account by clients of the AWS SDK: one poller for all pages, which asks only for what a page shows. What it
 * asks costs money; `describe` says how much.
 */
export function awsSource(clients: AwsClients, options: AwsSourceOptions): ViewSource {
  const { budgetPerHour = DEFAULT_BUDGET, isHighResolution = () => false, schedule = realSchedule } = options;
  const now = (): number => (options.now ?? Date.now)() / 1000;
  const ledger = createCostLedger();
  const listeners = new Set<(part: ChangedPart) => void>();
  const tell = (part: ChangedPart): void => {
    for (const listener of listeners) listener(part);
  };
  const metrics = awsMetrics({
    ...{ now, isHighResolution, budgetPerHour, schedule },
    reader: metricReader(clients.cloudWatch, ledger),
    onChange: () => tell('metrics'),
  });
  const alarms = awsAlarms(clients, { metrics, ledger, now });
  const logs = awsLogs(clients, { ledger, now, schedule });
  const traces = awsTraces(clients, { ledger, now });
  const beat = heartbeat({ logs, schedule, tell, isWatched: () => listeners.size > 0 });
  return {
    describe: () => describe(options, metrics, ledger, budgetPerHour),
    now,
    ...dashboardsOf(clients, ledger, now),
    metricData: (questions) => Promise.all(questions.map(metrics.answer)),
    contributors: awsContributors(clients, { ledger, now }),
    searchValues: metrics.searchValues,
    alarms: alarms.list,
    alarm: alarms.detail,
    mailbox: async () => ({ mails: [], unknown: NO_MAILBOX }),
    traces: traces.list,
    trace: traces.detail,
    serviceMap: traces.map,
    logGroups: logs.groups,
    logLines: logs.lines,
    logQuery: logs.query,
    plan: options.plan ?? (async () => ({ notes: ['No plan was given to compare with what is deployed.'] })),
    onChange: (listener) => {
      listeners.add(listener);
      beat();
      return () => void listeners.delete(listener);
    },
  };
}

const NO_MAILBOX =
  'AWS keeps no copy of what SNS sends. The history of an alarm says which of its actions were executed.';

function describe(
  { region, accountId, endpoint, plan }: AwsSourceOptions,
  metrics: AwsMetrics,
  ledger: CostLedger,
  budgetPerHour: number,
): SourceView {
  const { intervals, stretch, pausedUntil, answeredAt, fault } = metrics.state();
  return {
    kind: 'aws',
    region,
    ...(accountId !== undefined && { accountId }),
    ...(endpoint !== undefined && { endpoint }),
    missing: plan ? ['mailbox'] : ['mailbox', 'plan'],
    ...(answeredAt !== undefined && { answeredAt }),
    ...(fault !== undefined && { fault }),
    polling: {
      dollarsSoFar: ledger.dollars(),
      dollarsPerHour: dollarsPerHour(intervals.map((seconds) => seconds * stretch)),
      budgetPerHour,
      slowedDown: stretch > 1 || pausedUntil !== undefined,
      pricesOf: PRICES_OF,
    },
  };
}

/** Dashboards are global in an account. */
function dashboardsOf(
  { cloudWatch }: AwsClients,
  ledger: CostLedger,
  now: () => number,
): Pick<ViewSource, 'dashboards' | 'dashboardBody'> {
  const keep = remembered({ seconds: DASHBOARD_SECONDS, now });
  const dashboards = (): Promise<readonly DashboardEntry[]> =>
    keep('', () =>
      asked('ListDashboards', async () => {
        const pages = await allPages((NextToken) => {
          ledger.add('request', 1);
          return cloudWatch.send(new ListDashboardsCommand(NextToken === undefined ? {} : { NextToken }));
        });
        const entries = pages.flatMap(({ DashboardEntries = [] }) => DashboardEntries);
        return entries
          .map(({ DashboardName: name = '', LastModified }) => ({
            name,
            lastModified: (LastModified?.getTime() ?? 0) / 1000,
          }))
          .sort((one, other) => (one.name < other.name ? -1 : 1));
      }),
    );
  return {
    dashboards,
    dashboardBody: async (DashboardName) => {
      if (!(await dashboards()).some(({ name }) => name === DashboardName)) return undefined;
      return keep(`body ${DashboardName}`, () =>
        asked('GetDashboard', async () => {
          ledger.add('request', 1);
          const { DashboardBody } = await cloudWatch.send(new GetDashboardCommand({ DashboardName }));
          return DashboardBody;
        }),
      );
    },
  };
}

type Beat = {
  readonly logs: AwsLogs;
  readonly schedule: Schedule;
  readonly tell: (part: ChangedPart) => void;
  readonly isWatched: () => boolean;
};

/** Tells open pages to look again at what no poller follows; ends with the last page. */
function heartbeat({ logs, schedule, tell, isWatched }: Beat): () => void {
  let isBeating = false;
  let beats = 0;
  const beat = async (): Promise<void> => {
    if (!isWatched()) {
      isBeating = false;
      return;
    }
    beats += 1;
    if (await logs.poll().catch(() => false)) tell('logs');
    if (beats % 2 === 0) tell('alarms');
    if (beats % 12 === 0) for (const part of ['dashboards', 'traces'] as const) tell(part);
    schedule(BEAT_MS, beat);
  };
  return () => {
    if (isBeating) return;
    isBeating = true;
    schedule(BEAT_MS, beat);
  };
}
