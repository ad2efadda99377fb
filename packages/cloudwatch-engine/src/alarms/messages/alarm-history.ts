import type { Alarm } from '../config/alarm.ts';
import type { AlarmState } from '../evaluation/alarm-state.ts';

/** An item of DescribeAlarmHistory. */
export type HistoryItem = {
  readonly alarm: string;
  readonly alarmType: 'MetricAlarm' | 'CompositeAlarm';
  /** Seconds since 1970. */
  readonly at: number;
  readonly type: 'ConfigurationUpdate' | 'StateUpdate' | 'Action';
  readonly summary: string;
  /** JSON. */
  readonly data: string;
};

/** CloudWatch keeps an alarm's history for 30 days (user guide, DescribeAlarmHistory; two weeks in older texts). */
export const HISTORY_SECONDS = 30 * 86_400;

function itemOf(alarm: Alarm, at: number, type: HistoryItem['type'], summary: string, data: unknown): HistoryItem {
  const alarmType = alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm';
  return { alarm: alarm.name, alarmType, at, type, summary, data: JSON.stringify(data) };
}

function stateOf({ value, reason, reasonData }: AlarmState) {
  return {
    stateValue: value,
    stateReason: reason,
    ...(reasonData !== undefined && { stateReasonData: parsed(reasonData) }),
  };
}

/** Reason data of SetAlarmState may be any text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function stateUpdate(alarm: Alarm, from: AlarmState, to: AlarmState): HistoryItem {
  const data = { version: '1.0', oldState: stateOf(from), newState: stateOf(to) };
  const summary =
    from.value === to.value ? `Alarm updated in ${to.value}` : `Alarm updated from ${from.value} to ${to.value}`;
  return itemOf(alarm, to.updatedAt, 'StateUpdate', summary, data);
}

export function configurationUpdate(alarm: Alarm, change: 'Create' | 'Update' | 'Delete', at: number): HistoryItem {
  const done = { Create: 'created', Update: 'updated', Delete: 'deleted' }[change];
  const data = { version: '1.0', type: change, [`${done}Alarm`]: alarm.input };
  return itemOf(alarm, at, 'ConfigurationUpdate', `Alarm "${alarm.name}" ${done}`, data);
}

/** What became of an action: `failure` says why it did not succeed; `message` is what a topic got. */
export function actionTaken(
  alarm: Alarm,
  at: number,
  action: { readonly arn: string; readonly message?: string; readonly failure?: string },
): HistoryItem {
  const { arn, message, failure } = action;
  const data = {
    actionState: failure === undefined ? 'Succeeded' : 'Failed',
    notificationResource: arn,
    ...(message !== undefined && { publishedMessage: message }),
    ...(failure !== undefined && { error: failure }),
  };
  const summary = failure === undefined ? `Successfully executed action ${arn}` : `Failed to execute action ${arn}`;
  return itemOf(alarm, at, 'Action', summary, data);
}

/** Actions that a suppressor or a mute rule held back. */
export function actionsHeldBack(alarm: Alarm, at: number, by: string): HistoryItem {
  return itemOf(alarm, at, 'Action', `Actions suppressed by ${by}`, { actionState: 'Suppressed', suppressedBy: by });
}
