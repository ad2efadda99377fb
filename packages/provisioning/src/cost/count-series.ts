import type { Contract } from '@voice-campaign/metrics-schema';

/** How many series a contract's emitted metrics have, with so many values of each dimension that declares none. */
export const countSeries = (contract: Contract, values: Readonly<Record<string, number>>): number => {
  const emitted = new Set(Object.values(contract.emitters).flatMap(({ emits }) => emits));
  return [...emitted].reduce((sum, name) => {
    const sets = contract.metrics[name]?.dimensions ?? [[]];
    return sum + sets.reduce((all, set) => all + combinations(contract, set, values), 0);
  }, 0);
};

/** How many series one set of dimensions has: the product of their values. */
export const combinations = (
  { dimensions }: Contract,
  set: readonly string[],
  values: Readonly<Record<string, number>>,
): number =>
  set.reduce((product, name) => {
    const dimension = dimensions[name];
    const declared = dimension !== undefined && 'values' in dimension ? dimension.values?.length : dimension?.maxValues;
    return product * (values[name] ?? declared ?? 1);
  }, 1);
