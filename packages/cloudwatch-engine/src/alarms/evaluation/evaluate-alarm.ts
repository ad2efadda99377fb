import type { MetricAlarm } from '../config/alarm.ts';
import type { AlarmState, StateValue } from './alarm-state.ts';
import { classify, type Datapoints } from './datapoint.ts';
import { decide } from './decide.ts';
import { evaluatedDatapoints } from './evaluated-datapoints.ts';
import { stateReason } from './reason.ts';
import { stateReasonData } from './reason-data.ts';

/** Samples of the period at a place of the datapoints; undefined where nobody can say. */
export type SampleCounts = (index: number) => number | undefined;

/**
 * One evaluation of a metric alarm at `at`, in seconds since 1970. `datapoints` are those of its evaluation range
 * (`evaluationWindow`), oldest first. Answers `state` itself where nothing changes, since CloudWatch then keeps reason
 * and reason data too; else the new state with both.
 */
export function evaluateAlarm(
  alarm: MetricAlarm,
  state: AlarmState,
  datapoints: Datapoints,
  at: number,
  sampleCountOf: SampleCounts = (index) => datapoints.sampleCounts?.[index],
): AlarmState {
  const codes = classify(alarm, datapoints);
  const value = decide(alarm, codes, 0, codes.length);
  if (value === undefined || value === state.value) return state;
  return explainState(alarm, value, datapoints, codes, at, sampleCountOf);
}

/** The state that `decide` came to, with its reason. */
export function explainState(
  alarm: MetricAlarm,
  value: StateValue,
  datapoints: Datapoints,
  codes: Uint8Array,
  at: number,
  sampleCountOf: SampleCounts,
): AlarmState {
  const evaluated = evaluatedDatapoints(alarm, value, codes, 0, codes.length);
  return {
    value,
    reason: stateReason(alarm, value, datapoints, evaluated),
    reasonData: stateReasonData(alarm, datapoints, evaluated, at, sampleCountOf),
    updatedAt: at,
    transitionedAt: at,
  };
}
