import type { CompleteMetric, Contract } from '@voice-campaign/metrics-schema';
import { withDefaults } from '@voice-campaign/metrics-schema';
import type { SampleIssue } from './sample-issue.ts';
import { MAX_VALUE, type Sample } from './samples.ts';

export type SampleCall = 'add' | 'set' | 'record';

/** Who hears of issues, and the values for which capped dimensions have opened a series in this process. */
export type SampleChecking = {
  readonly seen: Map<string, Set<string>>;
  report(issue: SampleIssue): void;
};

/**
 * Checks a sample against the contract, as callers without types may get it wrong. What has no usable value is
 * dropped. What has a dimension CloudWatch would refuse, that is not declared or that is one too many keeps its value
 * in the dimension sets without it, else in the series without dimensions.
 */
export type SampleCheck = (
  checking: SampleChecking,
  call: SampleCall,
  name: string,
  given: unknown,
  dimensions: unknown,
) => Sample | undefined;

const CALLS = { counter: 'add', gauge: 'set', distribution: 'record' } as const;
/** API reference, Dimension: 1 to 1024 ASCII characters, not blank, not a colon first. */
const DIMENSION_VALUE = /^(?!:)(?=.*[!-~])[ -~]{1,1024}$/;

export function createSampleCheck(contract: Contract, emitter: string): SampleCheck {
  const emitted = new Map<string, { readonly metric: CompleteMetric; readonly keys: readonly string[] }>();
  for (const name of contract.emitters[emitter]?.emits ?? []) {
    const declared = contract.metrics[name];
    if (!declared) continue;
    const metric = withDefaults(declared);
    emitted.set(name, { metric, keys: [...new Set(metric.dimensions.flat())] });
  }
  return (checking, call, name, given, dimensions) => {
    const found = emitted.get(name);
    if (!found) {
      const message = `${emitter} is not declared to emit ${name}: declare it in its \`emits\``;
      checking.report({ code: 'not-emitted', metric: name, message });
      return undefined;
    }
    const { metric, keys } = found;
    const value = readValue(checking, call, name, metric, given);
    if (value === undefined) return undefined;
    const admitted: Record<string, string> = {};
    let whole = true;
    for (const key of keys) {
      const text = admit(checking, contract, name, key, memberOf(dimensions, key));
      if (text === undefined) whole = false;
      else admitted[key] = text;
    }
    const sample = { name, metric, value, dimensions: admitted, dimensionSets: metric.dimensions };
    return whole ? sample : withoutMissing(sample);
  };
}

/** The sample in the sets whose dimensions it has. */
function withoutMissing(sample: Sample): Sample {
  const sets = sample.dimensionSets.filter((set) => set.every((key) => key in sample.dimensions));
  const kept = new Set(sets.flat());
  const dimensions = Object.fromEntries(Object.entries(sample.dimensions).filter(([key]) => kept.has(key)));
  return { ...sample, dimensions, dimensionSets: sets.length > 0 ? sets : [[]] };
}

function readValue(
  { report }: SampleChecking,
  call: SampleCall,
  name: string,
  metric: CompleteMetric,
  given: unknown,
): number | undefined {
  const { kind, unit: expected } = metric;
  if (CALLS[kind] !== call) {
    report({
      code: 'wrong-call',
      metric: name,
      kind,
      call,
      message: `${name} is a ${kind}: use ${CALLS[kind]} in place of ${call}`,
    });
    return undefined;
  }
  let value = given;
  if (typeof given === 'object' && given !== null && 'unit' in given && 'value' in given) {
    const { unit } = given;
    if (unit !== expected) {
      const message = `${name} is in ${expected}, not in ${String(unit)}: convert it`;
      report({ code: 'wrong-unit', metric: name, expected, unit, message });
      return undefined;
    }
    value = given.value;
  }
  if (typeof value === 'number' && Math.abs(value) <= MAX_VALUE) return value;
  const shown = typeof value === 'number' ? value : typeof value;
  const message = `${name} was given ${shown}, which is no number from -2^360 to 2^360: it is dropped`;
  report({ code: 'bad-value', metric: name, value, message });
  return undefined;
}

function admit(
  { seen, report }: SampleChecking,
  contract: Contract,
  metric: string,
  dimension: string,
  value: unknown,
): string | undefined {
  const declared = contract.dimensions[dimension];
  const refuse = (why: string) => {
    const message = `${metric}, ${dimension}: ${why}; it counts without this dimension`;
    report({ code: 'bad-dimension', metric, dimension, value, message });
    return undefined;
  };
  if (!declared) return refuse('it is not declared');
  if (typeof value !== 'string' || !DIMENSION_VALUE.test(value))
    return refuse('CloudWatch takes 1 to 1024 ASCII characters, not blank, no colon first');
  if ('values' in declared) {
    if (declared.values.includes(value)) return value;
    return refuse(`"${value.slice(0, 40)}" is not declared, which ${declared.values.join(', ')} are`);
  }
  const known = seen.get(dimension) ?? new Set();
  seen.set(dimension, known);
  const limit = declared.maxValues;
  if (known.has(value)) return value;
  if (known.size < limit) {
    known.add(value);
    return value;
  }
  const message = `${dimension} has more than ${limit} values: the others have no series of their own, raise maxValues to pay for them`;
  report({ code: 'too-many-values', dimension, limit, message });
  return undefined;
}

function memberOf(values: unknown, key: string): unknown {
  return typeof values === 'object' && values ? (values as Readonly<Record<string, unknown>>)[key] : undefined;
}
