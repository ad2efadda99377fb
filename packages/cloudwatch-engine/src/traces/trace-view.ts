import type { SegmentDocument, SubsegmentDocument } from '@voice-campaign/metrics-schema';
import { allSubsegments, inferredSegments, subsegmentsIn } from './inferred-segments.ts';
import { serviceGraphOf } from './service-graph.ts';
import type { TracedRequest } from './traced.ts';

type AnnotationValues = Readonly<Record<string, readonly (string | number | boolean)[]>>;

/**
 * What a filter asks of a service's part in a trace, of an edge, or of the trace as a whole, which has the names and
 * types of all its services, and a root and inferred services where one of them is it. Times in seconds.
 */
export type RequestView = {
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly root: boolean;
  readonly inferred: boolean;
  readonly ok: boolean;
  readonly error: boolean;
  readonly throttle: boolean;
  readonly fault: boolean;
  readonly partial: boolean;
  readonly responseTime: number;
  readonly duration: number;
  readonly http: {
    readonly status?: number;
    readonly url?: string;
    readonly method?: string;
    readonly userAgent?: string;
    readonly clientIp?: string;
  };
  readonly annotations: AnnotationValues;
  readonly users: readonly string[];
  readonly messages: readonly string[];
  readonly resourceArns: readonly string[];
  readonly instanceIds: readonly string[];
  readonly availabilityZones: readonly string[];
};

export type ServiceView = RequestView & {
  readonly name: string;
  readonly type: string | undefined;
  readonly accountId: string | undefined;
};

type EdgeView = { readonly from: string; readonly to: string; readonly request: ServiceView };

/**
 * A trace as filter expressions and GetTraceSummaries see it. Flags, http and response time are those of the root
 * segment (API reference, TraceSummary); annotations, users and services are those of the whole trace.
 */
export type TraceView = RequestView & {
  readonly id: string;
  /** Seconds since 1970, of the first document. */
  readonly start: number;
  readonly entryPoint: ServiceView | undefined;
  readonly services: readonly ServiceView[];
  readonly edges: readonly EdgeView[];
};

type Segment = SegmentDocument & { readonly inferred?: true };

const member = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), value);

const texts = (...values: readonly unknown[]): string[] =>
  values.flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : []));

const annotationsOf = (entities: readonly SubsegmentDocument[]): AnnotationValues => {
  const all: Record<string, (string | number | boolean)[]> = {};
  for (const { annotations = {} } of entities) {
    for (const [key, value] of Object.entries(annotations)) {
      const values = Object.hasOwn(all, key) ? (all[key] ?? []) : [];
      if (!values.includes(value)) values.push(value);
      Object.defineProperty(all, key, { value: values, configurable: true, enumerable: true, writable: true });
    }
  }
  return all;
};

const messagesOf = (entities: readonly SubsegmentDocument[]): string[] =>
  entities.flatMap(({ cause }) =>
    typeof cause === 'object' ? (cause.exceptions ?? []).flatMap(({ message }) => texts(message)) : [],
  );

const viewOf = (segment: Segment, entities: readonly SubsegmentDocument[], isRoot: boolean): ServiceView => {
  const { request, response } = segment.http ?? {};
  const seconds = segment.end_time === undefined ? 0 : segment.end_time - segment.start_time;
  const { error = false, fault = false, throttle = false } = segment;
  const http = {
    ...(response?.status !== undefined && { status: response.status }),
    ...(request?.url !== undefined && { url: request.url }),
    ...(request?.method !== undefined && { method: request.method }),
    ...(request?.user_agent !== undefined && { userAgent: request.user_agent }),
    ...(request?.client_ip !== undefined && { clientIp: request.client_ip }),
  };
  const type = segment.origin ?? (segment.inferred ? 'remote' : undefined);
  return {
    name: segment.name,
    names: [segment.name],
    type,
    types: texts(type),
    accountId: texts(segment.aws?.account_id)[0],
    root: isRoot,
    inferred: segment.inferred ?? false,
    ok: !error && !fault && !throttle,
    error,
    fault,
    throttle,
    partial: segment.in_progress ?? false,
    responseTime: seconds,
    duration: seconds,
    http,
    annotations: annotationsOf(entities),
    users: texts(segment.user),
    messages: messagesOf(entities),
    resourceArns: texts(segment.resource_arn),
    instanceIds: texts(member(segment.aws, 'ec2', 'instance_id')),
    availabilityZones: texts(member(segment.aws, 'ec2', 'availability_zone')),
  };
};

const nobody: RequestView['http'] = {};

/** What is said of a trace where it is said of one of its services. */
const ofServices = (services: readonly ServiceView[]) => ({
  names: services.map(({ name }) => name),
  types: services.flatMap(({ types }) => types),
  root: services.some(({ root }) => root),
  inferred: services.some(({ inferred }) => inferred),
  users: services.flatMap(({ users }) => users),
  resourceArns: services.flatMap(({ resourceArns }) => resourceArns),
  instanceIds: services.flatMap(({ instanceIds }) => instanceIds),
  availabilityZones: services.flatMap(({ availabilityZones }) => availabilityZones),
});

export function traceViewOf(trace: TracedRequest): TraceView {
  const own: Segment[] = trace.documents.filter((document) => document.type !== 'subsegment');
  const segments: Segment[] = [...own, ...inferredSegments(trace)];
  const ids = new Set([...segments, ...allSubsegments(trace)].map(({ id }) => id));
  const isRoot = ({ parent_id }: Segment): boolean => parent_id === undefined || !ids.has(parent_id);
  const alone = trace.documents.filter((document) => document.type === 'subsegment');
  const services = segments.map((segment) => {
    const own = [segment, ...subsegmentsIn(segment)];
    const inside = new Set(own.map(({ id }) => id));
    const joined = alone.filter(({ parent_id = '' }) => inside.has(parent_id));
    return viewOf(segment, [...own, ...joined.flatMap((one) => [one, ...subsegmentsIn(one)])], isRoot(segment));
  });
  const entryPoint = services.find(({ root }) => root);
  const all: SubsegmentDocument[] = [...own, ...allSubsegments(trace)];
  const start = Math.min(...all.map(({ start_time }) => start_time));
  const end = Math.max(...all.map(({ start_time, end_time }) => end_time ?? start_time));
  const flags = entryPoint ?? { ok: true, error: false, throttle: false, fault: false };
  return {
    id: trace.id,
    start,
    ok: flags.ok,
    error: flags.error,
    throttle: flags.throttle,
    fault: flags.fault,
    partial: entryPoint === undefined || all.some(({ in_progress = false }) => in_progress),
    responseTime: entryPoint?.responseTime ?? 0,
    duration: end - start,
    http: services.find(({ http }) => Object.keys(http).length > 0 && http.status !== undefined)?.http ?? nobody,
    annotations: annotationsOf(all),
    messages: messagesOf(all),
    ...ofServices(services),
    entryPoint,
    services,
    edges: edgesOf(trace, services),
  };
}

const edgesOf = (trace: TracedRequest, services: readonly ServiceView[]): EdgeView[] => {
  const graph = serviceGraphOf([trace]);
  return graph.flatMap((from) =>
    from.edges.flatMap(({ to }) => {
      const target = graph[to];
      const request = services.find(({ name, type }) => name === target?.name && type === target.type);
      return target === undefined || request === undefined ? [] : [{ from: from.name, to: target.name, request }];
    }),
  );
};
