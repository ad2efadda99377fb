import { awsMetricOf, kindsOf } from '../monitoring/aws-metrics.ts';
import type { Emitted } from './emitted.ts';
import type { Finding } from './finding.ts';
import type { SeriesRead } from './reads.ts';

const smallestBytes = 1024 ** 2;

/** What is wrong with one series that is read. */
export const checkSeries = (read: SeriesRead, emitted: readonly Emitted[]): readonly Finding[] =>
  read.namespace.startsWith('AWS/') ? checkAws(read) : checkCustom(read, emitted);

const error = (code: Finding['code'], where: string, message: string): Finding => ({
  code,
  severity: 'error',
  where,
  message,
});

const keysOf = (dimensions: Readonly<Record<string, string>>): string => Object.keys(dimensions).sort().join(', ');

/** Namespaces that the table does not have are not checked. */
const checkAws = ({ namespace, name, dimensions, statistic, threshold, where }: SeriesRead): readonly Finding[] => {
  if (!Object.hasOwn(kindsOf, namespace)) return [];
  const metric = awsMetricOf(namespace, name);
  if (metric === undefined) {
    return [error('aws-metric', where, `${namespace} has no metric ${name} in the table of AWS’s metrics`)];
  }
  const findings: Finding[] = [];
  const wanted = keysOf(metric.dimensions);
  if (keysOf(dimensions) !== wanted) {
    const message = `${namespace} ${name} is read with [${keysOf(dimensions)}]: a resource’s own has [${wanted}]`;
    findings.push({ code: 'dimensions', severity: 'warning', where, message });
  }
  if (!metric.statistics.includes(statistic)) {
    const message = `${statistic} of ${namespace} ${name} makes no sense: read ${metric.statistics.join(', ')}`;
    findings.push({ code: 'statistic', severity: 'warning', where, message });
  }
  if (metric.unit === 'Bytes' && threshold !== undefined && threshold > 0 && threshold < smallestBytes) {
    findings.push(
      error('unit', where, `${name} is in bytes: ${threshold} of them are next to nothing; GiB are × 1024³`),
    );
  }
  return findings;
};

const checkCustom = (read: SeriesRead, emitted: readonly Emitted[]): readonly Finding[] => {
  const { namespace, name, dimensions, where } = read;
  const named = emitted.filter((each) => each.name === name);
  const here = named.filter((each) => each.namespace === namespace);
  if (named.length === 0) return [error('unemitted', where, `nobody emits ${namespace} ${name}: it will show nothing`)];
  if (here.length === 0) {
    const others = [...new Set(named.map((each) => each.namespace))].join(', ');
    const message = `${name} is read in ${namespace}, and emitted in ${others}: they are different metrics`;
    return [error('namespace', where, message)];
  }
  const same = here.find((each) => [...each.dimensions].sort().join(', ') === keysOf(dimensions));
  if (same === undefined) {
    const sets = here.map((each) => `[${each.dimensions.join(', ')}]`).join(' or ');
    const message = `${name} is read with [${keysOf(dimensions)}], and emitted with ${sets}: CloudWatch does not add up over dimensions`;
    return [error('dimensions', where, message)];
  }
  return checkUse(read, same);
};

const checkUse = (read: SeriesRead, emitted: Emitted): readonly Finding[] => {
  const { name, dimensions, statistic, period, unit, where } = read;
  const findings: Finding[] = [];
  const isKnown = emitted.values?.some((each) =>
    Object.entries(dimensions).every(([dimension, value]) => each[dimension] === value),
  );
  if (isKnown === false) {
    findings.push(error('dimension-value', where, `${name} was never emitted with ${JSON.stringify(dimensions)}`));
  }
  const nonsense = senseless(statistic, emitted);
  if (nonsense !== undefined)
    findings.push(error('statistic', where, `${statistic} of ${name} makes no sense: ${nonsense}`));
  if (unit !== undefined && unit !== emitted.unit) {
    findings.push(
      error('unit', where, `asks for ${name} in ${unit}, which is emitted in ${emitted.unit}: leave Unit out`),
    );
  }
  if (period < 60 && emitted.resolution === 60) {
    const message = `a period of ${period} s: ${name} is kept by the minute; emit it with resolution 1, or read 60 s`;
    findings.push(error('resolution', where, message));
  }
  return findings;
};

/** Why a statistic makes no sense; a contract knows what kind of metric it is, otherwise its unit has to do. */
const senseless = (statistic: string, { kind, unit }: Emitted): string | undefined => {
  if (kind === 'counter') {
    return /^(Sum|SampleCount)$/.test(statistic) ? undefined : 'it is a counter: read its Sum';
  }
  if (kind === 'gauge') {
    return /^(Sum|SampleCount)$/.test(statistic) ? 'it is a gauge: read its Maximum, Minimum or Average' : undefined;
  }
  return unit === 'Percent' && statistic === 'Sum' ? 'percentages do not add up' : undefined;
};
