import { NAMESPACE_CHARACTERS } from '../contract/check-names.ts';
import { datapointsOf, type EmfDatapoint, type EmfDirective, type EmfDocument, type EmfValues } from './document.ts';
import type { EmfIssue, ReportEmf } from './emf-issue.ts';
import { readMetrics, readSets } from './read-directive.ts';
import { type EmfEnvelope, isJsonObject, type JsonObject, readLine } from './read-line.ts';

export type ParsedEmf =
  | {
      readonly ok: true;
      /** What CloudWatch takes of the line: `renderEmf` of it has nothing that is dropped. */
      readonly document: EmfDocument;
      readonly datapoints: readonly EmfDatapoint[];
      /** The root members that are neither metric nor dimension: searchable in CloudWatch Logs. */
      readonly properties: Readonly<Record<string, unknown>>;
      /** What is dropped of it, and what is accepted but risky. */
      readonly warnings: readonly EmfIssue[];
    }
  | { readonly ok: false; readonly kind: 'not-emf' | 'rejected'; readonly issues: readonly EmfIssue[] };

export type ParseEmfOptions = {
  /** Milliseconds since 1970; where given, the timestamp must be from 14 days before it to 2 hours after it. */
  readonly now?: number;
};

const DAYS_BACK = 14 * 24 * 3_600_000;
const HOURS_AHEAD = 2 * 3_600_000;

/**
 * Reads one log line as CloudWatch Logs would (user guide, "Specification: Embedded metric format"; API reference,
 * MetricDatum). A line that does not mean to be EMF is told apart cheaply, as `not-emf` without issues. Where the
 * documents name a rule but not what happens to a document that breaks it, a break of the JSON schema rejects the
 * whole line, anything else drops the metric or the dimension set. `{ Values, Counts }` targets are read as the
 * CloudWatch agent writes them. Never throws.
 */
export function parseEmf(line: string, options: ParseEmfOptions = {}): ParsedEmf {
  const issues: EmfIssue[] = [];
  const report: ReportEmf = (issue) => issues.push(issue);
  const envelope = readLine(report, line);
  if (envelope === undefined) return { ok: false, kind: 'not-emf', issues };
  const document = envelope === 'rejected' ? undefined : readDocument(report, envelope, options);
  if (!document || issues.some(({ effect }) => effect === 'rejected')) return { ok: false, kind: 'rejected', issues };
  const { properties } = document;
  return { ok: true, document, datapoints: datapointsOf(document), properties, warnings: issues };
}

function readDocument(report: ReportEmf, envelope: EmfEnvelope, options: ParseEmfOptions): EmfDocument | undefined {
  const { at, members } = envelope;
  const timestamp = readTimestamp(report, envelope, options);
  if (!Array.isArray(envelope.directives)) {
    return wrongType(report, `${at}CloudWatchMetrics`, 'list', 'give a list of directives');
  }
  const values = new Map<string, EmfValues>();
  const directives = envelope.directives.flatMap(
    (directive, index) => readDirective(report, `${at}CloudWatchMetrics[${index}]`, directive, members, values) ?? [],
  );
  if (timestamp === undefined) return undefined;
  const keys = new Set(directives.flatMap(({ dimensions }) => dimensions).flat());
  const names = new Set(directives.flatMap(({ metrics }) => metrics).map(({ name }) => name));
  const rest = Object.entries(members);
  return {
    timestamp,
    directives,
    values: Object.fromEntries([...values].filter(([name]) => names.has(name))),
    dimensions: Object.fromEntries(rest.filter(([key]) => keys.has(key)).map(([key, value]) => [key, String(value)])),
    properties: Object.fromEntries(rest.filter(([key]) => !keys.has(key) && !names.has(key))),
  };
}

function readTimestamp(
  report: ReportEmf,
  { at, timestamp }: EmfEnvelope,
  { now }: ParseEmfOptions,
): number | undefined {
  if (typeof timestamp !== 'number' || !Number.isInteger(timestamp)) {
    return wrongType(report, `${at}Timestamp`, 'whole number', 'give milliseconds since 1970');
  }
  if (now !== undefined && (timestamp < now - DAYS_BACK || timestamp > now + HOURS_AHEAD)) {
    const message = `${timestamp} is not within 14 days before and 2 hours after ${now}: give milliseconds since 1970, in time`;
    report({ code: 'timestamp-window', effect: 'rejected', at: `${at}Timestamp`, timestamp, now, message });
  }
  return timestamp;
}

function readDirective(
  report: ReportEmf,
  at: string,
  directive: unknown,
  members: JsonObject,
  values: Map<string, EmfValues>,
): EmfDirective | undefined {
  if (!isJsonObject(directive)) return wrongType(report, at, 'object', 'give a directive');
  const { Namespace: namespace, Dimensions: sets, Metrics: metrics } = directive;
  const read = {
    dimensions: readSets(report, `${at}.Dimensions`, sets, members),
    metrics: readMetrics(report, `${at}.Metrics`, metrics, members, values),
  };
  if (typeof namespace !== 'string') return wrongType(report, `${at}.Namespace`, 'text', 'name it');
  if (!isNamespace(namespace)) {
    const message = `"${namespace}" is no namespace CloudWatch takes (1 to 255 of A-Z a-z 0-9 . - _ / # : and space, not starting with AWS/ or a colon): rename it`;
    report({ code: 'namespace', effect: 'dropped', at: `${at}.Namespace`, namespace, message });
    return undefined;
  }
  return read.dimensions.length > 0 ? { namespace, ...read } : undefined;
}

function isNamespace(name: string): boolean {
  return name.length > 0 && name.length <= 255 && NAMESPACE_CHARACTERS.test(name) && !/^(AWS\/|:)/.test(name);
}

function wrongType(report: ReportEmf, at: string, expected: string, wayOut: string): undefined {
  report({ code: 'wrong-type', effect: 'rejected', at, expected, message: `is no ${expected}: ${wayOut}` });
}
