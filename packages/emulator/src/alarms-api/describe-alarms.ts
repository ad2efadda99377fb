import { childrenOf, type HistoryItem, nameOf } from '@voice-campaign/cloudwatch-engine/alarms';
import type { StoredAlarm } from '../alarms/alarm-store.ts';
import { readWord, readWords } from '../service-api/constraint.ts';
import { type Input, readInteger, readString, readTimestamp } from '../service-api/input.ts';
import { validationError } from './alarm-errors.ts';
import { type AlarmsContext, type AlarmsOperation, pageOf, readNames, readState } from './alarms-context.ts';
import { readDimensions } from './read-alarm.ts';
import { renderCompositeAlarm, renderMetricAlarm } from './render-alarm.ts';

type AlarmType = 'MetricAlarm' | 'CompositeAlarm';

/** Of AlarmTypes; log alarms can be asked for, and there are none here. */
const alarmTypes = ['CompositeAlarm', 'MetricAlarm', 'LogAlarm'];
const historyTypes = [
  'ConfigurationUpdate',
  'StateUpdate',
  'Action',
  'AlarmContributorStateUpdate',
  'AlarmContributorAction',
];
const orders = ['TimestampDescending', 'TimestampAscending'];

/** What cannot be asked for beside a composite alarm's children, or an alarm's parents. */
const notOfFamilies = ['AlarmNames', 'AlarmNamePrefix', 'AlarmTypes', 'StateValue', 'ActionPrefix'];

