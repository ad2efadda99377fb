import type { Contract, MetricDefinition } from '@voice-campaign/metrics-schema';
import type { Report } from './process-issue.ts';

export type Call = 'add' | 'set' | 'record';

const CALLS = { counter: 'add', gauge: 'set', distribution: 'record' } as const;

/** API reference, MetricDatum: values are between -2^360 and 2^360. */
export const MAX_VALUE = 2 ** 360;

/** The metric of a call, where this emitter may make that call. */
export function findMetric(
  contract: Contract,
  emitter: string,
  name: string,
  call: Call,
  report: Report,
): MetricDefinition | undefined {
  const metric = Object.hasOwn(contract.metrics, name) ? contract.metrics[name] : undefined;
  if (!metric || !contract.emitters[emitter]?.emits.includes(name)) {
    report({ code: 'not-emitted', metric: name, message: `${emitter} is not declared to emit ${name}: declare it` });
    return undefined;
  }
  const { kind } = metric;
  if (CALLS[kind] === call) return metric;
  const message = `${name} is a ${kind}: use ${CALLS[kind]} in place of ${call}`;
  report({ code: 'wrong-call', metric: name, kind, call, message });
  return undefined;
}

/** A number, or a quantity in the metric's unit, as the number CloudWatch takes; nothing where it takes none. */
export function readValue(metric: MetricDefinition, name: string, value: unknown, report: Report): number | undefined {
  let number = value;
  if (typeof value === 'object' && value !== null && 'unit' in value && 'value' in value) {
    const expected = metric.unit;
    if (value.unit !== expected) {
      const message = `${name} is in ${expected}, not in ${String(value.unit)}: convert it`;
      report({ code: 'wrong-unit', metric: name, expected, unit: value.unit, message });
      return undefined;
    }
    number = value.value;
  }
  if (typeof number === 'number' && Math.abs(number) <= MAX_VALUE) return number;
  const message = `${name} was given a ${typeof number} that is no number from -2^360 to 2^360: it is dropped`;
  report({ code: 'bad-value', metric: name, value: number, message });
  return undefined;
}
