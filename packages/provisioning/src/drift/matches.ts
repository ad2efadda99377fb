import type { EmittedSet } from './emitted.ts';
import type { InsightsRead, NamedRead, Read } from './reads/series-read.ts';

/** Whether what is wanted takes any of these series. */
export const takes = ({ wanted }: Pick<Read, 'wanted'>, set: EmittedSet): boolean => {
  switch (wanted.kind) {
    case 'series':
      return isNamed(wanted, set) && hasKeys(wanted, set) && strangeValues(wanted, set).length === 0;
    case 'search':
      return candidates(set, wanted.texts).some((dimensions) =>
        wanted.matches({ namespace: set.namespace, name: set.metric, dimensions }),
      );
    case 'insights':
      return isSelected(wanted, set);
  }
};

export const isNamed = ({ namespace, metric }: Pick<NamedRead, 'namespace' | 'metric'>, set: EmittedSet): boolean =>
  set.namespace === namespace && set.metric === metric;

export const hasKeys = ({ dimensions }: Pick<NamedRead, 'dimensions'>, { keys }: EmittedSet): boolean =>
  Object.keys(dimensions).sort().join('\n') === keys.join('\n');

/** The dimensions whose value is none that is emitted. */
export const strangeValues = ({ dimensions, open }: NamedRead, { values }: EmittedSet): readonly string[] =>
  Object.keys(dimensions).filter((key) => !open.has(key) && values[key]?.has(dimensions[key] ?? '') === false);

const mostCandidates = 1000;

/** Dimensions that the set's series may have; what may be anything may be what the search looks for. */
const candidates = (
  { keys, values }: EmittedSet,
  texts: readonly string[],
): readonly Readonly<Record<string, string>>[] =>
  keys.reduce<readonly Readonly<Record<string, string>>[]>(
    (all, key) => {
      const possible = [...(values[key] ?? ['any', ...texts])];
      return all.flatMap((each) => possible.map((value) => ({ ...each, [key]: value }))).slice(0, mostCandidates);
    },
    [{}],
  );

const isSelected = ({ query: { select, from, where } }: InsightsRead, set: EmittedSet): boolean => {
  const { namespace, dimensions } = from;
  if (set.namespace !== namespace || set.metric !== select.metricName) return false;
  if (dimensions !== undefined && [...dimensions].sort().join('\n') !== set.keys.join('\n')) return false;
  return where.every(
    ({ key, operator, value }) =>
      operator === '!=' || (set.keys.includes(key) && set.values[key]?.has(value) !== false),
  );
};
