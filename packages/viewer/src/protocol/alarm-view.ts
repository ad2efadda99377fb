import type { AlarmRule, StateValue } from '@voice-campaign/cloudwatch-engine/alarms';
import type { TimeRange, WidgetSeries } from './widget-series.ts';

/** An alarm as a list shows it. Instants in seconds since 1970. */
export type AlarmView = {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly state: StateValue;
  readonly since: number;
  readonly reason: string;
  readonly actionsEnabled: boolean;
  readonly actions: readonly { readonly on: StateValue; readonly arn: string }[];
} & (
  | {
      readonly kind: 'metric';
      /** Where it fires, as the console writes it: `answer rate < 20 for 2 datapoints within 3 minutes`. */
      readonly condition: string;
      readonly threshold?: number;
      /** On which side of the threshold it fires; both for a band. */
      readonly firing: 'above' | 'below' | 'outside';
    }
  | {
      readonly kind: 'composite';
      readonly ruleText: string;
      readonly rule?: AlarmRule;
      readonly children: readonly string[];
    }
);

/** `GET /api/alarms`, in the order of names. */
export type AlarmList = { readonly alarms: readonly AlarmView[] };

/** `GET /api/alarms/{name}?start=&end=`: its history newest first, and its metric. */
export type AlarmDetail = {
  readonly alarm: AlarmView;
  readonly history: readonly {
    readonly at: number;
    readonly kind:
      | 'StateUpdate'
      | 'ConfigurationUpdate'
      | 'Action'
      | 'AlarmContributorStateUpdate'
      | 'AlarmContributorAction';
    readonly summary: string;
    readonly from?: StateValue;
    readonly to?: StateValue;
    readonly reason?: string;
  }[];
  readonly range: TimeRange;
  readonly series: readonly WidgetSeries[];
};

/** `GET /api/mailbox`: what SNS sent, newest first. */
export type Mailbox = {
  /** Why nobody can tell what was sent, where that is so. */
  readonly unknown?: string;
  readonly mails: readonly {
    readonly id: string;
    readonly at: number;
    readonly protocol: string;
    readonly to: string;
    readonly topic: string;
    readonly subject: string;
    readonly message: string;
    /** The alarm that it is about, if any. */
    readonly alarm?: string;
  }[];
};
