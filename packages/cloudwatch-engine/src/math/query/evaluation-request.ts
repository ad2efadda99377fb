import type { MetricSource } from '../../series/metric-source.ts';
import type { OutsideData } from '../evaluate/environment.ts';
import type { TimeRange } from '../values/grid.ts';

/** What a plan is evaluated on. */
export type EvaluationRequest = {
  readonly range: TimeRange;
  readonly source: MetricSource;
  readonly outside: OutsideData;
};
