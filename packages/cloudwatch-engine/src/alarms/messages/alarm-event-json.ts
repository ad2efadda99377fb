import type { MetricDataQueryInput } from '../../math/query/metric-data-query.ts';
import { metricOf } from '../../series/metric.ts';
import { suppressedReason } from '../composite/suppression.ts';
import type { Alarm, MetricAlarm } from '../config/alarm.ts';
import { alarmArn } from '../config/alarm-identity.ts';
import type { AlarmState } from '../evaluation/alarm-state.ts';
import type { Transition } from './transition.ts';
import { isoMillis, isoSeconds } from './utc-text.ts';

/** `configuration` of events; metrics carry the id that `newId` gives, as the service's carry a UUID. */
function configurationOf(alarm: Alarm, newId: () => string) {
  const { AlarmDescription: description } = alarm.input;
  const described = description === undefined ? {} : { description };
  if (alarm.kind === 'metric') return { ...described, metrics: metricsOf(alarm, newId) };
  const { AlarmRule: alarmRule, ActionsSuppressor: actionsSuppressor } = alarm.input;
  if (actionsSuppressor === undefined) return { ...described, alarmRule };
  const { ActionsSuppressorWaitPeriod, ActionsSuppressorExtensionPeriod } = alarm.input;
  return {
    ...described,
    alarmRule,
    actionsSuppressor,
    actionsSuppressorWaitPeriod: ActionsSuppressorWaitPeriod,
    actionsSuppressorExtensionPeriod: ActionsSuppressorExtensionPeriod,
  };
}

function metricsOf({ watched, periodSeconds, input }: MetricAlarm, newId: () => string) {
  if (watched.kind !== 'metric') return (input.Metrics ?? []).map(queryOf);
  const { metric, stat, unit } = watched;
  const metricStat = { metric, period: periodSeconds, stat, ...(unit !== undefined && { unit }) };
  return [{ id: newId(), metricStat, returnData: true }];
}

function queryOf({ Id, MetricStat, Expression, Label, Period: period, ReturnData = true }: MetricDataQueryInput) {
  const { Metric, Period, Stat, Unit } = MetricStat ?? {};
  return {
    id: Id,
    ...(Expression !== undefined && { expression: Expression }),
    ...(Label !== undefined && { label: Label }),
    ...(Metric !== undefined && {
      metricStat: {
        metric: metricOf(Metric),
        period: Period,
        stat: Stat,
        ...(Unit !== undefined && { unit: Unit }),
      },
    }),
    returnData: ReturnData,
    ...(period !== undefined && { period }),
  };
}

function stateOf({ value, reason, reasonData, updatedAt }: AlarmState) {
  return { value, reason, ...(reasonData !== undefined && { reasonData }), timestamp: isoMillis(updatedAt) };
}

/** Once a suppressor lets its actions go, an alarm is as it was, and was suppressed before (user guide, its example). */
function statesOf({ from, to, afterSuppression: ended }: Transition) {
  if (ended === undefined) return { state: stateOf(to), previousState: stateOf(from), at: to.updatedAt };
  const suppressed = { actionsSuppressedBy: ended.by, actionsSuppressedReason: suppressedReason(ended.by) };
  const state = stateOf({ ...to, updatedAt: ended.at });
  return { state, previousState: { ...stateOf(to), ...suppressed }, at: ended.at };
}

/**
 * What a Lambda function that is the action of an alarm is invoked with (user guide, "Alarm actions on Lambda functions";
 * recorded).
 */
export function lambdaAlarmEvent(transition: Transition, newId: () => string) {
  const { alarm, identity, contributor } = transition;
  const { state, previousState, at } = statesOf(transition);
  return {
    source: 'aws.cloudwatch',
    alarmArn: alarmArn(identity, alarm.name),
    accountId: identity.accountId,
    time: isoMillis(at),
    region: identity.region,
    alarmData: {
      alarmName: alarm.name,
      ...(contributor && { alarmContributor: { id: contributor.id, attributes: contributor.attributes } }),
      state,
      previousState,
      configuration: configurationOf(alarm, newId),
    },
  };
}

/**
 * The event that a state change, of an alarm or of a contributor to it, sends to the account's default event bus (user
 * guide, "Alarm events and EventBridge"). Without `muteDetail` and what a suppressor held back.
 */
export function eventBridgeAlarmEvent(transition: Transition, newId: () => string) {
  const { alarm, identity, from, to, contributor } = transition;
  const several = alarm.kind === 'metric' && alarm.watched.kind === 'contributors';
  // As documented, events of such alarms have no data with their reasons.
  const shown = (state: AlarmState) => {
    const { reasonData, ...plain } = stateOf(state);
    return several || reasonData === undefined ? plain : { ...plain, reasonData };
  };
  return {
    version: '0',
    id: newId(),
    'detail-type': `CloudWatch Alarm ${contributor ? 'Contributor ' : ''}State Change`,
    source: 'aws.cloudwatch',
    account: identity.accountId,
    time: `${isoSeconds(to.updatedAt)}Z`,
    region: identity.region,
    resources: [alarmArn(identity, alarm.name)],
    detail: {
      alarmName: alarm.name,
      ...(contributor && { alarmContributor: { id: contributor.id, attributes: contributor.attributes } }),
      configuration: configurationOf(alarm, newId),
      ...(contributor === undefined && { previousState: shown(from) }),
      state: shown(to),
    },
  };
}
