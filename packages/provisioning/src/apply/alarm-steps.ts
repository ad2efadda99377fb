import {
  type CompositeAlarm,
  DescribeAlarmsCommand,
  ListTagsForResourceCommand,
  type MetricAlarm,
  PutCompositeAlarmCommand,
  type PutCompositeAlarmCommandInput,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { arnIn } from '../plan/expand-notifications.ts';
import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import type { Clients } from './clients.ts';
import { covers } from './covers.ts';
import { done, type Outcome, type Step, unchanged } from './outcome.ts';

type Found = MetricAlarm | CompositeAlarm;

/** Alarms, then composite alarms: those can only be made of alarms that are there. */
export const alarmSteps = (plan: MonitoringPlan, { cloudWatch }: Clients): readonly Step[] => {
  const tags = Object.entries(plan.tags).map(([Key, Value]) => ({ Key, Value }));
  const put = async (
    AlarmName: string,
    wanted: object,
    send: (input: { readonly Tags?: { Key: string; Value: string }[] }) => Promise<unknown>,
  ): Promise<Outcome> => {
    const found = await findAlarm(cloudWatch, AlarmName);
    const arn = arnIn(plan, 'cloudwatch', `alarm:${AlarmName}`);
    const isSame = found !== undefined && covers(found, wanted);
    const isTagged = tags.length === 0 || (found !== undefined && (await hasTags(cloudWatch, arn, tags)));
    if (isSame && isTagged) return unchanged;
    if (!isSame) await send(found === undefined && tags.length > 0 ? { Tags: tags } : {});
    // Tags of an alarm that exists are not taken from PutMetricAlarm.
    if (found !== undefined && !isTagged) await cloudWatch(new TagResourceCommand({ ResourceARN: arn, Tags: tags }));
    return done(found !== undefined);
  };
  return [
    ...plan.metricAlarms.map(
      (alarm): Step => ({
        type: 'AWS::CloudWatch::Alarm',
        name: alarm.AlarmName ?? '',
        run: () =>
          put(alarm.AlarmName ?? '', alarm, (more) =>
            cloudWatch(new PutMetricAlarmCommand({ ...(alarm as PutMetricAlarmCommandInput), ...more })),
          ),
      }),
    ),
    ...plan.compositeAlarms.map(
      (alarm): Step => ({
        type: 'AWS::CloudWatch::CompositeAlarm',
        name: alarm.AlarmName ?? '',
        run: () =>
          put(alarm.AlarmName ?? '', alarm, (more) =>
            cloudWatch(new PutCompositeAlarmCommand({ ...(alarm as PutCompositeAlarmCommandInput), ...more })),
          ),
      }),
    ),
  ];
};

const findAlarm = async (cloudWatch: Clients['cloudWatch'], name: string): Promise<Found | undefined> => {
  const AlarmTypes = ['MetricAlarm', 'CompositeAlarm'] as const;
  const found = await cloudWatch(new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: [...AlarmTypes] }));
  return found.MetricAlarms?.[0] ?? found.CompositeAlarms?.[0];
};

const hasTags = async (
  cloudWatch: Clients['cloudWatch'],
  ResourceARN: string,
  tags: readonly { readonly Key: string; readonly Value: string }[],
): Promise<boolean> => {
  const { Tags = [] } = await cloudWatch(new ListTagsForResourceCommand({ ResourceARN }));
  return tags.every(({ Key, Value }) => Tags.some((tag) => tag.Key === Key && tag.Value === Value));
};
