import type { Contract, EmitterName } from '@voice-campaign/metrics-schema';
import type { Metrics } from '../tools.ts';
import type { Accumulator } from './accumulate.ts';
import { type Call, findMetric, readValue } from './check-sample.ts';
import { dimensionSets } from './dimension-sets.ts';
import type { ProcessIssue, Report } from './process-issue.ts';

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
  const setsOf = dimensionSets(contract, report);
  let closed = false;

  function sample(call: Call, name: string, given: unknown, dimensions: unknown): void {
    if (closed) {
      report({ code: 'closed', metric: name, message: `${name} was emitted after close: it is dropped` });
      return;
    }
    const metric = findMetric(contract, emitter, name, call, report);
    const value = metric && readValue(metric, name, given, report);
    if (!metric || value === undefined) return;
    const at = now();
    for (const set of setsOf(name, metric, dimensions)) {
      if (samples.add({ name, metric, value, dimensions: set, at })) continue;
      report({
        code: 'bad-value',
        metric: name,
        value,
        message: `the sum of ${name} would exceed 2^360: it is dropped`,
      });
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

/** One report for each code, metric and dimension: a wrong line of code is met many times a second. */
function onceEach(report: Report): Report {
  const told = new Set<string>();
  return (issue: ProcessIssue) => {
    const subject = [issue.code, 'metric' in issue && issue.metric, 'dimension' in issue && issue.dimension].join(' ');
    if (told.has(subject)) return;
    told.add(subject);
    report(issue);
  };
}
