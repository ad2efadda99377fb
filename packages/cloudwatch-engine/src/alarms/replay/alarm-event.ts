import type { Suppression } from '../composite/suppression.ts';
import type { AlarmState, Contributor, StateValue } from '../evaluation/alarm-state.ts';

/** Something that happened to an alarm at `at`, in seconds since 1970. */
export type AlarmEvent =
  /** A new state; where the value is the old one, only the reason changed (Metrics Insights alarms). */
  | {
      readonly kind: 'state';
      readonly alarm: string;
      readonly at: number;
      readonly from: AlarmState;
      readonly to: AlarmState;
    }
  | {
      readonly kind: 'contributor';
      readonly alarm: string;
      readonly at: number;
      readonly contributor: Contributor;
      readonly from: StateValue;
      readonly to: 'OK' | 'ALARM';
    }
  /** The actions (ARNs) of a state ran; `state` is the transition they belong to. */
  | {
      readonly kind: 'actions';
      readonly alarm: string;
      readonly at: number;
      readonly actions: readonly string[];
      readonly from: StateValue;
      readonly state: AlarmState;
      readonly contributor?: Contributor;
      readonly afterMuteWindow: boolean;
      /** What had held them back until now. */
      readonly afterSuppression?: Suppression;
    }
  /** Actions that a mute rule kept from running; `until` is the end of its window. */
  | {
      readonly kind: 'muted';
      readonly alarm: string;
      readonly at: number;
      readonly actions: readonly string[];
      readonly until: number;
    }
  /** Actions of a composite alarm that its suppressor holds back, and why. */
  | { readonly kind: 'suppressed'; readonly alarm: string; readonly at: number; readonly suppression: Suppression };

/** Everything that is known of an alarm between two replays: plain data, to be kept and given back. */
export type AlarmRecord = {
  readonly state: AlarmState;
  /** The rule that `state` was found with, of a composite alarm. */
  readonly rule?: string;
  /** While actions are held back by a suppressor. `from` is the value before the transition they belong to. */
  readonly suppressed?: { readonly suppression: Suppression; readonly from: StateValue };
  /** While actions are held back by a mute rule. */
  readonly muted?: { readonly value: StateValue; readonly from: StateValue; readonly until: number };
};

/** Records by the names of their alarms. */
export type AlarmRecords = Readonly<Record<string, AlarmRecord>>;
