import type { MetricDatum } from '@voice-campaign/cloudwatch-engine';
import { type AlarmStore, createAlarmStore } from '../alarms/alarm-store.ts';
import { type AsyncEventState, createAsyncEventState } from '../async-events/async-event.ts';
import { createDashboardStore, type DashboardStore } from '../dashboards-api/dashboard-store.ts';
import { type AnomalyDetectors, createAnomalyDetectors } from '../insights/anomaly-detectors.ts';
import { createInsightRules, type InsightRules } from '../insights/insight-rules.ts';
import { type ResolvedFunction, resolveFunctions } from '../lambda/resolve-functions.ts';
import { createLogs, type LogService } from '../logs/logs.ts';
import { createMetrics, type MetricService } from '../metrics/metrics.ts';
import { createQueueService, type QueueService } from '../queue/service/queue-service.ts';
import { createSnsState, type SnsState } from '../sns/topic-state.ts';
import { openFileJournal } from '../state/file-journal.ts';
import { type Journal, memoryJournal } from '../state/journal.ts';
import { createSampler, type Sampler } from '../xray/sampler.ts';
import { createTraceStore, type TraceStore } from '../xray/store/trace-store.ts';
import { createXrayState, type XrayState } from '../xray-api/xray-state.ts';
import { type Changes, createChanges, tellingJournal, tellingTraces } from './changes.ts';
import { type Clock, realClock } from './clock.ts';
import { EmulatorDefinitionError } from './definition-issue.ts';
import { type EmulatorOptions, issuesOfOptions } from './emulator-options.ts';

/** What holds the emulator's state, and needs neither sockets nor processes. */
export type EmulatorCore = {
  readonly options: EmulatorOptions;
  readonly functions: readonly ResolvedFunction[];
  readonly region: string;
  readonly accountId: string;
  readonly stage: string;
  /** Real time, epoch milliseconds: of queues and functions. */
  readonly now: () => number;
  /** Of metrics, logs, traces and alarms. */
  readonly clock: Clock;
  readonly journal: Journal;
  /** Ends the writing of the data directory. */
  readonly closeJournal: () => void;
  /** Empties everything that is held; functions, clock and the queues of the definition, as defined, stay. */
  readonly reset: () => void;
  readonly warn: (message: string) => void;
  readonly random: () => number;
  readonly queues: QueueService;
  readonly asyncEvents: AsyncEventState;
  readonly metrics: MetricService;
  /** Takes what the emulated services say of themselves. */
  readonly addPlatform: (data: readonly MetricDatum[]) => void;
  readonly logs: LogService;
  readonly traces: TraceStore;
  readonly sampler: Sampler;
  readonly sns: SnsState;
  readonly xray: XrayState;
  readonly alarms: AlarmStore;
  readonly dashboards: DashboardStore;
  readonly insights: InsightRules;
  readonly detectors: AnomalyDetectors;
  /** Who is told of changes to metrics, logs, traces, alarms, dashboards and topics. */
  readonly changes: Changes;
};

/** Restores the parts that survive a restart, where there is a directory for them. */
const journalOf = (
  { dataDirectory }: EmulatorOptions,
  warn: EmulatorCore['warn'],
  parts: Parameters<typeof openFileJournal>[1],
) => {
  if (dataDirectory === undefined) return { journal: memoryJournal, compact: () => {}, closeJournal: () => {} };
  const journal = openFileJournal(dataDirectory, parts, { warn });
  return { journal, compact: journal.compact, closeJournal: journal.close };
};

const warnOnStderr = (message: string): void => void process.stderr.write(`voice-campaign-emulator: ${message}\n`);

