import type { MetricAlarm } from '../config/alarm.ts';
import type { StateValue } from './alarm-state.ts';
import { BREACHING, INSIGNIFICANT, MISSING } from './datapoint.ts';

/** What an evaluation comes to; undefined keeps the state that the alarm has. */
export type Decision = StateValue | undefined;

type Rule = Pick<MetricAlarm, 'evaluationPeriods' | 'datapointsToAlarm' | 'missingData'>;

/**
 * M of N over the evaluation range, with the missing-data treatments (user guide, "How alarm state is evaluated when data
 * is missing"): `codes[from]` to `codes[to - 1]`, oldest first. Real datapoints come first, the newest N of them; only
 * where there are fewer the treatment fills what is wanting. An alarm is not premature: with the treatments `missing`
 * and `ignore`, and nothing but breaching datapoints, the oldest of them must be M periods old.
 *
 * Not documented, and decided here: with `missing` a breach that is younger keeps the state (recorded: an alarm in
 * INSUFFICIENT_DATA stayed there); one evaluated period with too few samples keeps the state.
 */
export function decide(
  { evaluationPeriods: n, datapointsToAlarm: m, missingData }: Rule,
  codes: Uint8Array,
  from: number,
  to: number,
): Decision {
  let real = 0;
  let breaching = 0;
  let oldest = to;
  for (let index = to - 1; index >= from && real < n; index -= 1) {
    const code = codes[index] as number;
    if (code === MISSING) continue;
    if (code === INSIGNIFICANT) return undefined;
    real += 1;
    oldest = index;
    if (code === BREACHING) breaching += 1;
  }
  if (breaching >= m) return 'ALARM';
  if (real >= n) return 'OK';
  switch (missingData) {
    case 'breaching':
      return breaching + n - real >= m ? 'ALARM' : 'OK';
    case 'notBreaching':
      return 'OK';
    case 'ignore':
      return real > breaching ? 'OK' : undefined;
    case 'missing':
      if (real === 0) return 'INSUFFICIENT_DATA';
      if (real > breaching) return 'OK';
      return to - oldest >= m ? 'ALARM' : undefined;
  }
}
