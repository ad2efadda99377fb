import type { Unit } from '@voice-campaign/metrics-schema';
import type { Metric } from './metric.ts';
import type { Points } from './points.ts';

/**
 * Where periods begin: at their multiples since 1970, at the `start` of a request once it is rounded down as CloudWatch
 * does, or at `exactly` that second: the window of an alarm slides.
 */
export type Alignment = 'epoch' | 'start' | 'exactly';

/** A question to a metric: one statistic over periods. `start` inclusive and `end` exclusive, seconds since 1970. */
export type StatQuery = {
  readonly metric: Metric;
  /** `Sum`, `Average`, `p99.9`, `TM(10%:90%)`, `PR(:300)`…: CloudWatch's own spelling (user guide, Statistics definitions). */
  readonly stat: string;
  readonly periodSeconds: number;
  /** Only samples of this unit; without it, those of one of the units there are (`units`). */
  readonly unit?: Unit;
  readonly start: number;
  readonly end: number;
  /** Default `epoch`. */
  readonly alignment?: Alignment;
};

/** Everything that evaluation reads metrics through: a store in memory, recorded answers, or series of a test. */
export type MetricSource = {
  points(query: StatQuery): Points;
  /** The units of the metric's samples in a query's time; the first is that which `points` is of when none is asked for. */
  units?(query: StatQuery): readonly Unit[];
  /** The metrics that exist, in the order of their first sample; with `since`, only those with a sample at or after it. */
  metrics(filter?: { readonly namespace?: string; readonly name?: string; readonly since?: number }): Iterable<Metric>;
};
