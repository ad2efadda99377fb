import { awsMetricOf } from '../monitoring/aws-metrics.ts';
import type { EmittedSet } from './emitted.ts';
import { bySet, type Finding, type FindingCode } from './finding.ts';
import { hasKeys, isNamed, strangeValues, takes } from './matches.ts';
import type { NamedRead, Read } from './reads/series-read.ts';
import { checkStatistic } from './statistics.ts';
import { checkUnit } from './units.ts';

/** `contract`: what may be emitted is known. `lines`: only what was seen is. */
export type Known = { readonly from: 'contract' | 'lines'; readonly emitted: readonly EmittedSet[] };

/** What is wrong with each read, beside what is emitted and AWS's own metrics. */
export const checkReads = (reads: readonly Read[], known: Known): readonly Finding[] =>
  reads.flatMap((read) => {
    const taken = known.emitted.filter((set) => takes(read, set));
    if (taken.length === 0) return missing(read, known);
    const sums = taken.flatMap((set) => [...checkStatistic(read, set), ...checkUnit(read, set)]);
    return [...distinct(sums), ...checkResolution(read, taken)];
  });

const distinct = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [finding.message, finding])).values(),
];

const isAws = (namespace: string): boolean => namespace.startsWith('AWS/');

const missing = (read: Read, known: Known): readonly Finding[] => {
  const { wanted, at } = read;
  if (wanted.kind === 'series') {
    return isAws(wanted.namespace) ? checkAws(read, wanted) : [explain(read, wanted, known)];
  }
  const namespace = wanted.kind === 'insights' ? wanted.query.from.namespace : wanted.namespace;
  if (namespace === undefined || isAws(namespace)) return [];
  const looked = wanted.kind === 'insights' ? wanted.query.select.metricName : wanted.texts.join(' ');
  const message = `nothing that is emitted in ${namespace} is what ${looked} looks for: emit it, or look for something else`;
  return [{ code: 'unemitted', severity: severityOf(known), at, message }];
};

const severityOf = ({ from }: Known): 'error' | 'warning' => (from === 'contract' ? 'error' : 'warning');

const explain = ({ at }: Read, wanted: NamedRead, known: Known): Finding => {
  const { namespace, metric } = wanted;
  const severity = severityOf(known);
  const found = (code: FindingCode, message: string): Finding => ({ code, severity, at, message });
  const named = known.emitted.filter((set) => isNamed(wanted, set));
  const [shaped] = named.filter((set) => hasKeys(wanted, set));
  if (shaped !== undefined) {
    const [key = ''] = strangeValues(wanted, shaped);
    const values = [...(shaped.values[key] ?? [])].join(', ');
    const message = `nobody emits ${metric} with the ${key} ${wanted.dimensions[key]}: it is ${values}`;
    return found('dimension-value', message);
  }
  if (named.length > 0) {
    const sets = named.map(({ keys }) => `[${keys.join(', ')}]`).join(' and ');
    const read = `[${Object.keys(wanted.dimensions).sort().join(', ')}]`;
    const message = `${metric} has no series with the dimensions ${read}, and CloudWatch adds none up: read ${sets}, or emit it with ${read} too`;
    return { ...found('dimensions', message), severity: 'error' };
  }
  const elsewhere = known.emitted.filter((set) => set.metric === metric).map((set) => set.namespace);
  if (elsewhere.length > 0) {
    const others = [...new Set(elsewhere)].join(', ');
    return found('namespace', `${metric} is emitted in ${others}, not in ${namespace}: read it there, or emit it here`);
  }
  const near = nearest(metric, known.emitted);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return found('unemitted', `nobody emits ${metric} in ${namespace}${hint}: emit it, or drop what reads it`);
};

/** The emitted name with the same letters but for a few. */
const nearest = (metric: string, emitted: readonly EmittedSet[]): string | undefined => {
  const distances = [...new Set(emitted.map((set) => set.metric))]
    .map((name) => ({ name, distance: distanceOf(name.toLowerCase(), metric.toLowerCase()) }))
    .filter(({ distance }) => distance <= metric.length / 3)
    .sort((a, b) => a.distance - b.distance);
  return distances[0]?.name;
};

/** How many letters must be added, dropped or changed. */
const distanceOf = (from: string, to: string): number => {
  let row = Array.from({ length: from.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...to].entries()) {
    const next = [line + 1];
    for (let column = 1; column <= from.length; column += 1) {
      const changed = (row[column - 1] ?? 0) + (from[column - 1] === letter ? 0 : 1);
      next.push(Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, changed));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};

const checkAws = (read: Read, wanted: NamedRead): readonly Finding[] => {
  const { namespace, metric, dimensions } = wanted;
  const metricInTable = awsMetricOf(namespace, metric);
  const note = (code: FindingCode, message: string): Finding => ({ code, severity: 'note', at: read.at, message });
  if (metricInTable === undefined) {
    return [note('aws-metric', `${namespace} ${metric} is not in the table of AWS’s metrics, and was not checked`)];
  }
  const keys = Object.keys(metricInTable.dimensions).sort();
  const own = Object.keys(dimensions).sort();
  const others = `${namespace} ${metric} is read${own.length === 0 ? ' without dimensions' : bySet(own)}, the table has it${bySet(keys)}: see that AWS publishes it so`;
  const set = { namespace, metric, unit: metricInTable.unit, resolution: 60, keys, values: {}, series: 1 } as const;
  return [
    ...(keys.join() === own.join() ? [] : [note('dimensions', others)]),
    ...checkStatistic(read, set, metricInTable.statistics),
    ...checkUnit(read, set),
  ];
};

const checkResolution = ({ at, periodSeconds }: Read, taken: readonly EmittedSet[]): readonly Finding[] => {
  const [coarse] = taken.filter(({ resolution }) => resolution === 60);
  if (coarse === undefined || periodSeconds >= 60) return [];
  const message = `${coarse.metric} is stored by the minute and read every ${periodSeconds} s: emit it with a storage resolution of 1, or read it by 60 s`;
  return [{ code: 'resolution', severity: 'error', at, message }];
};
