import { type Contract, type MetricKind, parseEmf } from '@voice-campaign/metrics-schema';
import type { Finding } from './finding.ts';

/** A metric with one set of dimensions, as it is emitted. */
export type Emitted = {
  readonly namespace: string;
  readonly name: string;
  /** Names of the dimensions. */
  readonly dimensions: readonly string[];
  /** What the dimensions have been or can be; `null` where anything can come. */
  readonly values: readonly Readonly<Record<string, string>>[] | null;
  readonly unit: string;
  /** Seconds. */
  readonly resolution: number;
  readonly kind?: MetricKind;
  /** How many metrics it is billed as. */
  readonly series: number;
  readonly by: string;
};

/** Everything that a contract's emitters are declared to emit, with so many values of dimensions that declare none. */
export const emittedByContract = (
  contract: Contract,
  namespace: string,
  dimensionValues: Readonly<Record<string, number>>,
): readonly Emitted[] => {
  const names = [...new Set(Object.values(contract.emitters).flatMap(({ emits }) => emits))];
  return names.flatMap((name) => {
    const metric = contract.metrics[name];
    if (metric === undefined) return [];
    const by = Object.entries(contract.emitters).flatMap(([emitter, { emits }]) =>
      emits.includes(name) ? [emitter] : [],
    );
    return (metric.dimensions ?? [[]]).map((dimensions): Emitted => {
      const values = valuesOf(contract, dimensions);
      const open = dimensions.reduce((all, each) => all * (dimensionValues[each] ?? capOf(contract, each)), 1);
      const { unit, kind, resolution = 60 } = metric;
      const series = values?.length ?? open;
      return { namespace, name, dimensions, values, unit, kind, resolution, series, by: by.join(', ') };
    });
  });
};

const declaredValues = ({ dimensions }: Contract, name: string): readonly string[] | undefined => {
  const dimension = dimensions[name];
  return dimension !== undefined && 'values' in dimension ? dimension.values : undefined;
};

const capOf = ({ dimensions }: Contract, name: string): number => {
  const dimension = dimensions[name];
  return dimension !== undefined && 'maxValues' in dimension ? (dimension.maxValues ?? 1) : 1;
};

const valuesOf = (contract: Contract, names: readonly string[]): Emitted['values'] =>
  names.reduce<Emitted['values']>(
    (all, name) => {
      const values = declaredValues(contract, name);
      return all === null || values === undefined
        ? null
        : all.flatMap((each) => values.map((value) => ({ ...each, [name]: value })));
    },
    [{}],
  );

type Seen = Omit<Emitted, 'values' | 'series'> & { readonly values: Map<string, Readonly<Record<string, string>>> };

/** What lines of EMF have published, and the lines that CloudWatch would not have taken whole. */
export const emittedByEmf = (lines: Iterable<string>) => {
  const seen = new Map<string, Seen>();
  const findings: Finding[] = [];
  let number = 0;
  for (const line of lines) {
    number += 1;
    const parsed = parseEmf(line);
    if (!parsed.ok && parsed.kind === 'not-emf') continue;
    const issues = (parsed.ok ? parsed.warnings : parsed.issues).filter(({ effect }) => effect !== 'accepted');
    for (const { at, message } of issues) {
      findings.push({ code: 'emf', severity: 'error', where: `line ${number}`, message: `${at} ${message}`.trim() });
    }
    if (!parsed.ok) continue;
    for (const { namespace, name, dimensions, unit = 'None', resolution = 60 } of parsed.datapoints) {
      const names = Object.keys(dimensions).sort();
      const key = JSON.stringify([namespace, name, names]);
      const before = seen.get(key) ?? {
        ...{ namespace, name, dimensions: names, unit, resolution, by: `line ${number}` },
        values: new Map(),
      };
      before.values.set(JSON.stringify(names.map((each) => dimensions[each])), dimensions);
      seen.set(key, before);
    }
  }
  const emitted = [...seen.values()].map(
    ({ values, ...rest }): Emitted => ({ ...rest, values: [...values.values()], series: values.size }),
  );
  return { emitted, findings };
};
