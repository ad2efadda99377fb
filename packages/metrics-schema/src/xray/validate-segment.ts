import { utf8Length } from '../utf8-length.ts';
import {
  type Check,
  entityId,
  flag,
  integer,
  isMembers,
  listOf,
  type Members,
  number,
  objectOf,
  oneOf,
  path,
  text,
  time,
  traceId,
  wrongType,
} from './check-members.ts';
import type { ReportSegment, SegmentIssue } from './segment-issue.ts';

const MAX_BYTES = 65_536;
/** X-Ray indexes 50 annotations of a trace, whichever segments they are in (quotas of the service). */
const MAX_ANNOTATIONS = 50;
const NAME_LENGTH = 200;
const TEXT_LENGTH = 250;
const ANNOTATION_LENGTH = 1000;
const ANNOTATION_KEY = /^\w{1,500}$/;
/** The page allows a backslash too, the JSON schema does not: what both take is safe. */
const NAME = /^[\p{L}\p{N}\p{Z}_.:/%&#=+\-@]*$/u;

const short = text(TEXT_LENGTH);
const plain = text();

const exception = objectOf({
  message: plain,
  type: plain,
  remote: flag,
  truncated: integer,
  skipped: integer,
  cause: entityId,
  stack: listOf(objectOf({ path: plain, line: integer, label: plain })),
});

const cause = objectOf({
  working_directory: plain,
  paths: listOf(plain),
  exceptions: listOf((report, at, value) => {
    exception(report, at, value);
    if (isMembers(value)) entityId(report, path(at, 'id'), value.id);
  }),
});

const annotations: Check = (report, at, value) => {
  if (!isMembers(value)) return wrongType(report, at, 'object');
  for (const [key, annotation] of Object.entries(value)) {
    const here = path(at, key);
    if (!ANNOTATION_KEY.test(key)) {
      const message = `"${key}" cannot be searched for: use 1 to 500 letters, digits and underscores`;
      report({ code: 'annotation-key', at: here, key, message });
    }
    if (typeof annotation === 'string') text(ANNOTATION_LENGTH)(report, here, annotation);
    else if (typeof annotation !== 'boolean' && !Number.isFinite(annotation)) {
      const message = 'is no text, number or boolean, the only values X-Ray indexes: make it metadata';
      report({ code: 'annotation-value', at: here, key, message });
    }
  }
};

const metadata: Check = (report, at, value) => {
  if (!isMembers(value)) return wrongType(report, at, 'object');
  for (const [key, namespace] of Object.entries(value)) {
    if (!isMembers(namespace)) wrongType(report, path(at, key), 'object, a namespace of keys');
    if (!key.startsWith('AWS.')) continue;
    const message = `"${key}" is kept for AWS: choose a namespace that does not start with AWS.`;
    report({ code: 'reserved-metadata', at: path(at, key), key, message });
  }
};

/** The optional members of segments and subsegments (X-Ray Developer Guide, "Segment documents", and its schema). */
const optional = objectOf({
  error: flag,
  throttle: flag,
  fault: flag,
  in_progress: flag,
  parent_id: entityId,
  user: short,
  origin: plain,
  resource_arn: plain,
  service: objectOf({ version: plain }),
  http: objectOf({
    request: objectOf({
      method: short,
      url: short,
      user_agent: short,
      client_ip: short,
      x_forwarded_for: flag,
      traced: flag,
    }),
    response: objectOf({ status: number, content_length: number }),
  }),
  aws: objectOf({
    account_id: plain,
    operation: plain,
    region: plain,
    request_id: plain,
    queue_url: plain,
    table_name: plain,
    ecs: objectOf({ container: plain }),
    ec2: objectOf({ instance_id: plain, availability_zone: plain }),
    elastic_beanstalk: objectOf({ environment_name: plain, version_label: plain, deployment_id: number }),
  }),
  sql: objectOf({
    connection_string: plain,
    url: plain,
    sanitized_query: plain,
    database_type: plain,
    database_version: plain,
    driver_version: plain,
    user: short,
    preparation: oneOf('call', 'statement'),
  }),
  cause: (report, at, value) => (typeof value === 'string' ? entityId : cause)(report, at, value),
  // `local` is not documented; the X-Ray SDK for Python sends it with every local subsegment, and X-Ray takes it.
  namespace: oneOf('aws', 'remote', 'local'),
  precursor_ids: listOf(entityId),
  annotations,
  metadata,
});

/**
 * Every documented rule that a segment document, or a subsegment sent by itself, breaks: none for one that X-Ray
 * takes and shows whole. Rules are those of the Developer Guide ("Segment documents"), of its JSON schema, and of the
 * service's quotas; where they differ, the narrower, but letters of a name may be any that Unicode has. Never throws.
 */
export function validateSegment(document: unknown): readonly SegmentIssue[] {
  const issues: SegmentIssue[] = [];
  const report: ReportSegment = (issue) => issues.push(issue);
  if (!isMembers(document)) {
    wrongType(report, '', 'object');
    return issues;
  }
  const json = jsonOf(document);
  if (json === undefined) {
    report({ code: 'not-json', at: '', message: 'cannot be written as JSON: drop cycles and BigInts' });
    return issues;
  }
  const bytes = utf8Length(json);
  if (bytes > MAX_BYTES) {
    const message = `has ${bytes} bytes, X-Ray takes ${MAX_BYTES}: send subsegments by themselves`;
    report({ code: 'document-size', at: '', bytes, limit: MAX_BYTES, message });
  }
  traceId(report, 'trace_id', document.trace_id);
  const alone = document.type !== undefined;
  if (alone) {
    oneOf('subsegment')(report, 'type', document.type);
    if (document.parent_id === undefined) entityId(report, 'parent_id', undefined);
  }
  const seen: Seen = { ids: new Set(), annotations: 0 };
  checkEntity(report, '', document, { subsegment: alone, nested: false, seen });
  if (seen.annotations > MAX_ANNOTATIONS) {
    const message = `has ${seen.annotations} annotations, X-Ray indexes ${MAX_ANNOTATIONS} a trace: make the others metadata`;
    report({ code: 'too-many-annotations', at: '', count: seen.annotations, limit: MAX_ANNOTATIONS, message });
  }
  return issues;
}

function jsonOf(document: Members): string | undefined {
  try {
    return JSON.stringify(document);
  } catch {
    return undefined;
  }
}

type Seen = { readonly ids: Set<string>; annotations: number };
type Place = { readonly subsegment: boolean; readonly nested: boolean; readonly seen: Seen };

function checkEntity(report: ReportSegment, at: string, entity: Members, place: Place): void {
  checkName(report, path(at, 'name'), entity.name, place);
  checkId(report, path(at, 'id'), entity.id, place.seen);
  checkTimes(report, at, entity);
  optional(report, at, entity);
  checkPlaces(report, at, entity, place);
  place.seen.annotations += isMembers(entity.annotations) ? Object.keys(entity.annotations).length : 0;
  if (entity.subsegments === undefined) return;
  listOf((_, here, child) => {
    if (!isMembers(child)) return wrongType(report, here, 'object');
    checkEntity(report, here, child, { subsegment: true, nested: true, seen: place.seen });
  })(report, path(at, 'subsegments'), entity.subsegments);
}

/** The rules for a name inside another document are those for any text. */
function checkName(report: ReportSegment, at: string, name: unknown, { nested }: Place): void {
  if (typeof name !== 'string' || name === '') {
    report({ code: 'missing', at, message: 'is missing: name the service, or the code, that did the work' });
    return;
  }
  text(nested ? TEXT_LENGTH : NAME_LENGTH)(report, at, name);
  if (nested || NAME.test(name)) return;
  const message = `"${name}" has other characters than X-Ray takes: use letters, digits, spaces and _ . : / % & # = + - @`;
  report({ code: 'name-characters', at, name, message });
}

function checkId(report: ReportSegment, at: string, id: unknown, { ids }: Seen): void {
  entityId(report, at, id);
  if (typeof id !== 'string') return;
  if (ids.has(id)) report({ code: 'duplicate-id', at, id, message: `"${id}" is there twice: give each its own` });
  ids.add(id);
}

function checkTimes(report: ReportSegment, at: string, entity: Members): void {
  const { start_time: start, end_time: end, in_progress: open } = entity;
  time(report, path(at, 'start_time'), start);
  if (end !== undefined) time(report, path(at, 'end_time'), end);
  if ((end === undefined) !== (open === true)) {
    const message = 'needs an end_time, or else in_progress: true: give one of the two';
    report({ code: 'end-or-in-progress', at, message });
  }
  if (typeof start === 'number' && typeof end === 'number' && end < start) {
    const message = `ends ${start - end} s before it starts: take both times from one clock`;
    report({ code: 'ends-before-start', at: path(at, 'end_time'), message });
  }
}

function checkPlaces(report: ReportSegment, at: string, entity: Members, { subsegment }: Place): void {
  const request = isMembers(entity.http) && isMembers(entity.http.request) ? entity.http.request : {};
  const misplaced = subsegment
    ? [
        ...present(entity, at, 'user', 'origin', 'service'),
        ...present(request, path(at, 'http.request'), 'x_forwarded_for'),
      ]
    : [
        ...present(entity, at, 'namespace', 'sql', 'precursor_ids'),
        ...present(request, path(at, 'http.request'), 'traced'),
      ];
  for (const [here, member] of misplaced) {
    const message = `means something in a ${subsegment ? 'segment' : 'subsegment'} only: move or drop it`;
    report({ code: 'misplaced', at: here, member, message });
  }
}

function present(members: Members, at: string, ...names: readonly string[]): readonly (readonly [string, string])[] {
  return names.filter((name) => members[name] !== undefined).map((name) => [path(at, name), name]);
}
