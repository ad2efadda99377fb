import { Metrics } from '@aws-lambda-powertools/metrics';
import type { EmfLine } from './pack-lines.ts';

type PowertoolsMetrics = Pick<
  Metrics,
  'addMetric' | 'clearDefaultDimensions' | 'clearMetadata' | 'clearMetrics' | 'serializeMetrics'
>;

/** Renders EMF documents for one namespace through Powertools Metrics, which is filled and emptied in one go. */
export function createLineRenderer(namespace: string): (line: EmfLine, timestamp: number) => string {
  let metrics: PowertoolsMetrics | undefined;
  return (line, timestamp) => {
    metrics ??= openMetrics(namespace);
    const root: Record<string, unknown> = {};
    const directives: unknown[] = [];
    for (const { cells, dimensionSets } of line.directives.values()) {
      for (const { name, metric, values } of cells) {
        for (const value of values) metrics.addMetric(name, metric.unit, value, metric.resolution);
      }
      const { _aws, ...members } = metrics.serializeMetrics();
      metrics.clearMetrics();
      // The sets are exactly the contract's: `[[]]` for a metric without dimensions, never a `service` of a library.
      for (const directive of _aws.CloudWatchMetrics) directives.push({ ...directive, Dimensions: dimensionSets });
      Object.assign(root, members);
    }
    const _aws = { Timestamp: Math.round(timestamp), CloudWatchMetrics: directives };
    return `${JSON.stringify({ _aws, ...line.properties, ...line.dimensions, ...root })}\n`;
  };
}

function openMetrics(namespace: string): PowertoolsMetrics {
  const metrics = new Metrics({ namespace });
  metrics.clearDefaultDimensions();
  return metrics;
}
