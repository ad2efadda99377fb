export { alarmsReadBy, compositeOrder } from './alarms/composite/composite-order.ts';
export { type ParsedRule, parseAlarmRule } from './alarms/composite/parse-rule.ts';
export { printAlarmRule } from './alarms/composite/print-rule.ts';
export type { AlarmRule } from './alarms/composite/rule.ts';
export { childrenOf, nameOf } from './alarms/composite/rule.ts';
export { suppressedReason } from './alarms/composite/suppression.ts';
export { unknownChildren } from './alarms/composite/unknown-children.ts';
export type { Alarm, CompositeAlarm, MetricAlarm } from './alarms/config/alarm.ts';
export { type AlarmIdentity, alarmArn } from './alarms/config/alarm-identity.ts';
export type { AlarmInput, CompositeAlarmInput, MetricAlarmInput } from './alarms/config/alarm-input.ts';
export type { AlarmIssue } from './alarms/config/alarm-issue.ts';
export { type ValidatedAlarm, validateAlarm } from './alarms/config/validate-alarm.ts';
export type { AlarmMath, QueriedSeries } from './alarms/evaluation/alarm-math.ts';
export {
  type AlarmState,
  type Contributor,
  initialState,
  STATE_VALUES,
  type StateValue,
} from './alarms/evaluation/alarm-state.ts';
export {
  DEFAULT_SETTINGS,
  type EvaluationSettings,
  evaluationInterval,
} from './alarms/evaluation/evaluation-settings.ts';
export { eventBridgeAlarmEvent, lambdaAlarmEvent } from './alarms/messages/alarm-event-json.ts';
export {
  actionsHeldBack,
  actionTaken,
  configurationUpdate,
  contributorUpdate,
  HISTORY_SECONDS,
  type HistoryItem,
  stateUpdate,
} from './alarms/messages/alarm-history.ts';
export { type AlarmNotification, alarmNotification } from './alarms/messages/sns-notification.ts';
export type { Transition } from './alarms/messages/transition.ts';
export {
  type AlarmMuteRuleInput,
  type MuteRule,
  muteRuleExpiry,
  muteWindowEnd,
  type ValidatedMuteRule,
  validateMuteRule,
} from './alarms/mute/mute-rule.ts';
export type { SetAlarmStateInput } from './alarms/replay/advance.ts';
export type { AlarmEvent, AlarmRecord, AlarmRecords } from './alarms/replay/alarm-event.ts';
export { type AlarmScheduler, createAlarmScheduler } from './alarms/replay/alarm-scheduler.ts';
export { type Replayed, type ReplayOptions, replay, setAlarmState } from './alarms/replay/replay.ts';
