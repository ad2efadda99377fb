import type { MetricDatum } from '@voice-campaign/cloudwatch-engine';
import type { Unit } from '@voice-campaign/metrics-schema';

type Measured = { readonly name: string; readonly unit: Unit; readonly values: readonly number[] };

/** The samples of one service at one instant, once for each dimension set that the service publishes. */
export const serviceData = (
  namespace: string,
  timestamp: number,
  dimensionSets: readonly Readonly<Record<string, string>>[],
  measured: readonly Measured[],
): MetricDatum[] =>
  dimensionSets.flatMap((dimensions) =>
    measured
      .filter(({ values }) => values.length > 0)
      .map(({ name, unit, values }) => ({ namespace, name, dimensions, unit, resolution: 60, timestamp, values })),
  );
