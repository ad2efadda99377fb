import { Metrics } from '@aws-lambda-powertools/metrics';
import { withConsole } from '../sink/with-console.ts';
import type { EmfLine } from './pack-lines.ts';
import type { Cell } from './samples.ts';

type PowertoolsMetrics = Pick<Metrics, 'addMetric' | 'clearDefaultDimensions' | 'clearMetrics' | 'serializeMetrics'>;

/** Bounds what is remembered of directives, should each invocation emit other metrics. */
const MOST_KNOWN = 200;

/** `ids` are properties too, which the line's own may replace; `timestamp` in milliseconds since 1970. */
export type LineRenderer = (
  line: EmfLine,
  timestamp: number,
  ids?: Readonly<Record<string, string | undefined>>,
) => string;

/**
 * Renders EMF documents for one namespace. Powertools Metrics says once for each combination of metrics how they are
 * declared, as that does not change from one invocation to the next; the values are written beside it.
 */
export function createLineRenderer(namespace: string): LineRenderer {
  const known = new Map<string, string>();
  let metrics: PowertoolsMetrics | undefined;

  function declare(cells: readonly Cell[], Dimensions: Cell['dimensionSets']): string {
    metrics ??= openMetrics(namespace);
    for (const { name, metric } of cells) metrics.addMetric(name, metric.unit, 0, metric.resolution);
    const { _aws } = metrics.serializeMetrics();
    metrics.clearMetrics();
    // The sets are exactly the contract's: `[[]]` for a metric without dimensions, never a `service` of a library.
    return _aws.CloudWatchMetrics.map((directive) => JSON.stringify({ ...directive, Dimensions })).join();
  }

  return (line, timestamp, ids) => {
    const root: Record<string, unknown> = { ...ids, ...line.properties, ...line.dimensions };
    const directives: string[] = [];
    for (const [sets, { cells, dimensionSets }] of line.directives) {
      let key = sets;
      for (const { name, metric, values } of cells) {
        key += `\n${name}\n${metric.unit}\n${metric.resolution}`;
        root[name] = values.length === 1 ? values[0] : values;
      }
      const directive = known.get(key) ?? declare(cells, dimensionSets);
      if (known.size < MOST_KNOWN) known.set(key, directive);
      directives.push(directive);
    }
    const head = `{"_aws":{"Timestamp":${Math.round(timestamp)},"CloudWatchMetrics":[${directives}]},`;
    return `${head}${JSON.stringify(root).slice(1)}\n`;
  };
}

function openMetrics(namespace: string): PowertoolsMetrics {
  const metrics = withConsole(Metrics, { namespace }, console);
  metrics.clearDefaultDimensions();
  return metrics;
}
