import { checkRootKey, checkText, type Report } from './check-names.ts';
import { checkShape, entriesOf, isObject } from './check-shape.ts';
import type { ContractIssue } from './contract-error.ts';

/** EMF takes at most 30 keys in a dimension set (specification, "DimensionSet array"). */
const MAX_DIMENSIONS = 30;
/** PutMetricData takes dimension names of 255 characters, the EMF schema 250: the smaller holds for both ways. */
const DIMENSION_NAME_LENGTH = 250;
const DIMENSION_VALUE_LENGTH = 1024;
const METRIC_NAME_LENGTH = 255;

/** The statistics that make sense for a kind; a distribution takes all. */
const STATISTICS: Readonly<Record<string, RegExp>> = {
  counter: /^(Sum|SampleCount)$/,
  gauge: /^(Maximum|Minimum|Average)$/,
  distribution: /^(Sum|SampleCount|Average|Minimum|Maximum|IQM|(p|tm)(100|\d{1,2}(\.\d{1,10})?))$/,
};

/** A declaration as JavaScript may hand it in: what is missing or of the wrong type reads as empty. */
type Blocks = Readonly<Record<'metrics' | 'dimensions' | 'emitters' | 'properties' | 'rates', Members>>;
type Members = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Every issue of a complete contract, whatever was handed in; never throws. */
export function checkContract(contract: unknown): readonly ContractIssue[] {
  const issues: ContractIssue[] = [];
  const report: Report = (issue) => issues.push(issue);
  checkShape(report, '', contract);
  const blocks = blocksOf(contract);
  checkKeys(report, blocks);
  checkMetrics(report, blocks);
  checkDimensions(report, blocks);
  checkEmitters(report, blocks);
  checkRates(report, blocks);
  return issues;
}

function blocksOf(contract: unknown): Blocks {
  const members = (block: string): Members =>
    Object.fromEntries(
      entriesOf(isObject(contract) ? contract[block] : {}).map(([name, member]) => [
        name,
        isObject(member) ? member : {},
      ]),
    );
  return {
    metrics: members('metrics'),
    dimensions: members('dimensions'),
    emitters: members('emitters'),
    properties: members('properties'),
    rates: members('rates'),
  };
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === 'string') : [];
}

function setsOf(metric: Members[string] | undefined): readonly (readonly string[])[] {
  return Array.isArray(metric?.dimensions) ? metric.dimensions.map(textsOf) : [];
}

/** Metrics, dimensions and properties share the root of an EMF document: a key can mean one of them only. */
function checkKeys(report: Report, { metrics, dimensions, properties }: Blocks): void {
  const seen = new Map<string, string>();
  const limits = { metrics: METRIC_NAME_LENGTH, dimensions: DIMENSION_NAME_LENGTH, properties: METRIC_NAME_LENGTH };
  for (const [block, members] of Object.entries({ metrics, dimensions, properties })) {
    for (const key of Object.keys(members)) {
      const at = `${block}.${key}`;
      checkRootKey(report, at, key, limits[block as keyof typeof limits]);
      const other = seen.get(key);
      if (other) {
        const message = `"${key}" is in ${other} too, and both are root members of the EMF document: rename one`;
        report({ code: 'key-collision', at, key, with: other, message });
      }
      seen.set(key, block);
    }
  }
}

function checkMetrics(report: Report, blocks: Blocks): void {
  const { metrics, emitters, rates } = blocks;
  const emitted = new Set(Object.values(emitters).flatMap(({ emits }) => textsOf(emits)));
  if (Object.keys(metrics).length === 0) empty(report, 'metrics', 'declare a metric');
  for (const [name, metric] of Object.entries(metrics)) {
    const at = `metrics.${name}`;
    checkSets(report, `${at}.dimensions`, metric, blocks);
    checkStatistic(report, `${at}.statistic`, metric);
    if (emitted.has(name)) continue;
    const over = Object.keys(rates).filter((rate) => Object.values(rates[rate] ?? {}).includes(name));
    const lost = over.length > 0 ? `, so the rates ${over.join(', ')} have no data` : '';
    const message = `no emitter emits it${lost}: add it to the \`emits\` of one, or drop it`;
    report({ code: 'unemitted-metric', at, metric: name, rates: over, message });
  }
}

