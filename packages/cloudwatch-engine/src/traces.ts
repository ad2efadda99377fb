export { printTraceFilter, type TraceFilter } from './traces/filter.ts';
export { TraceFilterError } from './traces/filter-tokens.ts';
export { type InferredSegment, inferredSegments } from './traces/inferred-segments.ts';
export { matchTrace } from './traces/match-filter.ts';
export { parseTraceFilter } from './traces/parse-filter.ts';
export { type ServiceNode, type ServiceTraffic, serviceGraphOf } from './traces/service-graph.ts';
export { type RequestView, type ServiceView, type TraceView, traceViewOf } from './traces/trace-view.ts';
export type { TracedRequest } from './traces/traced.ts';
