import { utf8Length } from '../utf8-length.ts';
import type { EmfIssue, ReportEmf } from './emf-issue.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The envelope's members, wherever the document's form keeps them, and the root members that are not envelope. */
export type EmfEnvelope = {
  readonly at: string;
  readonly timestamp: unknown;
  readonly directives: unknown;
  readonly members: JsonObject;
};

/** What Lambda's Node runtime writes before a line of console.log in text format. */
const LAMBDA_PREFIX = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[^\t{]*\t(?:[A-Z]+\t)?(?=\{)/;

/** PutLogEvents takes events up to 1 MB; older pages, and the agents of their time, say 256 kB. */
const MAX_BYTES = 1_048_576;
const SAFE_BYTES = 262_144;

/**
 * Finds the envelope of a line. `undefined` for a line that does not mean to be EMF, which costs two searches in the
 * text; `rejected` (reported) for one that does and is none.
 */
export function readLine(report: ReportEmf, line: string): EmfEnvelope | 'rejected' | undefined {
  if (!line.includes('CloudWatchMetrics') && !line.includes('"_aws"')) return undefined;
  const prefix = LAMBDA_PREFIX.exec(line)?.[0] ?? '';
  const text = line.slice(prefix.length);
  if (!text.trimStart().startsWith('{')) return undefined;
  const root = parseJson(text);
  if (root === undefined) {
    // A text that only mentions the words in prose is no broken document.
    if (!text.includes('"_aws"') && !text.includes('"CloudWatchMetrics"')) return undefined;
    report(lineIssue('not-json', 'rejected', 'is no JSON object and nothing else: write one whole document a line'));
    return 'rejected';
  }
  const envelope = envelopeOf(report, root);
  if (envelope === undefined || envelope === 'rejected') return envelope;
  if (prefix) {
    const message = 'has a log prefix before the JSON, which AWS no longer promises to skip: write to stdout directly';
    report(lineIssue('prefix', 'accepted', message));
  }
  return checkSize(report, line) ? envelope : 'rejected';
}

function lineIssue(
  code: 'not-json' | 'wrapped' | 'prefix' | 'root-form',
  effect: EmfIssue['effect'],
  message: string,
): EmfIssue {
  return { code, effect, at: '', message };
}

function parseJson(text: string): JsonObject | undefined {
  try {
    const root: unknown = JSON.parse(text);
    return isJsonObject(root) ? root : undefined;
  } catch {
    return undefined;
  }
}

function envelopeOf(report: ReportEmf, root: JsonObject): EmfEnvelope | 'rejected' | undefined {
  if (Object.hasOwn(root, '_aws')) {
    const { _aws: aws, ...members } = root;
    if (isJsonObject(aws)) {
      return { at: '_aws.', timestamp: aws.Timestamp, directives: aws.CloudWatchMetrics, members };
    }
    const message = 'is no object, so that no metric is found: is a metric or property called _aws? Rename it';
    report({ code: 'wrong-type', effect: 'rejected', at: '_aws', expected: 'object', message });
    return 'rejected';
  }
  if (Array.isArray(root.CloudWatchMetrics)) {
    const { CloudWatchMetrics: directives, Timestamp: stamp, ...members } = root;
    report(lineIssue('root-form', 'accepted', 'has its envelope at the root, an old form: put it into `_aws`'));
    return { at: '', timestamp: typeof stamp === 'string' ? Number(stamp) : stamp, directives, members };
  }
  if (!isWrapped(root.message)) return undefined;
  const message = 'is EMF inside a log line, where CloudWatch does not look: write it to stdout, not with console.log';
  report(lineIssue('wrapped', 'rejected', message));
  return 'rejected';
}

/** In JSON log format Lambda's runtime puts what console.log was given into `message`. */
function isWrapped(message: unknown): boolean {
  const inner = typeof message === 'string' ? parseJson(message) : message;
  return isJsonObject(inner) && isJsonObject(inner._aws);
}

function checkSize(report: ReportEmf, line: string): boolean {
  // Three bytes for each UTF-16 unit are the most there can be.
  if (line.length * 3 <= SAFE_BYTES) return true;
  const bytes = utf8Length(line);
  if (bytes <= SAFE_BYTES) return true;
  const limit = bytes > MAX_BYTES ? MAX_BYTES : SAFE_BYTES;
  const effect = bytes > MAX_BYTES ? 'rejected' : 'accepted';
  const message = `has ${bytes} bytes, over ${limit}: split it into several documents`;
  report({ code: 'document-size', effect, at: '', bytes, limit, message });
  return effect === 'accepted';
}
