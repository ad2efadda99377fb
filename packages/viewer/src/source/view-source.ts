import type { AlarmDetail, AlarmView, Mailbox } from '../protocol/alarm-view.ts';
import type { DashboardEntry } from '../protocol/dashboard-view.ts';
import type { LogGroups, LogLine, QueryAnswer } from '../protocol/log-view.ts';
import type { PlanView } from '../protocol/plan-view.ts';
import type { SourceView } from '../protocol/source-view.ts';
import type { ServiceMap, TraceDetail, TraceList } from '../protocol/trace-view.ts';
import type { TimeRange } from '../protocol/widget-series.ts';
import type { ContributorAnswer, ContributorQuestion } from './contributor-question.ts';
import type { MetricAnswer, MetricQuestion } from './metric-question.ts';

/** What may have changed since somebody last asked. */
export type ChangedPart = 'metrics' | 'logs' | 'alarms' | 'dashboards' | 'mailbox' | 'traces' | 'plan';

/** Where the page's data come from. Instants are seconds since 1970; what a source does not have is refused by name. */
export type ViewSource = {
  readonly describe: () => SourceView;
  readonly now: () => number;
  readonly dashboards: () => Promise<readonly DashboardEntry[]>;
  /** The body as it was put; undefined for a name that there is not. */
  readonly dashboardBody: (name: string) => Promise<string | undefined>;
  readonly metricData: (questions: readonly MetricQuestion[]) => Promise<readonly MetricAnswer[]>;
  readonly contributors: (question: ContributorQuestion) => Promise<ContributorAnswer>;
  /** The values of a dimension, or the names of a kind of property, that a variable's search finds. */
  readonly searchValues: (search: string, populateFrom: string) => Promise<readonly string[]>;
  readonly alarms: () => Promise<readonly AlarmView[]>;
  readonly alarm: (name: string, range: TimeRange) => Promise<AlarmDetail | undefined>;
  readonly mailbox: () => Promise<Mailbox>;
  readonly traces: (filter: string, range: TimeRange) => Promise<TraceList>;
  readonly trace: (id: string) => Promise<TraceDetail | undefined>;
  readonly serviceMap: (range: TimeRange) => Promise<ServiceMap>;
  readonly logGroups: () => Promise<LogGroups>;
  /** The newest of those after `after` that match, oldest first. */
  readonly logLines: (asked: LogQuestion) => Promise<readonly LogLine[]>;
  readonly logQuery: (query: string, range: TimeRange) => Promise<QueryAnswer>;
  readonly plan: () => Promise<PlanView>;
  /** Tells of changes as they happen, perhaps many times a millisecond, until the returned function is called. */
  readonly onChange: (listener: (part: ChangedPart) => void) => () => void;
};

export type LogQuestion = {
  readonly group?: string;
  /** A filter pattern of CloudWatch Logs. */
  readonly pattern?: string;
  /** Only what came later than this id. */
  readonly after?: number;
  readonly limit: number;
};

/** Why a source does not answer: what is wrong with the question, and the way out. */
export class ViewSourceError extends Error {
  override readonly name = 'ViewSourceError';
}
