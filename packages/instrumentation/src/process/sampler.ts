import type { Contract, EmitterName } from '@voice-campaign/metrics-schema';
import { createSampleCheck, type SampleCall } from '../metrics/check-sample.ts';
import { subjectOf } from '../metrics/sample-issue.ts';
import type { Metrics } from '../tools/tools.ts';
import type { Accumulator } from './accumulate.ts';
import type { Report } from './process-issue.ts';

export type SamplerParts<C extends Contract, E extends EmitterName<C>> = {
  readonly contract: C;
  readonly emitter: E;
  readonly samples: Accumulator;
  readonly now: () => number;
  readonly report: Report;
};

export type Sampler<C extends Contract, E extends EmitterName<C>> = {
  readonly metrics: Omit<Metrics<C, E>, 'property'>;
  /** From here on samples are dropped. */
  close(): void;
};

/** Checks each sample and adds it to the series of its dimension sets; what is wrong is told once and dropped. */
export function createSampler<C extends Contract, E extends EmitterName<C>>(parts: SamplerParts<C, E>): Sampler<C, E> {
  const { contract, emitter, samples, now } = parts;
  const report = onceEach(parts.report);
  const check = createSampleCheck(contract, emitter);
  const checking = { seen: new Map<string, Set<string>>(), report };
  let closed = false;

  function sample(call: SampleCall, name: string, given: unknown, values: unknown): void {
    if (closed) {
      report({ code: 'closed', metric: name, message: `${name} was emitted after close: it is dropped` });
      return;
    }
    const checked = check(checking, call, name, given, values);
    if (!checked) return;
    const { metric, value, dimensionSets, dimensions } = checked;
    const at = now();
    for (const keys of dimensionSets) {
      const set = keys.map((key) => [key, dimensions[key] ?? ''] as const);
      if (samples.add({ name, metric, value, dimensions: set, at })) continue;
      const message = `the sum of ${name} would exceed 2^360: it is dropped`;
      report({ code: 'bad-value', metric: name, value, message });
    }
  }

  return {
    metrics: {
      add: (name, value, ...[dimensions]) => sample('add', name, value, dimensions),
      set: (name, value, ...[dimensions]) => sample('set', name, value, dimensions),
      record: (name, value, ...[dimensions]) => sample('record', name, value, dimensions),
    },
    close() {
      closed = true;
    },
  };
}

function onceEach(report: Report): Report {
  const told = new Set<string>();
  return (issue) => {
    const subject = subjectOf(issue);
    if (told.has(subject)) return;
    told.add(subject);
    report(issue);
  };
}
