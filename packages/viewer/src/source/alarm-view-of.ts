import { metricInput } from '@voice-campaign/cloudwatch-engine';
import {
  type Alarm,
  type AlarmState,
  childrenOf,
  type MetricAlarm,
  printAlarmRule,
  type StateValue,
} from '@voice-campaign/cloudwatch-engine/alarms';
import type { WidgetQuery } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { AlarmDetail, AlarmView } from '../protocol/alarm-view.ts';

type AlarmNow = Pick<AlarmState, 'value' | 'reason' | 'transitionedAt'>;

const OPERATORS = {
  GreaterThanOrEqualToThreshold: ['≥', 'above'],
  GreaterThanThreshold: ['>', 'above'],
  LessThanThreshold: ['<', 'below'],
  LessThanOrEqualToThreshold: ['≤', 'below'],
  LessThanLowerOrGreaterThanUpperThreshold: ['outside of', 'outside'],
  LessThanLowerThreshold: ['below', 'below'],
  GreaterThanUpperThreshold: ['above', 'above'],
} as const;

/** An alarm and its state as the page shows them. */
export function alarmViewOf(alarm: Alarm, state: AlarmNow, arn: string): AlarmView {
  const { input } = alarm;
  const on = (state: StateValue, arns: readonly string[] = []) => arns.map((arn) => ({ on: state, arn }));
  const common = {
    name: alarm.name,
    arn,
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
    const { metric, stat } = watched;
    return [
      { Id: 'm1', ReturnData: true, MetricStat: { Metric: metricInput(metric), Period: periodSeconds, Stat: stat } },
    ];
  }
  // An alarm's queries have the members of a widget's: both are MetricDataQuery.
  return watched.queries as readonly WidgetQuery[];
}

type Item = AlarmDetail['history'][number];

/** What the data of an item of DescribeAlarmHistory say of a change of state; nothing where they say nothing of one. */
export function changeIn(data: string): Partial<Pick<Item, 'from' | 'to' | 'reason'>> {
  const { oldState, newState } = parsed(data);
  if (!oldState || !newState) return {};
  return { from: oldState.stateValue, to: newState.stateValue, reason: newState.stateReason };
}

type Change = {
  readonly oldState?: { readonly stateValue: StateValue };
  readonly newState?: { readonly stateValue: StateValue; readonly stateReason: string };
};

function parsed(data: string): Change {
  try {
    return JSON.parse(data) as Change;
  } catch {
    return {};
  }
}
