import type { WidgetQuery } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { TimeRange } from '../protocol/widget-series.ts';

/** The queries of one widget, or of one alarm. */
export type MetricQuestion = {
  readonly queries: readonly WidgetQuery[];
  readonly range: TimeRange;
  /** Periods begin at the start of the range, as those of one value over all of it do. */
  readonly fromStart: boolean;
};

export type MetricResult = {
  /** Of the query. A query may have many results, or none. */
  readonly id: string;
  readonly label: string;
  readonly unit?: string;
  readonly timestamps: readonly number[];
  readonly values: readonly number[];
};

/** In the order of the queries; `messages` say what is wrong with some of them. */
export type MetricAnswer = { readonly results: readonly MetricResult[]; readonly messages: readonly string[] };
