/** An alarm's state; SetAlarmState takes them too. */
export const STATE_VALUES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
export type StateValue = (typeof STATE_VALUES)[number];

/** One series of a Metrics Insights alarm that is in ALARM; `id` is the same for the same attributes. */
export type Contributor = {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly reason: string;
  /** Seconds since 1970. */
  readonly transitionedAt: number;
};

/** What an alarm is and why: plain data, so that it can be kept and given back. Moments in seconds since 1970. */
export type AlarmState = {
  readonly value: StateValue;
  readonly reason: string;
  /** JSON, as CloudWatch writes it; absent where there is none. */
  readonly reasonData?: string;
  readonly updatedAt: number;
  readonly transitionedAt: number;
  /** The contributors in ALARM, of a Metrics Insights alarm alone. */
  readonly contributors?: readonly Contributor[];
};

const INITIAL_REASON = 'Unchecked: Initial alarm creation';

/** The state of an alarm that was just created (PutMetricAlarm, PutCompositeAlarm: INSUFFICIENT_DATA). */
export function initialState(at: number): AlarmState {
  return { value: 'INSUFFICIENT_DATA', reason: INITIAL_REASON, updatedAt: at, transitionedAt: at };
}
