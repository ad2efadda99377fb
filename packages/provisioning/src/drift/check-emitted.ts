import { prices } from '../cost/prices.ts';
import type { EmittedSet } from './emitted.ts';
import { bySet, type Finding } from './finding.ts';
import { takes } from './matches.ts';
import type { Read } from './reads/series-read.ts';

const defaultBudget = 100;

/** What of the emitted nobody reads, reads too coarsely, or opens too many series. */
export const checkEmitted = (
  emitted: readonly EmittedSet[],
  reads: readonly Read[],
  budget = defaultBudget,
): readonly Finding[] => [
  ...emitted.flatMap((set) =>
    readingOf(
      set,
      reads.filter((read) => takes(read, set)),
    ),
  ),
  ...twoUnits(emitted),
  ...overBudget(emitted, budget),
];

const readingOf = (set: EmittedSet, readers: readonly Read[]): readonly Finding[] => {
  const { namespace, metric, keys, series, resolution, isOverflow, emitters } = set;
  const at = { kind: 'emitted', namespace, metric, dimensions: keys } as const;
  if (readers.length === 0 && isOverflow === true) {
    const message = `past maxValues, samples of ${metric} go to its series without dimensions, which no widget and no alarm reads`;
    return [{ code: 'unread', severity: 'note', at, message }];
  }
  if (readers.length === 0) {
    const message =
      `no widget and no alarm reads ${metric}${bySet(keys)}${emitters === undefined ? '' : ` of ${emitters.join(', ')}`}: ${counted(series)}, ${dollars(series)} a month at the first ` +
      `tier’s price. Read it, or ${keys.length > 0 ? 'drop the dimension set' : 'make it a property, which logs can still be searched for'}`;
    return [{ code: 'unread', severity: 'warning', at, message }];
  }
  if (resolution === 1 && readers.every(({ periodSeconds }) => periodSeconds >= 60)) {
    const message = `${metric} is stored by the second, and read by the minute or coarser: a resolution of 60 would do`;
    return [{ code: 'resolution', severity: 'note', at, message }];
  }
  return [];
};

const counted = (series: number): string => (series === 1 ? 'one custom metric' : `up to ${series} custom metrics`);

const dollars = (series: number): string => `$${(series * prices.customMetric.tiers[0].each).toFixed(2)}`;

const twoUnits = (emitted: readonly EmittedSet[]): readonly Finding[] => {
  const units = new Map<string, EmittedSet>();
  return emitted.flatMap((set) => {
    const { namespace, metric, keys, unit } = set;
    const key = JSON.stringify([namespace, metric, keys]);
    const first = units.get(key);
    if (first === undefined) units.set(key, set);
    if (first === undefined || first.unit === unit) return [];
    const at = { kind: 'emitted', namespace, metric, dimensions: keys } as const;
    const message = `${metric} is emitted in ${first.unit} and in ${unit}, which statistics mix up or drop: emit it in one of them`;
    return [{ code: 'unit' as const, severity: 'error' as const, at, message }];
  });
};

const overBudget = (emitted: readonly EmittedSet[], budget: number): readonly Finding[] =>
  emitted
    .filter(({ series }) => series > budget)
    .map(({ namespace, metric, keys, series }) => ({
      code: 'cardinality',
      severity: 'error',
      at: { kind: 'emitted', namespace, metric, dimensions: keys },
      message: `${metric}${bySet(keys)} may open ${series} custom metrics, the budget is ${budget}: make one of its dimensions a property, or lower its maxValues`,
    }));
