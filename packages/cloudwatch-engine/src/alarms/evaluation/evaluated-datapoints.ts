import type { MetricAlarm } from '../config/alarm.ts';
import type { StateValue } from './alarm-state.ts';
import { BREACHING, MISSING } from './datapoint.ts';

/** The places that make a state, newest first, and how many periods of the N were filled by the treatment of missing data. */
export type Evaluated = {
  /** Real datapoints that breach where the state is ALARM, that do not where it is OK; none in INSUFFICIENT_DATA. */
  readonly decisive: readonly number[];
  /** `decisive`, and the missing places that were counted with them. */
  readonly evaluated: readonly number[];
  /** The datapoints that the evaluation counted, newest first: at most N. */
  readonly real: readonly number[];
  readonly filled: number;
};

/**
 * Which datapoints explain a state, as the recorded `evaluatedDatapoints` have them: all that speak for it, and of the
 * newest missing places as many as are wanting to M (ALARM, INSUFFICIENT_DATA) or to N - M + 1 (OK).
 */
export function evaluatedDatapoints(
  { evaluationPeriods: n, datapointsToAlarm: m, missingData }: MetricAlarm,
  value: StateValue,
  codes: Uint8Array,
  from: number,
  to: number,
): Evaluated {
  const real: number[] = [];
  const missing: number[] = [];
  for (let index = to - 1; index >= from && real.length < n; index -= 1) {
    if (codes[index] === MISSING) missing.push(index);
    else real.push(index);
  }
  const filled = n - real.length;
  const decisive = real.filter((index) => (codes[index] === BREACHING) === (value === 'ALARM'));
  const needed = value === 'OK' ? n - m + 1 : m;
  // A place filled as breaching does not speak for OK.
  const fills =
    value === 'OK' && missingData === 'breaching' ? 0 : Math.min(filled, Math.max(0, needed - decisive.length));
  const evaluated = [...decisive, ...missing.slice(0, fills)].sort((a, b) => b - a);
  return { decisive, evaluated, real, filled };
}
