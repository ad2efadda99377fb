import type { MetricDatum } from '@voice-campaign/cloudwatch-engine';
import { type CompiledPattern, compilePattern } from './compile-pattern.ts';
import type { LogGroup, LogGroupsState, MetricFilter, MetricTransformation } from './log-groups.ts';
import type { StoredLogEvent } from './log-store.ts';

export type MetricFilters = {
  /** The samples that a log event makes. */
  readonly take: (event: StoredLogEvent) => readonly MetricDatum[];
  /** Default values of filters that matched nothing since the last call, though events came. */
  readonly takeDefaults: (timestamp: number) => readonly MetricDatum[];
};

/** Runs the metric filters of log groups on the events that come. */
export const createMetricFilters = ({ groups }: LogGroupsState): MetricFilters => {
  const compiled = new WeakMap<MetricFilter, CompiledPattern>();
  const patternOf = (filter: MetricFilter): CompiledPattern => {
    const pattern = compiled.get(filter) ?? compilePattern(filter.pattern);
    compiled.set(filter, pattern);
    return pattern;
  };
  let withEvents = new Set<string>();
  let withMatches = new Set<string>();
  return {
    take: (event) => {
      const group = groups.get(event.logGroup);
      if (group === undefined) return [];
      withEvents.add(group.name);
      return Object.values(group.metricFilters).flatMap((filter) => {
        const pattern = patternOf(filter);
        const match = pattern.ok ? pattern.match(event.message) : undefined;
        if (match === undefined) return [];
        withMatches.add(keyOf(group, filter));
        return filter.transformations.flatMap((each) => datumOf(each, match.valueOf, event.timestamp) ?? []);
      });
    },
    takeDefaults: (timestamp) => {
      const [groupsWithEvents, matched] = [withEvents, withMatches];
      withEvents = new Set();
      withMatches = new Set();
      const quiet = [...groupsWithEvents].flatMap((name) => {
        const group = groups.get(name);
        const filters = group === undefined ? [] : Object.values(group.metricFilters);
        return filters.filter((filter) => group !== undefined && !matched.has(keyOf(group, filter)));
      });
      return quiet.flatMap(({ transformations }) =>
        transformations.flatMap((each) =>
          each.defaultValue === undefined ? [] : [sampleOf(each, {}, each.defaultValue, timestamp)],
        ),
      );
    },
  };
};

const keyOf = ({ name }: LogGroup, filter: MetricFilter): string => `${name}:${filter.name}`;

const sampleOf = (
  { namespace, name, unit }: MetricTransformation,
  dimensions: Readonly<Record<string, string>>,
  value: number,
  timestamp: number,
): MetricDatum => ({ namespace, name, dimensions, unit, resolution: 60, timestamp, values: [value] });

/** No sample where the value's field is missing or no number; a dimension whose field is missing is left out. */
const datumOf = (
  transformation: MetricTransformation,
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
  return sampleOf(transformation, Object.fromEntries(dimensions), value, timestamp);
};
