import {
  type AlarmHistoryItem,
  type CompositeAlarm,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { type Alarm, validateAlarm } from '@voice-campaign/cloudwatch-engine/alarms';
import type { AlarmDetail, AlarmView } from '../../protocol/alarm-view.ts';
import type { TimeRange } from '../../protocol/widget-series.ts';
import { seriesOfAnswer } from '../../view/widget-series.ts';
import { alarmQueries, alarmViewOf, changeIn } from '../alarm-view-of.ts';
import type { AwsMetrics } from './metrics/aws-metrics.ts';
import type { CostLedger } from './polling-cost.ts';
import { remembered } from './remembered.ts';
import { type AwsClients, allPages, asked } from './send.ts';

/** How old alarms may be. */
const ALARM_SECONDS = 10;

type Described = { readonly view: AlarmView; readonly alarm?: Alarm };

export type AwsAlarms = {
  readonly list: () => Promise<readonly AlarmView[]>;
  readonly detail: (name: string, range: TimeRange) => Promise<AlarmDetail | undefined>;
};

/** The alarms of an account. */
export function awsAlarms(
  { cloudWatch }: AwsClients,
  { metrics, ledger, now }: { readonly metrics: AwsMetrics; readonly ledger: CostLedger; readonly now: () => number },
): AwsAlarms {
  const keep = remembered({ seconds: ALARM_SECONDS, now });
  const all = (): Promise<readonly Described[]> =>
    keep('alarms', async () => {
      const pages = await asked('DescribeAlarms', () =>
        allPages((NextToken) => {
          ledger.add('request', 1);
          const AlarmTypes = ['MetricAlarm' as const, 'CompositeAlarm' as const];
          return cloudWatch.send(
            new DescribeAlarmsCommand({ AlarmTypes, ...(NextToken !== undefined && { NextToken }) }),
          );
        }),
      );
      const alarms = pages.flatMap(({ MetricAlarms = [], CompositeAlarms = [] }) => [
        ...MetricAlarms,
        ...CompositeAlarms,
      ]);
      return alarms.map(described).sort((one, other) => (one.view.name < other.view.name ? -1 : 1));
    });
  const history = (AlarmName: string): Promise<AlarmDetail['history']> =>
    keep(`history ${AlarmName}`, () =>
      asked('DescribeAlarmHistory', async () => {
        ledger.add('request', 1);
        const asking = { AlarmName, MaxRecords: 100, ScanBy: 'TimestampDescending' as const };
        const { AlarmHistoryItems = [] } = await cloudWatch.send(new DescribeAlarmHistoryCommand(asking));
        return AlarmHistoryItems.map(historyItem);
      }),
    );
  return {
    list: async () => (await all()).map(({ view }) => view),
    detail: async (name, range) => {
      const found = (await all()).find(({ view }) => view.name === name);
      if (!found) return undefined;
      const common = { alarm: found.view, history: await history(name), range };
      if (found.alarm?.kind !== 'metric') return { ...common, series: [] };
      const queries = alarmQueries(found.alarm);
      const answer = await metrics.answer({ queries, range, fromStart: false });
      return { ...common, series: seriesOfAnswer(answer, queries, []) };
    },
  };
}

/** What DescribeAlarms gives beside what PutMetricAlarm takes is left alone; what it leaves empty was not given. */
function described(found: MetricAlarm | CompositeAlarm): Described {
  const given = Object.entries(found).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  const read = validateAlarm(Object.fromEntries(given));
  const { AlarmArn = '', StateValue: value = 'INSUFFICIENT_DATA', StateReason: reason = '' } = found;
  const { StateTransitionedTimestamp, StateUpdatedTimestamp } = found;
  const transitionedAt = (StateTransitionedTimestamp ?? StateUpdatedTimestamp ?? new Date(0)).getTime() / 1000;
  const state = { value, reason, transitionedAt };
  if (read.ok) return { view: alarmViewOf(read.alarm, state, AlarmArn), alarm: read.alarm };
  return { view: unreadView(found, state, read.issues[0].message) };
}

/** An alarm of a kind that this page cannot evaluate still has a state. */
function unreadView(
  found: MetricAlarm | CompositeAlarm,
  { value, reason, transitionedAt }: Parameters<typeof alarmViewOf>[1],
  why: string,
): AlarmView {
  const { AlarmName: name = '', AlarmArn: arn = '', AlarmDescription: description } = found;
  const actions = [
    ...(found.AlarmActions ?? []).map((action) => ({ on: 'ALARM' as const, arn: action })),
    ...(found.OKActions ?? []).map((action) => ({ on: 'OK' as const, arn: action })),
    ...(found.InsufficientDataActions ?? []).map((action) => ({ on: 'INSUFFICIENT_DATA' as const, arn: action })),
  ];
  const common = {
    ...{ name, arn, state: value, since: transitionedAt, reason, actions },
    actionsEnabled: found.ActionsEnabled ?? true,
    ...(description !== undefined && { description }),
  };
  return { ...common, kind: 'metric', condition: `not drawn here: ${why}`, firing: 'above' };
}

function historyItem({
  Timestamp,
  HistoryItemType = 'StateUpdate',
  HistorySummary = '',
  HistoryData = '',
}: AlarmHistoryItem): AlarmDetail['history'][number] {
  const at = (Timestamp ?? new Date(0)).getTime() / 1000;
  return { at, kind: HistoryItemType, summary: HistorySummary, ...changeIn(HistoryData) };
}
