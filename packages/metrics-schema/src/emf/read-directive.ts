import { PRINTABLE_ASCII } from '../contract/check-names.ts';
import { UNITS, type Unit } from '../contract/units.ts';
import type { EmfMetric, EmfValues } from './document.ts';
import type { EmfIssue, ReportEmf } from './emf-issue.ts';
import { isJsonObject, type JsonObject } from './read-line.ts';

const MAX_KEYS = 30;
const MAX_METRICS = 100;
const MAX_VALUES = 100;
const KEY_LENGTH = 250;
const VALUE_LENGTH = 1024;
/** The EMF schema takes 1024, the CloudWatch API that metrics are read by 255. */
const NAME_LENGTH = 255;
/** CloudWatch takes values from -2^360 to 2^360 (API reference, MetricDatum). */
const MAX_MAGNITUDE = 2 ** 360;

/** The dimension sets that CloudWatch takes: each key is a root member of text. */
export function readSets(report: ReportEmf, at: string, sets: unknown, members: JsonObject): readonly string[][] {
  if (!Array.isArray(sets)) {
    wrongType(report, at, 'list of dimension sets');
    return [];
  }
  if (sets.length === 0) {
    const message = 'has no dimension set, and the schema asks for one: write [[]] for no dimensions';
    report({ code: 'no-dimension-set', effect: 'rejected', at, message });
  }
  const seen = new Set<string>();
  return sets.flatMap((set, index) => {
    const here = `${at}[${index}]`;
    const keys = readSet(report, here, set, members);
    if (!keys) return [];
    const identity = JSON.stringify(keys.toSorted());
    if (seen.has(identity)) {
      const message = `[${keys.join(', ')}] is there twice and names one series: drop one`;
      report({ code: 'duplicate-set', effect: 'dropped', at: here, set: keys, message });
      return [];
    }
    seen.add(identity);
    return [keys];
  });
}

function readSet(report: ReportEmf, at: string, set: unknown, members: JsonObject): string[] | undefined {
  if (!Array.isArray(set) || !set.every((key) => typeof key === 'string')) {
    return wrongType(report, at, 'list of dimension names');
  }
  if (set.length > MAX_KEYS) {
    const message = `has ${set.length} dimensions, CloudWatch allows ${MAX_KEYS}: drop ${set.length - MAX_KEYS}`;
    report({ code: 'too-many-dimensions', effect: 'rejected', at, count: set.length, limit: MAX_KEYS, message });
  }
  const broken = set.map((key) => dimensionIssue(at, key, members)).filter((issue) => issue !== undefined);
  broken.forEach(report);
  return broken.length > 0 ? undefined : [...new Set(set)];
}

function dimensionIssue(at: string, key: string, members: JsonObject): EmfIssue | undefined {
  const dropped = { effect: 'dropped', at, key } as const;
  if (!isText(key, KEY_LENGTH) || key.startsWith(':')) {
    const message = `"${key}" is no dimension name: use 1 to ${KEY_LENGTH} of printable ASCII, not starting with a colon`;
    return { code: 'dimension-name', ...dropped, message };
  }
  if (!Object.hasOwn(members, key)) {
    const message = `"${key}" is no member of the root, so the whole set is lost: write it there`;
    return { code: 'dimension-missing', ...dropped, message };
  }
  const value = members[key];
  if (typeof value !== 'string') {
    return { code: 'dimension-not-text', ...dropped, message: `"${key}" is no text: write it as a string` };
  }
  if (isText(value, VALUE_LENGTH)) return undefined;
  const message = `"${key}" has ${value.length} characters, or others than printable ASCII: use 1 to ${VALUE_LENGTH} of those`;
  return { code: 'dimension-value', ...dropped, value, message };
}

/** The metrics that CloudWatch takes; their samples are put into `values`. */
export function readMetrics(
  report: ReportEmf,
  at: string,
  metrics: unknown,
  members: JsonObject,
  values: Map<string, EmfValues>,
): readonly EmfMetric[] {
  if (!Array.isArray(metrics)) {
    wrongType(report, at, 'list of metric definitions');
    return [];
  }
  const count = metrics.length;
  if (count > MAX_METRICS) {
    const message = `has ${count} metrics, CloudWatch allows ${MAX_METRICS} a directive: move ${count - MAX_METRICS} to another`;
    report({ code: 'too-many-metrics', effect: 'rejected', at, count, limit: MAX_METRICS, message });
  }
  const seen = new Set<string>();
  return metrics.flatMap((definition: unknown, index) => {
    const here = `${at}[${index}]`;
    const metric = readMetric(report, here, definition);
    if (!metric) return [];
    const { name } = metric;
    if (seen.has(name)) {
      const message = `"${name}" is there twice in one directive: put the samples into one array`;
      report({ code: 'duplicate-metric', effect: 'dropped', at: here, name, message });
      return [];
    }
    seen.add(name);
    const read = values.get(name) ?? readValues(report, here, name, members);
    if (!read) return [];
    values.set(name, read);
    return [metric];
  });
}

