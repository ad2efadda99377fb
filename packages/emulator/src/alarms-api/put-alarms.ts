import {
  type Alarm,
  type AlarmInput,
  childrenOf,
  unknownChildren,
  validateAlarm,
} from '@voice-campaign/cloudwatch-engine/alarms';
import { constraint } from '../service-api/constraint.ts';
import { type Input, readString } from '../service-api/input.ts';
import { invalidFormat, refused, resourceNotFound, validationError } from './alarm-errors.ts';
import {
  type AlarmsContext,
  type AlarmsOperation,
  alarmNamed,
  readNames,
  readState,
  readTags,
} from './alarms-context.ts';
import { readCompositeAlarm, readMetricAlarm } from './read-alarm.ts';

/** SetAlarmState, StateReason and StateReasonData: characters. */
const longestReason = 1023;
const longestReasonData = 4000;

/** @throws ServiceError for the first thing that CloudWatch refuses. */
const validated = (input: AlarmInput): Alarm => {
  const result = validateAlarm(input);
  if (!result.ok) throw refused(result.issues[0]);
  return result.alarm;
};

/** Metric alarms and composite alarms share their names (PutMetricAlarm); the words are ours. @throws ServiceError. */
const refuseNameOfOther = ({ alarms }: AlarmsContext, { kind, name }: Alarm): void => {
  const known = alarms.store.alarms.get(name)?.alarm.kind ?? kind;
  if (known === kind) return;
  throw validationError(
    `AlarmName ${name} is that of a ${known} alarm, which a ${kind} alarm cannot replace: choose another name, or delete that alarm first`,
  );
};

const putMetricAlarm = (context: AlarmsContext, input: Input) => {
  const alarm = validated(readMetricAlarm(input));
  refuseNameOfOther(context, alarm);
  context.alarms.put(alarm.input, alarm, readTags(input));
};

const putCompositeAlarm = (context: AlarmsContext, input: Input) => {
  const alarm = validated(readCompositeAlarm(input));
  refuseNameOfOther(context, alarm);
  const { store } = context.alarms;
  if (alarm.kind === 'composite') {
    const [issue] = unknownChildren(alarm, (name) => store.alarms.has(name), context.identity);
    if (issue !== undefined) throw refused(issue);
  }
  context.alarms.put(alarm.input, alarm, readTags(input));
};

/** Of `names`, those in the rule of a composite alarm that stays. */
const neededBy = ({ alarms }: AlarmsContext, names: readonly string[]): readonly string[] => {
  const needed = new Set<string>();
  for (const { alarm } of alarms.store.alarms.values()) {
    if (alarm.kind !== 'composite' || names.includes(alarm.name)) continue;
    for (const child of childrenOf(alarm.rule)) needed.add(child);
  }
  return names.filter((name) => needed.has(name));
};

/** Several metric alarms, or one composite alarm among them (DeleteAlarms). */
const deleteAlarms = (context: AlarmsContext, input: Input) => {
  const stored = readNames(input).flatMap((name) => context.alarms.store.alarms.get(name) ?? []);
  if (stored.filter(({ alarm }) => alarm.kind === 'composite').length > 1) {
    throw validationError('Only one composite alarm can be deleted in one operation.');
  }
  const needed = neededBy(context, [...new Set(stored.map(({ alarm }) => alarm.name))]);
  if (needed.length > 0) {
    // In the words that users quote of CloudWatch.
    const them = needed.length === 1 ? 'it' : 'them';
    throw validationError(`Cannot delete ${needed.join(',')} as there are composite alarm(s) depending on ${them}.`);
  }
  for (const { alarm } of stored) context.alarms.remove(alarm.name);
};

const setActions =
  (enabled: boolean): AlarmsOperation =>
  ({ alarms, now }, input) => {
    for (const name of readNames(input)) {
      const stored = alarms.store.alarms.get(name);
      if (stored === undefined) continue;
      const changed = { ...stored.alarm.input, ActionsEnabled: enabled };
      alarms.commit({ kind: 'alarm', input: changed, configuredAt: now() / 1000, tags: stored.tags });
    }
  };

/** @throws ServiceError for what is too long, or is not JSON. */
const readReasonData = (input: Input): string | undefined => {
  const text = readString(input, 'StateReasonData');
  if (text === undefined) return undefined;
  if (text.length > longestReasonData) {
    throw validationError(
      constraint(text, 'stateReasonData', `have length less than or equal to ${longestReasonData}`),
    );
  }
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw invalidFormat('Data was not syntactically valid JSON. (StateReasonData: write JSON, or leave it out)');
  }
};

const setAlarmState = (context: AlarmsContext, input: Input) => {
  const StateValue = readState(input);
  if (StateValue === undefined) throw validationError('StateValue is required');
  const StateReason = readString(input, 'StateReason');
  if (StateReason === undefined) throw validationError('StateReason is required');
  if (StateReason.length > longestReason) {
    throw validationError(constraint(StateReason, 'stateReason', `have length less than or equal to ${longestReason}`));
  }
  const StateReasonData = readReasonData(input);
  const AlarmName = readString(input, 'AlarmName') ?? '';
  if (!context.alarms.store.alarms.has(AlarmName)) throw resourceNotFound();
  context.alarms.setState({
    AlarmName,
    StateValue,
    StateReason,
    ...(StateReasonData !== undefined && { StateReasonData }),
  });
};

export const putOperations: Readonly<Record<string, AlarmsOperation>> = {
  PutMetricAlarm: putMetricAlarm,
  PutCompositeAlarm: putCompositeAlarm,
  DeleteAlarms: deleteAlarms,
  EnableAlarmActions: setActions(true),
  DisableAlarmActions: setActions(false),
  SetAlarmState: setAlarmState,
  DescribeAlarmContributors: (context, input) => {
    const { alarm } = alarmNamed(context, readString(input, 'AlarmName') ?? '');
    const contributors = context.alarms.store.records.get(alarm.name)?.state.contributors ?? [];
    return {
      AlarmContributors: contributors.map(({ id, attributes, reason, transitionedAt }) => ({
        ContributorId: id,
        ContributorAttributes: new Map(Object.entries(attributes)),
        StateReason: reason,
        StateTransitionedTimestamp: new Date(transitionedAt * 1000),
      })),
    };
  },
};
