import type { MetricSource } from '@voice-campaign/cloudwatch-engine';

/** How far back a search looks (user guide, SEARCH). */
const SEARCHED_SECONDS = 14 * 86_400;
const SCHEMA = /^\s*\{\s*([^}]*)\}/;
const NAME = /MetricName\s*=\s*"?([\w./:-]+)"?/;
const MOST_VALUES = 500;

/**
 * The values of the dimension `populateFrom` among the metrics of a search such as
 * `{AWS/Lambda,FunctionName} MetricName="Errors"`, in the order of the alphabet.
 */
export function searchValuesOf(
  source: MetricSource,
  search: string,
  populateFrom: string,
  now: number,
): readonly string[] {
  const [namespace, ...dimensions] = (SCHEMA.exec(search)?.[1] ?? '')
    .split(',')
    .map((part) => part.trim().replace(/^"|"$/g, ''));
  const name = NAME.exec(search)?.[1];
  const filter = {
    since: now - SEARCHED_SECONDS,
    ...(namespace && { namespace }),
    ...(name !== undefined && { name }),
  };
  const wanted = new Set(dimensions);
  const values = new Set<string>();
  for (const metric of source.metrics(filter)) {
    const names = Object.keys(metric.dimensions);
    if (wanted.size > 0 && (names.length !== wanted.size || !names.every((one) => wanted.has(one)))) continue;
    const value = populateFrom === 'MetricName' ? metric.name : metric.dimensions[populateFrom];
    if (value !== undefined) values.add(value);
  }
  return [...values].sort().slice(0, MOST_VALUES);
}
