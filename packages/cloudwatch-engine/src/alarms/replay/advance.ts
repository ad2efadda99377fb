import type { MetricSource } from '../../series/metric-source.ts';
import { evaluateComposite } from '../composite/evaluate-composite.ts';
import type { AlarmMath } from '../evaluation/alarm-math.ts';
import { STATE_VALUES, type StateValue } from '../evaluation/alarm-state.ts';
import type { EvaluationSettings } from '../evaluation/evaluation-settings.ts';
import { type AlarmWorld, keep, recordOf } from './alarm-world.ts';
import { metricTimeline, type TimelineEntry } from './metric-timeline.ts';
import { fireTimer, nextTimer } from './run-actions.ts';
import { type Changes, reviewSuppressors, settle } from './settle.ts';

/** What evaluations read; moments in seconds since 1970: those after `from` up to and with `to`. */
type Passage = {
  readonly source: MetricSource;
  readonly math: AlarmMath;
  readonly settings: EvaluationSettings;
  readonly from: number;
  readonly to: number;
};

/** Evaluates what falls due in a passage of time, and runs actions, moment by moment. */
export function advance(world: AlarmWorld, passage: Passage): void {
  const entries: (TimelineEntry & { readonly name: string })[] = [];
  for (const alarm of world.metricAlarms) {
    const timeline = metricTimeline(alarm, recordOf(world, alarm.name).state, passage);
    for (const entry of timeline) entries.push({ name: alarm.name, ...entry });
  }
  // The sort is stable: alarms of one moment keep the order of their names.
  entries.sort((a, b) => a.at - b.at);
  let next = 0;
  while (next < entries.length) {
    const at = entries[next]?.at ?? passage.to;
    fireTimers(world, at);
    const changes = new Map<string, (typeof entries)[number]>();
    for (let entry = entries[next]; entry?.at === at; entry = entries[next]) {
      changes.set(entry.name, entry);
      next += 1;
    }
    settle(world, at, changes);
  }
  fireTimers(world, passage.to);
}

/** What SetAlarmState takes (API Reference). */
export type SetAlarmStateInput = {
  readonly AlarmName: string;
  readonly StateValue: StateValue;
  readonly StateReason: string;
  readonly StateReasonData?: string | undefined;
};

/** SetAlarmState at a moment: see `setAlarmState`. */
export function setByHand(world: AlarmWorld, input: SetAlarmStateInput, at: number): void {
  fireTimers(world, at);
  const record = world.records.get(input.AlarmName);
  if (!record || record.state.value === input.StateValue || !STATE_VALUES.includes(input.StateValue)) return;
  const { StateReasonData: data } = input;
  const { contributors } = record.state;
  const state = {
    ...{ value: input.StateValue, reason: input.StateReason, updatedAt: at, transitionedAt: at },
    ...(contributors === undefined ? {} : { contributors }),
    ...(data === undefined ? {} : { reasonData: data }),
  };
  settle(world, at, new Map([[input.AlarmName, { state }]]));
}

/** Runs actions that are held back no longer than to a moment. */
export function fireTimers(world: AlarmWorld, until: number): void {
  for (let timer = nextTimer(world); timer && timer.at <= until; timer = nextTimer(world)) {
    fireTimer(world, timer.name, timer.at);
  }
}

/** Evaluates the composite alarms that are new or whose rule was changed, and looks for suppressors that were. */
export function startComposites(world: AlarmWorld, at: number): void {
  reviewSuppressors(world, at);
  for (const alarm of world.composites.order) {
    const record = recordOf(world, alarm.name);
    const rule = alarm.input.AlarmRule ?? '';
    if (record.rule === rule) continue;
    keep(world, alarm.name, { ...record, rule });
    if (world.composites.cyclic.has(alarm.name)) continue;
    const cause = { kind: record.rule === undefined ? 'created' : 'updated' } as const;
    const childState = (name: string) => world.records.get(name)?.state;
    const state = evaluateComposite(alarm, record.state, childState, cause, at, world.identity);
    const changes: Changes = state === record.state ? new Map() : new Map([[alarm.name, { state }]]);
    settle(world, at, changes);
  }
}
