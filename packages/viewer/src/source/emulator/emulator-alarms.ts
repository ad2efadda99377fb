import {
  childrenOf,
  type MetricAlarm,
  printAlarmRule,
  type StateValue,
} from '@voice-campaign/cloudwatch-engine/alarms';
import type { WidgetQuery } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { AlarmStatus, Emulator, Mail } from '@voice-campaign/emulator';
import type { AlarmDetail, AlarmView, Mailbox } from '../../protocol/alarm-view.ts';

type Identity = { readonly region: string; readonly accountId: string };

const OPERATORS = {
  GreaterThanOrEqualToThreshold: ['≥', 'above'],
  GreaterThanThreshold: ['>', 'above'],
  LessThanThreshold: ['<', 'below'],
  LessThanOrEqualToThreshold: ['≤', 'below'],
  LessThanLowerOrGreaterThanUpperThreshold: ['outside of', 'outside'],
  LessThanLowerThreshold: ['below', 'below'],
  GreaterThanUpperThreshold: ['above', 'above'],
} as const;

/** An alarm of the emulator as the page shows it. */
export function alarmViewOf({ name, alarm, state }: AlarmStatus, { region, accountId }: Identity): AlarmView {
  const { input } = alarm;
  const on = (state: StateValue, arns: readonly string[] = []) => arns.map((arn) => ({ on: state, arn }));
  const common = {
    name,
    arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`,
    ...(input.AlarmDescription !== undefined && { description: input.AlarmDescription }),
    state: state.value,
    since: state.transitionedAt,
    reason: state.reason,
    actionsEnabled: input.ActionsEnabled ?? true,
    actions: [
      ...on('ALARM', input.AlarmActions),
      ...on('OK', input.OKActions),
      ...on('INSUFFICIENT_DATA', input.InsufficientDataActions),
    ],
  };
  if (alarm.kind === 'composite') {
    const { rule } = alarm;
    return { ...common, kind: 'composite', ruleText: printAlarmRule(rule), rule, children: childrenOf(rule) };
  }
  const [, firing] = OPERATORS[alarm.operator];
  const threshold = firing === 'outside' || bandOf(alarm) ? {} : { threshold: alarm.threshold };
  return { ...common, kind: 'metric', condition: conditionOf(alarm), ...threshold, firing };
}

const bandOf = ({ watched }: MetricAlarm): string | undefined => (watched.kind === 'math' ? watched.band : undefined);

/** As the console writes it: `TotalCalls Sum < 5 for 2 datapoints within 3 minutes`. */
function conditionOf(alarm: MetricAlarm): string {
  const { watched, operator, threshold, datapointsToAlarm, evaluationPeriods, periodSeconds } = alarm;
  const label = watched.kind === 'metric' ? `${watched.metric.name} ${watched.stat}` : labelOf(watched);
  const bound = bandOf(alarm) === undefined ? String(threshold) : 'the band';
  const seconds = evaluationPeriods * periodSeconds;
  const within = seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
  return `${label} ${OPERATORS[operator][0]} ${bound} for ${datapointsToAlarm} of ${evaluationPeriods} datapoints within ${within}`;
}

function labelOf({ queries, id }: Exclude<MetricAlarm['watched'], { readonly kind: 'metric' }>): string {
  const query = queries.find(({ Id }) => Id === id);
  return query?.Label ?? query?.Expression ?? id;
}

/** What to ask for, to draw what a metric alarm watches. */
export function alarmQueries({ watched, periodSeconds }: MetricAlarm): readonly WidgetQuery[] {
  if (watched.kind === 'metric') {
    const { namespace, name, dimensions } = watched.metric;
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    const Metric = { Namespace: namespace, MetricName: name, Dimensions };
    return [{ Id: 'm1', ReturnData: true, MetricStat: { Metric, Period: periodSeconds, Stat: watched.stat } }];
  }
  // An alarm's queries have the members of a widget's: both are MetricDataQuery.
  return watched.queries as readonly WidgetQuery[];
}

type Item = AlarmDetail['history'][number];

/** Newest first. */
export const historyOf = ({ history }: AlarmStatus): readonly Item[] =>
  history.toReversed().map(({ at, type, summary, data }): Item => ({ at, kind: type, summary, ...changeIn(data) }));

function changeIn(data: string): Partial<Pick<Item, 'from' | 'to' | 'reason'>> {
  const { oldState, newState } = JSON.parse(data) as {
    readonly oldState?: { readonly stateValue: StateValue };
    readonly newState?: { readonly stateValue: StateValue; readonly stateReason: string };
  };
  if (!oldState || !newState) return {};
  return { from: oldState.stateValue, to: newState.stateValue, reason: newState.stateReason };
}

/** What SNS sent, newest first. */
export const mailboxOf = (emulator: Emulator): Mailbox => ({ mails: emulator.mailbox().map(mailView).toReversed() });

function mailView(mail: Mail, index: number): Mailbox['mails'][number] {
  const { at, protocol, to, topicArn, messageId, subject = '', message } = mail;
  const alarm = /^(?:ALARM|OK|INSUFFICIENT_DATA): "(.+)" in /.exec(subject)?.[1];
  const topic = topicArn.split(':').at(-1) ?? topicArn;
  const common = { id: `${messageId}/${index}`, at: at / 1000, protocol, to, topic, subject, message };
  return alarm === undefined ? common : { ...common, alarm };
}
