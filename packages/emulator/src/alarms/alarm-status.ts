import { type Alarm, type AlarmState, type HistoryItem, initialState } from '@voice-campaign/cloudwatch-engine/alarms';
import type { AlarmStore } from './alarm-store.ts';

/** An alarm as it is now. */
export type AlarmStatus = {
  readonly name: string;
  readonly alarm: Alarm;
  readonly state: AlarmState;
  /** What DescribeAlarmHistory has, oldest first. */
  readonly history: readonly HistoryItem[];
};

/** Every alarm, in the order of names. */
export const alarmStatuses = ({ alarms, records, history }: AlarmStore): readonly AlarmStatus[] =>
  [...alarms.values()]
    .sort((one, other) => (one.alarm.name < other.alarm.name ? -1 : 1))
    .map(({ alarm, configuredAt }) => ({
      name: alarm.name,
      alarm,
      state: records.get(alarm.name)?.state ?? initialState(configuredAt),
      history: history.filter((item) => item.alarm === alarm.name),
    }));
