import type { CompleteMetric, Contract, Quantity } from '@voice-campaign/metrics-schema';
import { withDefaults } from '@voice-campaign/metrics-schema';
import type { Sample } from './samples.ts';

export type SampleCall = 'add' | 'set' | 'record';

/** Values a capped dimension has opened a series for in this process, by dimension. */
export type SeenValues = Map<string, Set<string>>;

export type CheckedSample =
  | {
      readonly ok: true;
      readonly sample: Sample;
      readonly overCap?: { readonly dimension: string; readonly value: string };
    }
  | { readonly ok: false; readonly reason: string };

const KIND_OF = { add: 'counter', set: 'gauge', record: 'distribution' } as const;
/** CloudWatch's range of values (API reference, MetricDatum.Value). */
const LARGEST = 2 ** 360;

/** Checks a sample against the contract, as callers without types may get it wrong. */
export function createSampleCheck(contract: Contract, emitter: string, seen: SeenValues) {
  const metrics = new Map<string, CompleteMetric>(
    (contract.emitters[emitter]?.emits ?? []).flatMap((name) => {
      const metric = contract.metrics[name];
      return metric ? [[name, withDefaults(metric)] as const] : [];
    }),
  );
  return (call: SampleCall, name: string, given: number | Quantity, dimensions: unknown): CheckedSample => {
    const metric = metrics.get(name);
    if (!metric) return refuse(`${name} is not declared as emitted by ${emitter}: add it to its \`emits\``);
    if (metric.kind !== KIND_OF[call])
      return refuse(`${name} is a ${metric.kind}, \`${call}\` is for a ${KIND_OF[call]}`);
    const value = checkedValue(metric, given);
    if (typeof value === 'string') return refuse(`${name}: ${value}`);
    return withDimensions(contract, { name, metric, value }, dimensions ?? {}, seen);
  };
}

function refuse(reason: string): CheckedSample {
  return { ok: false, reason };
}

function checkedValue(metric: CompleteMetric, given: number | Quantity): number | string {
  if (typeof given === 'object' && given !== null && given.unit !== metric.unit)
    return `a quantity in ${given.unit} cannot be a value in ${metric.unit}`;
  const value: unknown = typeof given === 'object' && given !== null ? given.value : given;
  if (typeof value !== 'number' || !Number.isFinite(value)) return `${String(value)} is not a finite number`;
  if (Math.abs(value) > LARGEST) return `${value} is outside -2^360 to 2^360, CloudWatch's range`;
  return value;
}

type Unplaced = { readonly name: string; readonly metric: CompleteMetric; readonly value: number };

function withDimensions(contract: Contract, sample: Unplaced, given: object, seen: SeenValues): CheckedSample {
  const sets = sample.metric.dimensions;
  const dimensions: Record<string, string> = {};
  const over = new Set<string>();
  let overCap: { dimension: string; value: string } | undefined;
  for (const key of new Set(sets.flat())) {
    const value: unknown = Reflect.get(given, key);
    const problem = dimensionProblem(contract, key, value);
    if (problem !== undefined || typeof value !== 'string') return refuse(`${sample.name}: ${problem}`);
    if (opensSeries(contract, key, value, seen)) dimensions[key] = value;
    else {
      over.add(key);
      overCap = { dimension: key, value };
    }
  }
  const unknown = Object.keys(given).find((key) => !sets.some((set) => set.includes(key)));
  if (unknown !== undefined) return refuse(`${sample.name} has no dimension ${unknown}`);
  const kept = over.size === 0 ? sets : sets.filter((set) => !set.some((key) => over.has(key)));
  const dimensionSets = kept.length === 0 ? [[]] : kept;
  return { ok: true, sample: { ...sample, dimensions, dimensionSets }, ...(overCap && { overCap }) };
}

function dimensionProblem(contract: Contract, key: string, value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return `dimension ${key} must be a text that is not empty`;
  if (value.length > 1024) return `dimension ${key} has ${value.length} characters, CloudWatch allows 1024`;
  if (!/^[ -~]+$/.test(value)) return `dimension ${key} must be ASCII: ${JSON.stringify(value.slice(0, 40))}`;
  const declared = contract.dimensions[key];
  if (declared && 'values' in declared && !declared.values.includes(value))
    return `${JSON.stringify(value.slice(0, 40))} is not one of the declared values of ${key}: ${declared.values.join(', ')}`;
  return undefined;
}

function opensSeries(contract: Contract, key: string, value: string, seen: SeenValues): boolean {
  const declared = contract.dimensions[key];
  if (!declared || !('maxValues' in declared)) return true;
  const values = seen.get(key) ?? new Set();
  seen.set(key, values);
  if (!values.has(value) && values.size >= declared.maxValues) return false;
  values.add(value);
  return true;
}
