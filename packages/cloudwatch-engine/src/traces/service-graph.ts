import type { SegmentDocument, SubsegmentDocument } from '@voice-campaign/metrics-schema';
import { inferredSegments, subsegmentsIn } from './inferred-segments.ts';
import type { TracedRequest } from './traced.ts';

/** Counts and times of the requests that went into a service or along an edge. Response times in seconds. */
export type ServiceTraffic = {
  readonly ok: number;
  /** Of them `throttles`. */
  readonly errors: number;
  readonly throttles: number;
  readonly faults: number;
  readonly responseTimes: readonly number[];
  /** Seconds since 1970. */
  readonly start: number;
  readonly end: number;
};

export type ServiceNode = {
  readonly referenceId: number;
  readonly name: string;
  /** Origin such as `AWS::Lambda::Function`; `client` for who called the root, `remote` for what sends no segments. */
  readonly type: string | undefined;
  readonly root: boolean;
  readonly traffic: ServiceTraffic;
  readonly edges: readonly { readonly to: number; readonly traffic: ServiceTraffic }[];
};

type Traffic = {
  -readonly [Name in keyof ServiceTraffic]: ServiceTraffic[Name] extends readonly number[]
    ? number[]
    : ServiceTraffic[Name];
};
type Node = {
  readonly referenceId: number;
  readonly name: string;
  readonly type: string | undefined;
  root: boolean;
  readonly traffic: Traffic;
  readonly edges: Map<Node, Traffic>;
};
type Segment = SegmentDocument & { readonly inferred?: true };

const noTraffic = (): Traffic => ({
  ok: 0,
  errors: 0,
  throttles: 0,
  faults: 0,
  responseTimes: [],
  start: Number.POSITIVE_INFINITY,
  end: Number.NEGATIVE_INFINITY,
});

/** A request counts once: as a fault, else as an error, else as OK; its flags are those of the segment that served it. */
const count = (traffic: Traffic, request: SubsegmentDocument): void => {
  if (request.fault) traffic.faults += 1;
  else if (request.error || request.throttle) traffic.errors += 1;
  else traffic.ok += 1;
  if (request.throttle && !request.fault) traffic.throttles += 1;
  const end = request.end_time ?? request.start_time;
  if (request.end_time !== undefined) traffic.responseTimes.push(end - request.start_time);
  traffic.start = Math.min(traffic.start, request.start_time);
  traffic.end = Math.max(traffic.end, end);
};

const edgeTraffic = (from: Node, to: Node): Traffic => {
  const known = from.edges.get(to);
  if (known !== undefined) return known;
  const traffic = noTraffic();
  from.edges.set(to, traffic);
  return traffic;
};

/**
 * The services of some traces and the calls among them (API reference, GetServiceGraph): a node for each name and type
 * of segments, also of those that X-Ray infers from calls, and a client before each root.
 */
export const serviceGraphOf = (traces: readonly TracedRequest[]): readonly ServiceNode[] => {
  const nodes = new Map<string, Node>();
  const nodeOf = (name: string, type: string | undefined): Node => {
    const key = JSON.stringify([name, type]);
    const node = nodes.get(key) ?? {
      referenceId: nodes.size,
      name,
      type,
      root: false,
      traffic: noTraffic(),
      edges: new Map(),
    };
    nodes.set(key, node);
    return node;
  };
  for (const trace of traces) addTrace(trace, nodeOf);
  return [...nodes.values()].map((node) => ({
    ...node,
    edges: [...node.edges].map(([to, traffic]) => ({ to: to.referenceId, traffic })),
  }));
};

const addTrace = (trace: TracedRequest, nodeOf: (name: string, type: string | undefined) => Node): void => {
  const segments: Segment[] = [
    ...trace.documents.filter((document) => document.type !== 'subsegment'),
    ...inferredSegments(trace),
  ];
  const ownerOf = ownersIn(trace, segments);
  const nodes = new Map(segments.map((segment) => [segment.id, nodeOf(segment.name, typeOf(segment))]));
  for (const segment of segments) {
    const node = nodes.get(segment.id);
    if (node === undefined) continue;
    count(node.traffic, segment);
    const owner = segment.parent_id === undefined ? undefined : ownerOf.get(segment.parent_id);
    const caller = owner === undefined ? undefined : nodes.get(owner);
    if (caller !== undefined && caller !== node) count(edgeTraffic(caller, node), segment);
    if (caller !== undefined) continue;
    node.root = true;
    count(edgeTraffic(nodeOf(segment.name, 'client'), node), segment);
  }
};

const typeOf = (segment: Segment): string | undefined => segment.origin ?? (segment.inferred ? 'remote' : undefined);

/** The segment that each segment or subsegment id is part of. */
const ownersIn = (trace: TracedRequest, segments: readonly Segment[]): ReadonlyMap<string, string> => {
  const owners = new Map<string, string>();
  for (const segment of segments) {
    for (const { id } of [segment, ...subsegmentsIn(segment)]) owners.set(id, segment.id);
  }
  let waiting = trace.documents.filter((document) => document.type === 'subsegment');
  // Subsegments that came by themselves may hang on each other, in whatever order they came.
  for (let placed = true; placed; ) {
    const still = waiting.filter((subsegment) => {
      const owner = owners.get(subsegment.parent_id ?? '');
      if (owner === undefined) return true;
      for (const { id } of [subsegment, ...subsegmentsIn(subsegment)]) owners.set(id, owner);
      return false;
    });
    placed = still.length < waiting.length;
    waiting = still;
  }
  return owners;
};
