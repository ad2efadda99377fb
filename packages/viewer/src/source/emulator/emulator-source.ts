import type { Emulator, EmulatorChange } from '@voice-campaign/emulator';
import type { AlarmDetail } from '../../protocol/alarm-view.ts';
import type { DashboardEntry } from '../../protocol/dashboard-view.ts';
import type { PlanView } from '../../protocol/plan-view.ts';
import type { TimeRange } from '../../protocol/widget-series.ts';
import { seriesOfAnswer } from '../../view/widget-series.ts';
import { alarmQueries } from '../alarm-view-of.ts';
import { metricEvaluation } from '../metric-evaluation.ts';
import { searchValuesOf } from '../search-values.ts';
import type { ChangedPart, ViewSource } from '../view-source.ts';
import { historyOf, mailboxOf, statusView } from './emulator-alarms.ts';
import { callCloudWatch } from './emulator-call.ts';
import { contributorsOf } from './emulator-contributors.ts';
import { logGroupsOf, logLinesOf, logQueryOf } from './emulator-logs.ts';
import { serviceMapOf, traceDetail, traceList } from './emulator-traces.ts';

export type EmulatorSourceOptions = {
  /** Default `us-east-1` and `123456789012`, as the emulator's own. */
  readonly region?: string;
  readonly accountId?: string;
  /** The emulator's time, epoch milliseconds; default the real time. */
  readonly now?: () => number;
  /** What the page of cost and drift shows; without it the page says that there is no plan. */
  readonly plan?: () => Promise<PlanView>;
};

const PARTS: Readonly<Partial<Record<EmulatorChange, ChangedPart>>> = {
  metrics: 'metrics',
  logs: 'logs',
  alarms: 'alarms',
  dashboards: 'dashboards',
  sns: 'mailbox',
  traces: 'traces',
};

/** Shows an emulator of this process, without asking over a socket. */
export function emulatorSource(emulator: Emulator, options: EmulatorSourceOptions = {}): ViewSource {
  const { region = 'us-east-1', accountId = '123456789012', now = Date.now } = options;
  const seconds = (): number => now() / 1000;
  const evaluate = metricEvaluation(emulator.metrics, seconds);
  const statuses = () => emulator.alarms();
  const alarm = async (name: string, range: TimeRange): Promise<AlarmDetail | undefined> => {
    const status = statuses().find((one) => one.name === name);
    if (!status) return undefined;
    const view = statusView(status, { region, accountId });
    const history = historyOf(status);
    if (status.alarm.kind === 'composite') return { alarm: view, history, range, series: [] };
    const queries = alarmQueries(status.alarm);
    const answer = evaluate({ queries, range, fromStart: false });
    return { alarm: view, history, range, series: seriesOfAnswer(answer, queries, []) };
  };
  return {
    describe: () => ({
      kind: 'emulator',
      region,
      accountId,
      endpoint: emulator.url,
      missing: options.plan ? [] : ['plan'],
    }),
    now: seconds,
    dashboards: () => dashboardsOf(emulator),
    dashboardBody: (name) => bodyOf(emulator, name),
    metricData: async (questions) => questions.map(evaluate),
    contributors: (question) => contributorsOf(emulator, question),
    searchValues: async (search, populateFrom) => searchValuesOf(emulator.metrics, search, populateFrom, seconds()),
    alarms: async () => statuses().map((status) => statusView(status, { region, accountId })),
    alarm,
    mailbox: async () => mailboxOf(emulator),
    traces: async (filter, range) => traceList(emulator, filter, range),
    trace: async (id) => traceDetail(emulator, id),
    serviceMap: async (range) => serviceMapOf(emulator, range),
    logGroups: async () => logGroupsOf(emulator),
    logLines: async (question) => logLinesOf(emulator, question),
    logQuery: async (query, range) => logQueryOf(emulator, query, range, now()),
    plan: options.plan ?? (async () => ({ notes: ['No plan was given to compare with what is deployed.'] })),
    onChange: (listener) =>
      emulator.onChange((change) => {
        const part = PARTS[change];
        if (part) listener(part);
      }),
  };
}

async function dashboardsOf(emulator: Emulator): Promise<readonly DashboardEntry[]> {
  const { DashboardEntries: entries } = await callCloudWatch(emulator, 'ListDashboards', {});
  return (entries as readonly { readonly DashboardName: string; readonly LastModified: number }[]).map(
    ({ DashboardName, LastModified }) => ({ name: DashboardName, lastModified: LastModified }),
  );
}

async function bodyOf(emulator: Emulator, name: string): Promise<string | undefined> {
  const all = await dashboardsOf(emulator);
  if (!all.some((one) => one.name === name)) return undefined;
  const { DashboardBody: body } = await callCloudWatch(emulator, 'GetDashboard', { DashboardName: name });
  return String(body);
}
