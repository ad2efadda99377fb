import type { Contract, MetricDefinition } from '@voice-campaign/metrics-schema';
import type { Report } from './process-issue.ts';

export type DimensionSet = readonly (readonly [name: string, value: string])[];

/** API reference, Dimension: 1 to 1024 ASCII characters, not blank, not a colon first. */
const DIMENSION_VALUE = /^(?!:)(?=.*[!-~])[ -~]{1,1024}$/;

/**
 * Finds the series of a sample: one for each declared dimension set. A set is left out where one of its values is not
 * declared, is refused by CloudWatch, or is one too many for this process (`maxValues`); where no set is left, the
 * sample keeps its value in the series without dimensions.
 */
export function dimensionSets(
  contract: Contract,
  report: Report,
): (name: string, metric: MetricDefinition, values: unknown) => readonly DimensionSet[] {
  const seen = new Map<string, Set<string>>();

  function admit(metric: string, dimension: string, value: unknown): string | undefined {
    const declared = contract.dimensions[dimension];
    if (typeof value !== 'string' || !DIMENSION_VALUE.test(value) || !declared) {
      const message = `${metric} has no ${dimension} that CloudWatch takes: give 1 to 1024 ASCII characters`;
      report({ code: 'bad-dimension', metric, dimension, value, message });
      return undefined;
    }
    if ('values' in declared) {
      if (declared.values.includes(value)) return value;
      const message = `${dimension} "${value}" of ${metric} is not declared: it is one of ${declared.values.join(', ')}`;
      report({ code: 'bad-dimension', metric, dimension, value, message });
      return undefined;
    }
    const known = seen.get(dimension) ?? new Set();
    seen.set(dimension, known);
    if (known.has(value)) return value;
    const limit = declared.maxValues;
    if (known.size < limit) {
      known.add(value);
      return value;
    }
    const message = `${dimension} has more than ${limit} values: the others have no series of their own, raise maxValues to pay for them`;
    report({ code: 'too-many-values', dimension, limit, message });
    return undefined;
  }

  return (name, { dimensions = [[]] }, values) => {
    const sets: DimensionSet[] = [];
    for (const keys of dimensions) {
      const set = keys.map((key) => [key, admit(name, key, memberOf(values, key))] as const);
      if (set.every((pair): pair is readonly [string, string] => pair[1] !== undefined)) sets.push(set);
    }
    return sets.length > 0 ? sets : [[]];
  };
}

function memberOf(values: unknown, key: string): unknown {
  return typeof values === 'object' && values ? (values as Readonly<Record<string, unknown>>)[key] : undefined;
}
