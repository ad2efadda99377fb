import type { EmittedSet } from './emitted.ts';
import type { Finding } from './finding.ts';
import type { Read } from './reads/series-read.ts';

/** Statistics of a sum, and what reads a level. */
const sums = /^(Sum|SampleCount)$/;
const levels = /^(Average|Maximum|Minimum)$/;
const shapes = /^(p\d|tm|tc|ts|wm|pr|iqm)/i;

/** A sum of levels depends on how often they were sampled; an average of counts is one of batches, not of things. */
export const checkStatistic = (
  { at, statistic }: Read,
  { namespace, metric, unit, kind }: EmittedSet,
  sensible?: readonly string[],
): readonly Finding[] => {
  const wrong = (why: string): readonly Finding[] => [
    {
      code: 'statistic',
      severity: 'error',
      at,
      message: `${statistic} of ${namespace} ${metric} makes no sense: ${why}`,
    },
  ];
  if (sensible !== undefined) {
    const isShape = shapes.test(statistic) && sensible.some((each) => shapes.test(each));
    return isShape || sensible.includes(statistic) ? [] : wrong(`read ${sensible.join(', ')}`);
  }
  if (kind === 'gauge' && !levels.test(statistic)) {
    return wrong('it is a level, and its sum grows with how often it is sampled: read Maximum, Minimum or Average');
  }
  if (kind === 'counter' && !sums.test(statistic)) {
    return wrong('it is counted, a sample being as many as one line holds: read Sum');
  }
  if (unit === 'Percent' && statistic === 'Sum') return wrong('percentages add up to nothing: read Average');
  return [];
};