/** Checks the options, fills in their defaults and sets the empty stores up. @throws EmulatorDefinitionError. */
export const createCore = (options: EmulatorOptions): EmulatorCore => {
  const functions = resolveFunctions(options.functions);
  const issues = issuesOfOptions(options, functions);
  if (issues.length > 0) throw new EmulatorDefinitionError(issues);
  const { region = 'us-east-1', accountId = '123456789012', stage = 'local' } = options;
  const { warn = warnOnStderr } = options;
  const { clock = realClock(options.now, (error) => warn(error instanceof Error ? error.message : String(error))) } =
    options;
  const { now = Date.now, random = Math.random, sampleLimit, metricByteLimit } = options;
  const { traceLimit, traceByteLimit, logByteLimit, queryByteLimit, runningQueryByteLimit } = options;
  const queues = createQueueService({ region, accountId, now, record: (event) => journal.record('queues', event) });
  for (const queue of options.queues ?? []) queues.create(queue);
  const metrics = createMetrics({
    now: clock.now,
    record: (event) => journal.record('metrics', event),
    ...(sampleLimit !== undefined && { sampleLimit }),
    ...(metricByteLimit !== undefined && { byteLimit: metricByteLimit }),
  });
  const changes = createChanges();
  const late: Journal = { record: (part, event) => journal.record(part, event) };
  const traceStore = createTraceStore({
    ...(traceLimit !== undefined && { traceLimit }),
    ...(traceByteLimit !== undefined && { byteLimit: traceByteLimit }),
  });
  const traces = tellingTraces(traceStore, changes, late);
  const sampler = createSampler(options.sampling ?? 'all', { now, random });
  const asyncEvents = createAsyncEventState(options.asyncEventByteLimit);
  const sns = createSnsState();
  const xray = createXrayState(`arn:aws:xray:${region}:${accountId}`);
  const alarms = createAlarmStore();
  const dashboards = createDashboardStore();
  const insights = createInsightRules();
  const detectors = createAnomalyDetectors();
  const logs = createLogs({
    metrics,
    journal: late,
    clock,
    now,
    accountId,
    region,
    ...(logByteLimit !== undefined && { byteLimit: logByteLimit }),
    ...(queryByteLimit !== undefined && { queryByteLimit }),
    ...(runningQueryByteLimit !== undefined && { runningQueryByteLimit }),
  });
  // Last, so that nothing is locked when something before it fails.
  const {
    journal: written,
    compact,
    closeJournal,
  } = journalOf(options, warn, [
    sns,
    xray,
    metrics.state,
    logs.state,
    logs.store,
    alarms,
    dashboards,
    insights,
    detectors,
    traces.state,
    queues.state,
    asyncEvents,
  ]);
  queues.restore();
  const journal = tellingJournal(written, changes);
  for (const event of logs.events()) insights.take(event);
  logs.onEvent(insights.take);
  const reset = (): void => {
    queues.reset(options.queues ?? []);
    for (const part of [asyncEvents, metrics, logs, traces, sns, xray, alarms, dashboards, insights, detectors])
      part.reset();
    compact();
    changes.tell('reset');
  };
  return {
    options,
    functions,
    region,
    accountId,
    stage,
    now,
    clock,
    journal,
    closeJournal,
    reset,
    warn,
    random,
    queues,
    asyncEvents,
    metrics,
    addPlatform: (data) => metrics.add(data, 'platform'),
    logs,
    traces,
    sampler,
    sns,
    xray,
    alarms,
    dashboards,
    insights,
    detectors,
    changes,
  };
};

/** Names of the queues that a redrive policy or a function points to. */
export const deadLetterQueuesOf = ({ queues, functions }: EmulatorCore): ReadonlySet<string> =>
  new Set([
    ...queues.list().flatMap(({ settings }) => settings.redrivePolicy?.deadLetterQueue ?? []),
    ...functions.flatMap(({ deadLetterQueue }) => deadLetterQueue ?? []),
  ]);

/** What is left to do, as a text; `undefined` when nothing. Messages in dead-letter queues do not count. */
export const remainingWork = (
  core: EmulatorCore,
  { invocations, others }: { readonly invocations: number; readonly others: number },
): string | undefined => {
  const deadLetterQueues = deadLetterQueuesOf(core);
  const waiting = core.queues.list().flatMap((queue) => {
    const { visible, inFlight, delayed } = core.queues.countsOf(queue);
    const { name } = queue.settings;
    if (deadLetterQueues.has(name) || visible + inFlight + delayed === 0) return [];
    return [`${name}: ${visible} visible, ${inFlight} in flight, ${delayed} delayed`];
  });
  const running = invocations === 0 ? [] : [`${invocations} invocations`];
  const background = others === 0 ? [] : [`${others} notifications on their way`];
  const left = [...running, ...background, ...waiting];
  return left.length === 0 ? undefined : left.join('; ');
};