const typeOf = ({ alarm }: StoredAlarm): AlarmType => (alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm');

const byName = (one: StoredAlarm, other: StoredAlarm): number => (one.alarm.name < other.alarm.name ? -1 : 1);

const allOf = ({ alarms }: AlarmsContext): readonly StoredAlarm[] => [...alarms.store.alarms.values()].sort(byName);

const renderAll = (context: AlarmsContext, stored: readonly StoredAlarm[]) => ({
  CompositeAlarms: stored.flatMap(({ alarm, ...more }) =>
    alarm.kind === 'composite' ? [renderCompositeAlarm(context, { alarm, ...more })] : [],
  ),
  MetricAlarms: stored.flatMap(({ alarm, ...more }) =>
    alarm.kind === 'metric' ? [renderMetricAlarm(context, { alarm, ...more })] : [],
  ),
});

const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

/** The alarms in a composite alarm's rule, or the composite alarms whose rules name an alarm. */
const family = (context: AlarmsContext, input: Input): readonly StoredAlarm[] | undefined => {
  const [parent, child] = [readString(input, 'ChildrenOfAlarmName'), readString(input, 'ParentsOfAlarmName')];
  if (parent === undefined && child === undefined) return undefined;
  if (parent !== undefined && child !== undefined) {
    throw validationError('ChildrenOfAlarmName and ParentsOfAlarmName are mutually exclusive');
  }
  const beside = notOfFamilies.find((name) => isGiven(input[name]));
  if (beside !== undefined) {
    const asked = parent === undefined ? 'ParentsOfAlarmName' : 'ChildrenOfAlarmName';
    throw validationError(`${beside} cannot be given with ${asked}: only MaxRecords and NextToken can`);
  }
  const { alarms } = context.alarms.store;
  if (parent !== undefined) {
    const alarm = alarms.get(nameOf(parent))?.alarm;
    const names = alarm?.kind === 'composite' ? childrenOf(alarm.rule) : [];
    return names.flatMap((name) => alarms.get(name) ?? []);
  }
  const name = nameOf(child ?? '');
  return allOf(context).filter(({ alarm }) => alarm.kind === 'composite' && childrenOf(alarm.rule).includes(name));
};

const describeAlarms = (context: AlarmsContext, input: Input) => {
  const related = family(context, input);
  const names = readNames(input);
  const prefix = readString(input, 'AlarmNamePrefix');
  if (names.length > 0 && prefix !== undefined) {
    throw validationError('AlarmNames and AlarmNamePrefix are mutually exclusive');
  }
  const types = readWords(input, 'AlarmTypes', alarmTypes, validationError);
  // Without types, only metric alarms; names and relatives are found whatever their type.
  const wanted = types.length > 0 ? types : related === undefined ? ['MetricAlarm'] : ['MetricAlarm', 'CompositeAlarm'];
  const [state, action] = [readState(input), readString(input, 'ActionPrefix')];
  const { records } = context.alarms.store;
  const found = (related ?? allOf(context)).filter((stored) => {
    const { name, input: own } = stored.alarm;
    const actions = [own.OKActions, own.AlarmActions, own.InsufficientDataActions].flatMap((list) => list ?? []);
    return (
      wanted.includes(typeOf(stored)) &&
      (names.length === 0 || names.includes(name)) &&
      name.startsWith(prefix ?? '') &&
      (state === undefined || (records.get(name)?.state.value ?? 'INSUFFICIENT_DATA') === state) &&
      (action === undefined || actions.some((arn) => arn.startsWith(action)))
    );
  });
  const { page, next } = pageOf(found, input);
  return { ...renderAll(context, page), LogAlarms: [], ...next };
};

const describeForMetric = (context: AlarmsContext, input: Input) => {
  const dimensions = new Map(readDimensions(input).map(({ Name, Value }) => [Name ?? '', Value ?? '']));
  const [name, namespace] = [readString(input, 'MetricName'), readString(input, 'Namespace')];
  if (name === undefined || namespace === undefined) throw validationError('MetricName and Namespace are required');
  const stat = readString(input, 'Statistic') ?? readString(input, 'ExtendedStatistic');
  const [period, unit] = [readInteger(input, 'Period'), readString(input, 'Unit')];
  const found = allOf(context).filter(({ alarm }) => {
    if (alarm.kind !== 'metric' || alarm.watched.kind !== 'metric') return false;
    const { metric, stat: own, unit: ownUnit } = alarm.watched;
    const pairs = Object.entries(metric.dimensions);
    return (
      metric.name === name &&
      metric.namespace === namespace &&
      pairs.length === dimensions.size &&
      pairs.every(([key, value]) => dimensions.get(key) === value) &&
      (stat === undefined || own === stat) &&
      (period === undefined || alarm.periodSeconds === period) &&
      (unit === undefined || ownUnit === unit)
    );
  });
  return { MetricAlarms: renderAll(context, found).MetricAlarms };
};

const describeHistory = (context: AlarmsContext, input: Input) => {
  const name = readString(input, 'AlarmName');
  const type = readWord(input, 'HistoryItemType', historyTypes, validationError);
  const contributorId = readString(input, 'AlarmContributorId');
  const types = readWords(input, 'AlarmTypes', alarmTypes, validationError);
  const wanted = types.length > 0 ? types : ['MetricAlarm'];
  const [start = Number.NEGATIVE_INFINITY, end = Number.POSITIVE_INFINITY] = [
    readTimestamp(input, 'StartDate'),
    readTimestamp(input, 'EndDate'),
  ];
  const ascending = readWord(input, 'ScanBy', orders, validationError) === 'TimestampAscending';
  const found = context.alarms.store.history.filter(
    (item) =>
      (name === undefined ? wanted.includes(item.alarmType) : item.alarm === name) &&
      (type === undefined || item.type === type) &&
      (contributorId === undefined || item.contributor?.id === contributorId) &&
      item.at * 1000 >= start &&
      item.at * 1000 <= end,
  );
  const { page, next } = pageOf(ascending ? found : found.toReversed(), input);
  return {
    AlarmHistoryItems: page.map(renderHistoryItem),
    ...next,
  };
};

const renderHistoryItem = ({ alarm, alarmType, at, type, summary, data, contributor }: HistoryItem) => ({
  AlarmName: alarm,
  ...(contributor !== undefined && {
    AlarmContributorId: contributor.id,
    AlarmContributorAttributes: new Map(Object.entries(contributor.attributes)),
  }),
  AlarmType: alarmType,
  Timestamp: new Date(Math.round(at * 1000)),
  HistoryItemType: type,
  HistorySummary: summary,
  HistoryData: data,
});

export const describeOperations: Readonly<Record<string, AlarmsOperation>> = {
  DescribeAlarms: describeAlarms,
  DescribeAlarmsForMetric: describeForMetric,
  DescribeAlarmHistory: describeHistory,
};
