import type { MetricDatum } from '@voice-campaign/cloudwatch-engine';
import { type CompiledPattern, compilePattern } from './compile-pattern.ts';
import type { LogGroupsState, MetricFilter, MetricTransformation, SystemField } from './log-groups.ts';
import type { StoredLogEvent } from './log-store.ts';

export type MetricFilters = {
  /** The samples that a log event makes. */
  readonly take: (event: StoredLogEvent) => readonly MetricDatum[];
};

/** What an event has besides its message, as a dimension may ask for it. */
export type SystemFields = Readonly<Record<SystemField, string>>;

/** Runs the metric filters of log groups on the events that come. */
export const createMetricFilters = (
  { groups }: LogGroupsState,
  fieldsOf: (event: StoredLogEvent) => SystemFields,
): MetricFilters => {
  const compiled = new WeakMap<MetricFilter, CompiledPattern>();
  const patternOf = (filter: MetricFilter): CompiledPattern => {
    const pattern = compiled.get(filter) ?? compilePattern(filter.pattern);
    compiled.set(filter, pattern);
    return pattern;
  };
  const samplesOf = (filter: MetricFilter, event: StoredLogEvent): readonly MetricDatum[] => {
    const pattern = patternOf(filter);
    const match = pattern.ok ? pattern.match(event.message) : undefined;
    const fields = fieldsOf(event);
    const system = Object.fromEntries((filter.systemDimensions ?? []).map((name) => [name, fields[name]]));
    return filter.transformations.flatMap((each) => {
      if (match !== undefined) return datumOf(each, system, match.valueOf, event.timestamp) ?? [];
      // Observed of AWS: a sample for each event that does not match, not one a minute.
      return each.defaultValue === undefined ? [] : [sampleOf(each, system, each.defaultValue, event.timestamp)];
    });
  };
  return {
    take: (event) => {
      const filters = Object.values(groups.get(event.logGroup)?.metricFilters ?? {});
      return filters.flatMap((filter) => samplesOf(filter, event));
    },
  };
};

const sampleOf = (
  { namespace, name, unit = 'None' }: MetricTransformation,
  dimensions: Readonly<Record<string, string>>,
  value: number,
  timestamp: number,
): MetricDatum => ({ namespace, name, dimensions, unit, resolution: 60, timestamp, values: [value] });

/** No sample where the value's field is missing or no number; a dimension whose field is missing is left out. */
const datumOf = (
  transformation: MetricTransformation,
  system: Readonly<Record<string, string>>,
  fieldOf: (field: string) => string | number | undefined,
  timestamp: number,
): MetricDatum | undefined => {
  const written = transformation.value.startsWith('$') ? fieldOf(transformation.value) : transformation.value;
  const value = typeof written === 'string' && written.trim() === '' ? Number.NaN : Number(written ?? Number.NaN);
  if (!Number.isFinite(value)) return undefined;
  const dimensions = Object.entries(transformation.dimensions ?? {}).flatMap(([name, field]) => {
    const found = fieldOf(field);
    return found === undefined || found === '' ? [] : [[name, String(found)]];
  });
  return sampleOf(transformation, { ...Object.fromEntries(dimensions), ...system }, value, timestamp);
};