function checkStatistic(report: Report, at: string, { kind, statistic }: Members[string]): void {
  if (typeof kind !== 'string' || typeof statistic !== 'string') return;
  if (STATISTICS[kind]?.test(statistic) ?? true) return;
  const use = kind === 'counter' ? 'Sum' : kind === 'gauge' ? 'Maximum, Minimum or Average' : 'Average or p99';
  const message = `${statistic} of a ${kind} means nothing: use ${use}, or another kind`;
  report({ code: 'statistic-of-kind', at, kind, statistic, message });
}

function checkSets(report: Report, at: string, metric: Members[string], { dimensions }: Blocks): void {
  if (!Array.isArray(metric.dimensions)) return;
  const sets = setsOf(metric);
  if (sets.length === 0) {
    empty(report, at, 'write [[]] for a series without dimensions');
  }
  const written = sets.map((set) => set.toSorted().join('\n'));
  for (const [index, set] of sets.entries()) {
    const here = `${at}[${index}]`;
    if (written.indexOf(written[index] ?? '') < index) duplicate(report, here, set.join(', '));
    duplicates(report, here, set);
    undeclared(report, here, set, dimensions);
    const count = set.length;
    if (count > MAX_DIMENSIONS) {
      const way = `drop ${count - MAX_DIMENSIONS}, or make them properties`;
      const message = `has ${count} dimensions, CloudWatch allows ${MAX_DIMENSIONS}: ${way}`;
      report({ code: 'too-many-dimensions', at: here, count, limit: MAX_DIMENSIONS, message });
    }
  }
}

function checkDimensions(report: Report, { metrics, dimensions }: Blocks): void {
  const used = new Set(Object.values(metrics).flatMap(setsOf).flat());
  for (const [name, dimension] of Object.entries(dimensions)) {
    const at = `dimensions.${name}`;
    const { values, maxValues } = dimension;
    if ((values === undefined) === (maxValues === undefined)) {
      const message = 'needs either its `values` or, where they are not known, `maxValues`: give one of the two';
      report({ code: 'values-or-cap', at, message });
    }
    if (Array.isArray(values) && values.length === 0) empty(report, `${at}.values`, 'list what it can be');
    duplicates(report, `${at}.values`, textsOf(values));
    for (const value of textsOf(values)) checkText(report, `${at}.values`, value, DIMENSION_VALUE_LENGTH);
    if (!used.has(name)) {
      const message = 'no metric has it in a dimension set: add it to one, make it a property, or drop it';
      report({ code: 'unused-dimension', at, dimension: name, message });
    }
  }
}

function checkEmitters(report: Report, { metrics, emitters }: Blocks): void {
  for (const [name, { emits }] of Object.entries(emitters)) {
    const at = `emitters.${name}.emits`;
    const names = textsOf(emits);
    if (Array.isArray(emits) && emits.length === 0) empty(report, at, 'list what it emits, or drop it');
    duplicates(report, at, names);
    undeclared(report, at, names, metrics);
  }
}

function checkRates(report: Report, { metrics, rates }: Blocks): void {
  for (const [name, rate] of Object.entries(rates)) {
    for (const part of ['numerator', 'denominator']) {
      const at = `rates.${name}.${part}`;
      const operands = textsOf([rate[part]]);
      undeclared(report, at, operands, metrics);
      for (const metric of operands) {
        const kind = Object.hasOwn(metrics, metric) ? metrics[metric]?.kind : undefined;
        if (typeof kind !== 'string' || kind === 'counter') continue;
        const message = `${metric} is a ${kind}, and a rate divides the sums of two counters: count it, or drop the rate`;
        report({ code: 'not-a-counter', at, metric, kind, message });
      }
    }
  }
}

function empty(report: Report, at: string, wayOut: string): void {
  report({ code: 'empty', at, message: `is empty: ${wayOut}` });
}

function duplicate(report: Report, at: string, value: string): void {
  report({ code: 'duplicate', at, value, message: `[${value}] is there twice: drop one` });
}

function duplicates(report: Report, at: string, names: readonly string[]): void {
  const repeated = names.filter((name, index) => names.indexOf(name) < index);
  for (const name of new Set(repeated)) duplicate(report, at, name);
}

function undeclared(report: Report, at: string, names: readonly string[], members: Members): void {
  const declared = Object.keys(members);
  for (const name of new Set(names)) {
    if (declared.includes(name)) continue;
    const message = `"${name}" is not declared (${declared.join(', ') || 'nothing is'}): declare or correct it`;
    report({ code: 'undeclared', at, name, declared, message });
  }
}
