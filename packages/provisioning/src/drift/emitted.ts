import { type Contract, type MetricKind, parseEmf, seriesOf, withDefaults } from '@voice-campaign/metrics-schema';
import { combinations } from '../cost/count-series.ts';
import type { Finding, Place } from './finding.ts';
import { unreadable } from './reads/series-read.ts';

/** One dimension set of one metric in one namespace: each series of it is a custom metric on the bill. */
export type EmittedSet = {
  readonly namespace: string;
  readonly metric: string;
  readonly unit: string;
  /** Seconds. */
  readonly resolution: 1 | 60;
  /** What the metric is, where somebody declares it. */
  readonly kind?: MetricKind;
  /** Who is declared to emit it. */
  readonly emitters?: readonly string[];
  /** The dimensions' names, sorted. */
  readonly keys: readonly string[];
  /** What each may be; a dimension without an entry may be anything. */
  readonly values: Readonly<Record<string, ReadonlySet<string>>>;
  /** How many series there are, or may be. */
  readonly series: number;
  /** Whether it only takes what is past a dimension's `maxValues`. */
  readonly isOverflow?: boolean;
};

/** What a contract's emitters publish in a namespace. */
export const emittedByContract = (
  contract: Contract,
  namespace: string,
  dimensionValues: Readonly<Record<string, number>> = {},
): readonly EmittedSet[] => {
  return seriesOf(contract).flatMap(({ metric, dimensions }) => {
    const definition = contract.metrics[metric];
    const emitters = Object.keys(contract.emitters).filter((name) => contract.emitters[name]?.emits.includes(metric));
    if (definition === undefined || emitters.length === 0) return [];
    const { unit, resolution, kind, dimensions: sets } = withDefaults(definition);
    const isOverflow = dimensions.length === 0 && sets.every((set) => set.length > 0);
    const values = Object.fromEntries(
      dimensions.flatMap((key) => {
        const declared = contract.dimensions[key];
        return declared !== undefined && 'values' in declared ? [[key, new Set(declared.values)] as const] : [];
      }),
    );
    return [
      {
        namespace,
        metric,
        unit,
        resolution,
        kind,
        emitters,
        keys: [...dimensions].sort(),
        values,
        series: combinations(contract, dimensions, dimensionValues),
        isOverflow,
      },
    ];
  });
};

export type EmittedLines = { readonly emitted: readonly EmittedSet[]; readonly findings: readonly Finding[] };

type Gathered = Omit<EmittedSet, 'values' | 'series'> & {
  readonly values: Record<string, Set<string>>;
  readonly series: Set<string>;
};

/** What log lines publish, as CloudWatch Logs reads them. Lines that are no EMF are passed over. */
export const emittedByLines = (lines: Iterable<string>): EmittedLines => {
  const sets = new Map<string, Gathered>();
  const findings: Finding[] = [];
  let number = 0;
  let found = 0;
  for (const line of lines) {
    number += 1;
    const place: Place = { kind: 'line', number };
    const parsed = parseEmf(line);
    const issues = (parsed.ok ? parsed.warnings : parsed.issues).filter(({ effect }) => effect !== 'accepted');
    findings.push(...issues.map(({ at, effect, message }) => unreadable('emf', place, `${effect}: ${at} ${message}`)));
    if (!parsed.ok) continue;
    found += 1;
    for (const datapoint of parsed.datapoints) gather(sets, datapoint);
  }
  if (found === 0 && number > 0 && findings.length === 0) {
    const message = 'none of the lines is EMF: give the messages of log events as they are, one a line';
    findings.push(unreadable('emf', { kind: 'line', number: 1 }, message));
  }
  return { emitted: [...sets.values()].map(({ series, ...set }) => ({ ...set, series: series.size })), findings };
};

type Datapoint = Extract<ReturnType<typeof parseEmf>, { ok: true }>['datapoints'][number];

const gather = (sets: Map<string, Gathered>, { namespace, name, unit, resolution, dimensions }: Datapoint): void => {
  const keys = Object.keys(dimensions).sort();
  const key = JSON.stringify([namespace, name, unit, resolution, ...keys]);
  const known = sets.get(key);
  const set = known ?? { namespace, metric: name, unit, resolution, keys, values: {}, series: new Set<string>() };
  if (known === undefined) sets.set(key, set);
  for (const each of keys) {
    const values = set.values[each] ?? new Set<string>();
    set.values[each] = values.add(dimensions[each] ?? '');
  }
  set.series.add(JSON.stringify(keys.map((each) => dimensions[each])));
};
