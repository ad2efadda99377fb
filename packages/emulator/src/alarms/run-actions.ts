import {
  type AlarmIdentity,
  type AlarmNotification,
  actionTaken,
  alarmNotification,
  type HistoryItem,
  lambdaAlarmEvent,
  type Transition,
} from '@voice-campaign/cloudwatch-engine/alarms';
import type { AlarmAction } from './alarm-service.ts';

export type ActionTargets = {
  readonly identity: AlarmIdentity;
  readonly newId: () => string;
  /** Publishes to a topic; says why not, where it cannot. */
  readonly publish: (topicArn: string, notification: AlarmNotification) => string | undefined;
  /** Invokes a function as an event; says why not, where it cannot. */
  readonly invoke: (functionArn: string, event: unknown) => string | undefined;
  readonly warn: (message: string) => void;
};

const serviceOf = (arn: string): string => arn.split(':')[2] ?? '';

/** Runs the actions of a state: topics and functions. Others are told in the log and in the alarm's history. */
export const runActions = (targets: ActionTargets, action: AlarmAction): readonly HistoryItem[] => {
  const { alarm, event, previous, configuredAt } = action;
  const { identity, newId, publish, invoke, warn } = targets;
  const transition: Transition = {
    alarm,
    identity,
    from: { ...previous, value: event.from },
    to: event.state,
    configuredAt,
    ...(event.contributor !== undefined && { contributor: event.contributor }),
    afterMuteWindow: event.afterMuteWindow,
    ...(event.afterSuppression && { afterSuppression: { by: event.afterSuppression.by, at: event.at } }),
  };
  const { contributor } = event;
  return event.actions.map((arn) => {
    switch (serviceOf(arn)) {
      case 'sns': {
        const notification = alarmNotification(transition);
        return actionTaken(alarm, event.at, { arn, contributor, notification, ...failure(publish(arn, notification)) });
      }
      case 'lambda': {
        const failed = failure(invoke(arn, lambdaAlarmEvent(transition, newId)));
        return actionTaken(alarm, event.at, { arn, contributor, ...failed });
      }
      default: {
        const reason = `actions of ${serviceOf(arn) || 'this kind'} are not emulated`;
        warn(`alarm ${alarm.name}: ${arn} did not run: ${reason}`);
        return actionTaken(alarm, event.at, { arn, contributor, failure: reason });
      }
    }
  });
};

const failure = (reason: string | undefined) => (reason === undefined ? {} : { failure: reason });
