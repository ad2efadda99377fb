import type { Contract } from '@voice-campaign/metrics-schema';
import { awsMetricOf } from '../monitoring/aws-metrics.ts';
import type { AwsReading, CustomReading, WidgetReading } from '../monitoring/readings.ts';
import type { SeriesTemplate } from './document.ts';

/** One series that a reading names. */
export const seriesOf = (reading: CustomReading | AwsReading): SeriesTemplate => {
  const { metric: metricName, statistic } = reading;
  if (reading.kind === 'metric') {
    return { namespace: '{{namespace}}', metricName, dimensions: reading.dimensions, statistic };
  }
  const dimensions = awsMetricOf(reading.namespace, metricName)?.dimensions ?? {};
  return { namespace: reading.namespace, metricName, dimensions, statistic };
};

export type MathTemplate = {
  readonly expression: string;
  readonly label: string;
  readonly of: Readonly<Record<string, SeriesTemplate>>;
};

/**
 * Below its guard a rate has no value: `IF` without a third argument drops the point (user guide, IF). Without a guard
 * nothing is divided by 0, of which every widget would warn that points were dropped: both sides have the points alone
 * at which there is something to be a part of.
 */
export const mathOf = (
  contract: Contract,
  reads: Extract<WidgetReading, { kind: 'rate' | 'unguarded-rate' | 'math' }>,
): MathTemplate => {
  if (reads.kind === 'math') {
    const of = Object.entries(reads.of).map(([id, each]) => [id, seriesOf(each)] as const);
    return { expression: reads.expression, label: reads.expression, of: Object.fromEntries(of) };
  }
  const rate = contract.rates[reads.rate];
  const counter = (metric = ''): SeriesTemplate =>
    seriesOf({ kind: 'metric', metric, statistic: 'Sum', dimensions: {} });
  const part = rate?.scale === 'percent' ? '100 * part' : 'part';
  return {
    expression:
      reads.kind === 'rate'
        ? `IF(whole >= ${reads.atLeast}, ${part} / whole)`
        : `IF(whole > 0, ${part}) / IF(whole > 0, whole)`,
    label: rate?.description ?? reads.rate,
    of: { part: counter(rate?.numerator), whole: counter(rate?.denominator) },
  };
};
