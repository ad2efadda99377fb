import type { Suppression } from '../composite/suppression.ts';
import type { Alarm } from '../config/alarm.ts';
import type { AlarmIdentity } from '../config/alarm-identity.ts';
import type { AlarmState, Contributor } from '../evaluation/alarm-state.ts';

/** A change of an alarm's state, as it is told to others. Moments in seconds since 1970. */
export type Transition = {
  readonly alarm: Alarm;
  readonly identity: AlarmIdentity;
  readonly from: AlarmState;
  readonly to: AlarmState;
  /** When the alarm was last created or changed. */
  readonly configuredAt: number;
  /** Of a Metrics Insights alarm: who went into ALARM or out of it. */
  readonly contributor?: Contributor;
  readonly afterMuteWindow?: boolean;
  /** What had held its actions back until `at`. */
  readonly afterSuppression?: { readonly by: Suppression['by']; readonly at: number };
};
