import type { OutsideData } from '@voice-campaign/cloudwatch-engine/math';
import type { Metrics } from '../../metrics/metrics.ts';

/** What the operations that read metrics work on. */
export type MetricReads = {
  readonly metrics: Metrics;
  /** The emulator's time, epoch milliseconds. */
  readonly now: () => number;
  readonly accountId: string;
  readonly region: string;
  /** Contributor Insights rules. */
  readonly outside: OutsideData;
};
