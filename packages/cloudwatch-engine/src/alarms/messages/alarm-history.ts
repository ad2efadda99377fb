import { suppressedReason } from '../composite/suppression.ts';
import type { Alarm } from '../config/alarm.ts';
import type { AlarmState, Contributor, StateValue } from '../evaluation/alarm-state.ts';
import { alarmConfiguration, type ConfiguredAlarm } from './alarm-configuration.ts';
import { objectText } from './object-text.ts';
import type { AlarmNotification } from './sns-notification.ts';

/** An item of DescribeAlarmHistory. */
export type HistoryItem = {
  readonly alarm: string;
  readonly alarmType: 'MetricAlarm' | 'CompositeAlarm';
  /** Seconds since 1970. */
  readonly at: number;
  readonly type:
    | 'ConfigurationUpdate'
    | 'StateUpdate'
    | 'Action'
    | 'AlarmContributorStateUpdate'
    | 'AlarmContributorAction';
  readonly summary: string;
  /** JSON. */
  readonly data: string;
  /** The series of a Metrics Insights alarm that the item is about, where it is about one. */
  readonly contributor?: Pick<Contributor, 'id' | 'attributes'>;
};

/** CloudWatch keeps an alarm's history for 30 days (user guide, DescribeAlarmHistory; two weeks in older texts). */
export const HISTORY_SECONDS = 30 * 86_400;

/** `data` is JSON. */
function itemOf(alarm: Alarm, at: number, type: HistoryItem['type'], summary: string, data: string): HistoryItem {
  const alarmType = alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm';
  return { alarm: alarm.name, alarmType, at, type, summary, data };
}

function stateOf({ value, reason, reasonData }: AlarmState): string {
  return objectText({
    stateValue: JSON.stringify(value),
    stateReason: JSON.stringify(reason),
    stateReasonData: reasonData === undefined ? undefined : jsonOf(reasonData),
  });
}

/** The text itself, whose numbers keep their decimals; in quotes where it is no JSON, since the engine takes any text. */
function jsonOf(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}

export function stateUpdate(alarm: Alarm, from: AlarmState, to: AlarmState): HistoryItem {
  const data = objectText({ version: '"1.0"', oldState: stateOf(from), newState: stateOf(to) });
  const summary =
    from.value === to.value ? `Alarm updated in ${to.value}` : `Alarm updated from ${from.value} to ${to.value}`;
  return itemOf(alarm, to.updatedAt, 'StateUpdate', summary, data);
}

/** What became of one contributor; the words are ours, after those of alarms. */
export function contributorUpdate(
  alarm: Alarm,
  at: number,
  change: { readonly contributor: Contributor; readonly from: StateValue; readonly to: StateValue },
): HistoryItem {
  const { contributor, from, to } = change;
  const { id, attributes, reason } = contributor;
  const data = { version: '1.0', oldState: { stateValue: from }, newState: { stateValue: to, stateReason: reason } };
  const summary = `Alarm contributor updated from ${from} to ${to}`;
  const item = itemOf(alarm, at, 'AlarmContributorStateUpdate', summary, JSON.stringify(data));
  return { ...item, contributor: { id, attributes } };
}

export function configurationUpdate(
  change: 'Create' | 'Update' | 'Delete',
  at: number,
  configured: ConfiguredAlarm,
): HistoryItem {
  const done = { Create: 'created', Update: 'updated', Delete: 'deleted' }[change];
  const { alarm } = configured;
  const data = objectText({
    version: '"1.0"',
    type: JSON.stringify(change),
    [`${done}Alarm`]: alarmConfiguration(configured),
  });
  return itemOf(alarm, at, 'ConfigurationUpdate', `Alarm "${alarm.name}" ${done}`, data);
}

type ActionTaken = {
  readonly arn: string;
  /** What a topic got. */
  readonly notification?: AlarmNotification;
  /** Why it did not succeed. */
  readonly failure?: string;
  /** Whom it told of. */
  readonly contributor?: Contributor | undefined;
};

/** What became of an action. */
export function actionTaken(alarm: Alarm, at: number, action: ActionTaken): HistoryItem {
  const { arn, notification, failure, contributor } = action;
  const { message, sms, email } = notification ?? {};
  const data = {
    actionState: failure === undefined ? 'Succeeded' : 'Failed',
    stateUpdateTimestamp: Math.round(at * 1000),
    notificationResource: arn,
    publishedMessage: notification ? JSON.stringify({ default: message, sms, email }) : null,
    error: failure ?? null,
  };
  const summary = failure === undefined ? `Successfully executed action ${arn}` : `Failed to execute action ${arn}`;
  if (contributor === undefined) return itemOf(alarm, at, 'Action', summary, JSON.stringify(data));
  const { id, attributes } = contributor;
  const item = itemOf(alarm, at, 'AlarmContributorAction', summary, JSON.stringify(data));
  return { ...item, contributor: { id, attributes } };
}

/** Actions that a suppressor or a mute rule held back. */
export function actionsHeldBack(alarm: Alarm, at: number, by: string): HistoryItem {
  const data = { actionState: 'Suppressed', suppressedBy: by };
  return itemOf(alarm, at, 'Action', suppressedReason(by), JSON.stringify(data));
}
