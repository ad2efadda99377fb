import type { Contract, runtimeMetrics } from '@voice-campaign/metrics-schema';
import type { SampleCheck } from '../metrics/check-sample.ts';
import { addSample, NO_PROPERTIES, type Samples } from '../metrics/samples.ts';

type RuntimeMetric = keyof ReturnType<typeof runtimeMetrics>['metrics'];

/** What an observer has counted of itself since it last wrote. */
export type Tally = Map<RuntimeMetric, number>;

type Declared = { readonly contract: Contract; readonly emitter: string };

/** A tally where the contract declares metrics by FunctionName for the handler (`runtimeMetrics`), else nothing. */
export function tallyFor({ contract, emitter }: Declared): Tally | undefined {
  const byFunction = (name: string) =>
    contract.metrics[name]?.dimensions?.some((keys) => keys.includes('FunctionName')) ?? false;
  return contract.emitters[emitter]?.emits.some(byFunction) ? new Map() : undefined;
}

export function count(tally: Tally | undefined, metric: RuntimeMetric, value = 1): void {
  tally?.set(metric, (tally.get(metric) ?? 0) + value);
}

/** An issue about a dimension cost the sample that dimension, any other issue about a metric the sample itself. */
export function countIssue(tally: Tally | undefined, issue: object): void {
  if ('dimension' in issue) count(tally, 'TelemetrySamplesSanitized');
  else if ('metric' in issue) count(tally, 'TelemetrySamplesDropped');
}

/**
 * Moves the tally into `samples`, as far as the contract declares these metrics for the handler. A metric of the same
 * name that is the application's own has no FunctionName, and is left alone.
 */
export function takeTally(tally: Tally, check: SampleCheck, FunctionName: string, samples: Samples): void {
  const InitializationType = process.env.AWS_LAMBDA_INITIALIZATION_TYPE || 'on-demand';
  const unheard = { seen: new Map<string, Set<string>>(), report() {} };
  for (const [metric, value] of tally) {
    const sample = check(unheard, 'add', metric, value, { FunctionName, InitializationType });
    if (sample && 'FunctionName' in sample.dimensions) addSample(samples, NO_PROPERTIES, sample);
  }
  tally.clear();
}
