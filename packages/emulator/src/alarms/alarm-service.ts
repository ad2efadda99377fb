import type { MetricSource } from '@voice-campaign/cloudwatch-engine';
import {
  type Alarm,
  type AlarmEvent,
  type AlarmIdentity,
  type AlarmInput,
  type AlarmRecord,
  type AlarmScheduler,
  type AlarmState,
  configurationUpdate,
  createAlarmScheduler,
  evaluationInterval,
  type HistoryItem,
  initialState,
  type SetAlarmStateInput,
} from '@voice-campaign/cloudwatch-engine/alarms';
import { createAlarmMath, type OutsideData } from '@voice-campaign/cloudwatch-engine/math';
import type { Clock } from '../core/clock.ts';
import { committer, type Journal } from '../state/journal.ts';
import type { AlarmStore } from './alarm-store.ts';
import { historyOf } from './history-of.ts';

/** An action that an alarm wants to run. */
export type AlarmAction = {
  readonly alarm: Alarm;
  readonly event: Extract<AlarmEvent, { kind: 'actions' }>;
  readonly previous: AlarmState;
  readonly configuredAt: number;
};

/** Evaluates alarms as time passes. Instants in seconds since 1970. */
export type AlarmService = {
  readonly store: AlarmStore;
  readonly commit: (event: Parameters<AlarmStore['apply']>[0]) => void;
  /** Creates or replaces an alarm, whose input was validated before. */
  readonly put: (input: AlarmInput, alarm: Alarm, tags: Readonly<Record<string, string>>) => void;
  readonly remove: (name: string) => void;
  readonly setState: (input: SetAlarmStateInput) => void;
  /** Evaluates what is due by now. */
  readonly evaluate: () => void;
  /** Ends the evaluations. */
  readonly stop: () => void;
};

export type AlarmServiceOptions = {
  readonly store: AlarmStore;
  readonly journal: Journal;
  readonly source: MetricSource;
  /** Contributor Insights rules. */
  readonly outside: OutsideData;
  readonly identity: AlarmIdentity;
  readonly clock: Clock;
  /** Runs the actions of an alarm; gives back what history says of them. */
  readonly run: (action: AlarmAction) => readonly HistoryItem[];
};

/** Starts to evaluate alarms each minute, and each ten seconds where one asks for it. */
export const startAlarms = (options: AlarmServiceOptions): AlarmService => {
  const math = createAlarmMath({ outside: options.outside });
  const { store, journal, source, identity, clock, run } = options;
  const commit = committer(journal, store);
  const seconds = (): number => clock.now() / 1000;
  let evaluatedAt = seconds();
  let made: { readonly scheduler: AlarmScheduler; readonly revision: number } | undefined;
  /** One for as long as the alarms and mute rules stay what they are. */
  const schedulerFrom = (now: number): AlarmScheduler => {
    if (made?.revision === store.revision()) return made.scheduler;
    const alarms = [...store.alarms.values()].map(({ alarm }) => alarm);
    const muteRules = [...store.muteRules.values()].map(({ rule }) => rule);
    const from = Math.min(evaluatedAt, now);
    const scheduler = createAlarmScheduler(alarms, source, {
      ...{ math, records: recordsOf(store), muteRules, identity, from },
    });
    made = { scheduler, revision: store.revision() };
    return scheduler;
  };

  const take = (events: readonly AlarmEvent[], records: Readonly<Record<string, AlarmRecord>>): void => {
    const previous: Record<string, AlarmState> = {};
    const items: HistoryItem[] = [];
    const actions: AlarmAction[] = [];
    for (const event of events) {
      const stored = store.alarms.get(event.alarm);
      if (stored === undefined) continue;
      if (event.kind === 'state' && event.from.value !== event.to.value) previous[event.alarm] = event.from;
      items.push(...historyOf(stored.alarm, event));
      if (event.kind !== 'actions') continue;
      const before = previous[event.alarm] ?? store.previous.get(event.alarm) ?? initialState(stored.configuredAt);
      actions.push({ alarm: stored.alarm, event, previous: before, configuredAt: stored.configuredAt });
    }
    if (Object.keys(records).length > 0) commit({ kind: 'records', records, previous });
    items.push(...actions.flatMap(run));
    if (items.length > 0) commit({ kind: 'history', items });
  };
  const takeFrom = (scheduler: AlarmScheduler, events: readonly AlarmEvent[]): void => {
    try {
      take(events, scheduler.takeChanged());
    } catch (error) {
      // It knows of states that could not be written: the next one begins with those that are.
      made = undefined;
      throw error;
    }
  };
  const evaluate = (): void => {
    const now = seconds();
    const scheduler = schedulerFrom(now);
    evaluatedAt = now;
    takeFrom(scheduler, scheduler.evaluateDue(now));
  };
  const stop = tick(clock, () => (hasShortPeriods(store) ? 10 : 60), evaluate);
  return {
    store,
    commit,
    put: (input, alarm, tags) => {
      evaluate();
      const now = seconds();
      const known = store.alarms.get(alarm.name);
      commit({ kind: 'alarm', input, configuredAt: now, tags: known?.tags ?? tags });
      const state = store.records.get(alarm.name)?.state ?? initialState(now);
      const configured = { alarm, identity, state, configuredAt: now };
      commit({ kind: 'history', items: [configurationUpdate(known ? 'Update' : 'Create', now, configured)] });
      // Composite alarms are evaluated as they are put; metric alarms at their next moment.
      evaluate();
    },
    remove: (name) => {
      const stored = store.alarms.get(name);
      if (stored === undefined) return;
      evaluate();
      const { alarm, configuredAt } = stored;
      const state = store.records.get(name)?.state ?? initialState(configuredAt);
      const configured = { alarm, identity, state, configuredAt };
      commit({ kind: 'alarm-deleted', name });
      commit({ kind: 'history', items: [configurationUpdate('Delete', seconds(), configured)] });
      // It may have been a suppressor.
      evaluate();
    },
    setState: (input) => {
      const now = seconds();
      const scheduler = schedulerFrom(now);
      evaluatedAt = now;
      takeFrom(scheduler, scheduler.setState(input, now));
    },
    evaluate,
    stop,
  };
};

const recordsOf = ({ records }: AlarmStore): Readonly<Record<string, AlarmRecord>> => Object.fromEntries(records);

/** Also where actions wait for a moment that is no whole minute. */
const hasShortPeriods = ({ alarms, records }: AlarmStore): boolean => {
  for (const { alarm } of alarms.values()) if (alarm.kind === 'metric' && evaluationInterval(alarm) < 60) return true;
  for (const { suppressed } of records.values()) if (suppressed !== undefined) return true;
  return false;
};

/** Runs at every whole interval of the clock, until it is stopped. */
const tick = (clock: Clock, interval: () => number, run: () => void): (() => void) => {
  const ten = 10_000;
  let cancel = (): void => {};
  const next = (): void => {
    const at = (Math.floor(clock.now() / ten) + 1) * ten;
    cancel = clock.at(at, () => {
      try {
        if (at % (interval() * 1000) === 0) run();
      } finally {
        next();
      }
    });
  };
  next();
  return () => cancel();
};
