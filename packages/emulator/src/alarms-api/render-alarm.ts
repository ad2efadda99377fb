import type { AlarmRecord, CompositeAlarm, MetricAlarm } from '@voice-campaign/cloudwatch-engine/alarms';
import { initialState, suppressedReason } from '@voice-campaign/cloudwatch-engine/alarms';
import type { StoredAlarm } from '../alarms/alarm-store.ts';
import { type AlarmsContext, arnOf } from './alarms-context.ts';

const date = (seconds: number): Date => new Date(Math.round(seconds * 1000));

const commonOf = (context: AlarmsContext, { alarm, configuredAt }: StoredAlarm) => {
  const record = context.alarms.store.records.get(alarm.name);
  const state = record?.state ?? initialState(configuredAt);
  const { input } = alarm;
  return {
    AlarmName: alarm.name,
    AlarmArn: arnOf(context, alarm.name),
    ...(input.AlarmDescription !== undefined && { AlarmDescription: input.AlarmDescription }),
    AlarmConfigurationUpdatedTimestamp: date(configuredAt),
    ActionsEnabled: input.ActionsEnabled ?? true,
    OKActions: input.OKActions ?? [],
    AlarmActions: input.AlarmActions ?? [],
    InsufficientDataActions: input.InsufficientDataActions ?? [],
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData !== undefined && { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: date(state.updatedAt),
    StateTransitionedTimestamp: date(state.transitionedAt),
  };
};

const queryOf = ({ ReturnData = true, ...query }: NonNullable<MetricAlarm['input']['Metrics']>[number]) => ({
  ...query,
  ReturnData,
});

/** MetricAlarm of the API reference. */
export const renderMetricAlarm = (
  context: AlarmsContext,
  stored: StoredAlarm & { readonly alarm: MetricAlarm },
): Readonly<Record<string, unknown>> => {
  const { AlarmName: _, ActionsEnabled: __, Metrics, Dimensions, ...input } = stored.alarm.input;
  return {
    ...input,
    ...commonOf(context, stored),
    Dimensions: Dimensions ?? [],
    ...(Metrics !== undefined && { Metrics: Metrics.map(queryOf) }),
  };
};

const suppressionOf = (record: AlarmRecord | undefined) => {
  const suppression = record?.suppressed?.suppression;
  if (suppression === undefined) return {};
  return { ActionsSuppressedBy: suppression.by, ActionsSuppressedReason: suppressedReason(suppression.by) };
};

/** CompositeAlarm of the API reference. */
export const renderCompositeAlarm = (
  context: AlarmsContext,
  stored: StoredAlarm & { readonly alarm: CompositeAlarm },
): Readonly<Record<string, unknown>> => ({
  ...stored.alarm.input,
  ...commonOf(context, stored),
  ...suppressionOf(context.alarms.store.records.get(stored.alarm.name)),
});