function readMetric(report: ReportEmf, at: string, definition: unknown): EmfMetric | undefined {
  if (!isJsonObject(definition)) return wrongType(report, at, 'object');
  const { Name: name, Unit: unit = 'None', StorageResolution: resolution = 60 } = definition;
  if (typeof name !== 'string') return wrongType(report, `${at}.Name`, 'text');
  const dropped = { effect: 'dropped', name } as const;
  if (!isText(name, NAME_LENGTH)) {
    const message = `"${name}" is no metric name: use 1 to ${NAME_LENGTH} of printable ASCII`;
    report({ code: 'metric-name', ...dropped, at: `${at}.Name`, message });
  } else if (!isUnit(unit)) {
    const message = `${JSON.stringify(unit)} is none of CloudWatch's 27 units: use one, or None`;
    report({ code: 'unit', ...dropped, at: `${at}.Unit`, unit, message });
  } else if (resolution !== 1 && resolution !== 60) {
    const message = `${JSON.stringify(resolution)} is no storage resolution: use 1 or 60`;
    report({ code: 'resolution', ...dropped, at: `${at}.StorageResolution`, resolution, message });
  } else {
    return { name, unit, resolution };
  }
  return undefined;
}

function readValues(report: ReportEmf, at: string, name: string, members: JsonObject): EmfValues | undefined {
  const dropped = { effect: 'dropped', at, name } as const;
  if (!Object.hasOwn(members, name)) {
    const message = `"${name}" is no member of the root, so there is nothing to publish: write its value there`;
    report({ code: 'metric-missing', ...dropped, message });
    return undefined;
  }
  const target = members[name];
  const counted = isJsonObject(target) && Array.isArray(target.Values) ? target : undefined;
  const values: readonly unknown[] = counted ? arrayOf(counted.Values) : arrayOf(target);
  const count = values.length;
  if (!isNumbers(values)) {
    const message = `"${name}" is no number or list of numbers (JSON writes NaN as null): check the value before writing`;
    report({ code: 'metric-not-numeric', ...dropped, message });
  } else if (count === 0) {
    report({ code: 'no-values', ...dropped, message: `"${name}" has no values: leave the metric out` });
  } else if (count > MAX_VALUES) {
    const message = `"${name}" has ${count} values, CloudWatch allows ${MAX_VALUES}: write ${count - MAX_VALUES} in another document`;
    report({ code: 'too-many-values', ...dropped, count, limit: MAX_VALUES, message });
  } else {
    const value = values.find((each) => Math.abs(each) > MAX_MAGNITUDE);
    if (value !== undefined) {
      const message = `"${name}" has ${value}, CloudWatch takes -2^360 to 2^360: choose a larger unit`;
      report({ code: 'value-range', ...dropped, value, message });
    } else {
      return counted ? readCounts(report, at, name, values, counted.Counts) : { values };
    }
  }
  return undefined;
}

function readCounts(
  report: ReportEmf,
  at: string,
  name: string,
  values: readonly number[],
  counts: unknown,
): EmfValues | undefined {
  if (counts === undefined) return { values };
  const given = arrayOf(counts);
  if (
    isNumbers(given) &&
    given.length === values.length &&
    given.every((count) => count > 0 && count <= MAX_MAGNITUDE)
  ) {
    return { values, counts: given };
  }
  const message = `"${name}" has Counts that are not one number above 0 for each of its ${values.length} Values: give as many`;
  report({ code: 'counts', effect: 'dropped', at, name, message });
  return undefined;
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isNumbers(values: readonly unknown[]): values is readonly number[] {
  return values.every((value) => typeof value === 'number');
}

function isUnit(unit: unknown): unit is Unit {
  return UNITS.some((known) => known === unit);
}

function isText(text: string, limit: number): boolean {
  return text.length <= limit && PRINTABLE_ASCII.test(text);
}

function wrongType(report: ReportEmf, at: string, expected: string): undefined {
  report({ code: 'wrong-type', effect: 'rejected', at, expected, message: `is no ${expected}: give one` });
}
