import {
  type ServiceNode,
  type ServiceTraffic,
  serviceGraphOf,
  traceViewOf,
} from '@voice-campaign/cloudwatch-engine/traces';
import { type Input, readString, readStrings, readTimestamp } from '../service-api/input.ts';
import type { Trace } from '../xray/store/trace-store.ts';
import { compileFilter } from './compile-filter.ts';
import { groupOf } from './groups.ts';
import type { XrayContext } from './xray-context.ts';
import { invalidRequest } from './xray-errors.ts';

const longestRangeMs = 6 * 3_600_000;

/** The range of a request, epoch milliseconds. @throws ServiceError for one that is absent, reversed or too long. */
export const readRange = (input: Input): { readonly start: number; readonly end: number } => {
  const [start, end] = [readTimestamp(input, 'StartTime'), readTimestamp(input, 'EndTime')];
  if (start === undefined || end === undefined) throw invalidRequest('StartTime and EndTime are required');
  if (end < start) throw invalidRequest('EndTime is before StartTime');
  if (end - start > longestRangeMs) throw invalidRequest('The time range is longer than 6 hours');
  return { start, end };
};

/** When a trace began by its id, epoch milliseconds, to the second. */
export const startOf = (trace: Trace): number => Number.parseInt(trace.id.slice(2, 10), 16) * 1000;

/** The traces that began in a range, to the second, oldest first. */
export const tracesIn = ({ traces }: XrayContext, { start, end }: { start: number; end: number }): Trace[] =>
  traces.list().filter((trace) => {
    const at = startOf(trace);
    return at >= Math.floor(start / 1000) * 1000 && at <= end;
  });

/** Buckets of equal width, as the console draws them. */
const histogram = (times: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const time of times) {
    const value = Math.round(time * 1000) / 1000;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([one], [other]) => one - other).map(([Value, Count]) => ({ Value, Count }));
};

const statistics = ({ ok, errors, throttles, faults, responseTimes }: ServiceTraffic) => ({
  OkCount: ok,
  ErrorStatistics: { ThrottleCount: throttles, OtherCount: errors - throttles, TotalCount: errors },
  FaultStatistics: { OtherCount: faults, TotalCount: faults },
  TotalCount: ok + errors + faults,
  TotalResponseTime: responseTimes.reduce((sum, time) => sum + time, 0),
});

const spanOf = ({ start, end }: ServiceTraffic) =>
  Number.isFinite(start) ? { StartTime: new Date(start * 1000), EndTime: new Date(end * 1000) } : {};

const rendered = ({ accountId }: XrayContext, node: ServiceNode) => ({
  ReferenceId: node.referenceId,
  Name: node.name,
  Names: [node.name],
  ...(node.root && { Root: true }),
  ...(node.type?.startsWith('AWS::') && { AccountId: accountId }),
  ...(node.type !== undefined && { Type: node.type }),
  State: node.type === 'client' ? 'unknown' : 'active',
  ...spanOf(node.traffic),
  Edges: node.edges.map(({ to, traffic }) => ({
    ReferenceId: to,
    ...spanOf(traffic),
    SummaryStatistics: statistics(traffic),
    ResponseTimeHistogram: histogram(traffic.responseTimes),
    Aliases: [],
  })),
  ...(node.type !== 'client' && {
    SummaryStatistics: statistics(node.traffic),
    DurationHistogram: histogram(node.traffic.responseTimes),
    ResponseTimeHistogram: histogram(node.traffic.responseTimes),
  }),
});

export const graphOperations: Readonly<Record<string, (context: XrayContext, input: Input) => unknown>> = {
  GetServiceGraph: (context, input) => {
    const range = readRange(input);
    const hasGroup = readString(input, 'GroupName') !== undefined || readString(input, 'GroupARN') !== undefined;
    const isDefault = readString(input, 'GroupName') === 'Default';
    const expression = hasGroup && !isDefault ? groupOf(context, input).filterExpression : '';
    const filter = compileFilter(expression);
    const traces = tracesIn(context, range).filter((trace) => filter(traceViewOf(trace)));
    return {
      StartTime: new Date(range.start),
      EndTime: new Date(range.end),
      Services: serviceGraphOf(traces).map((node) => rendered(context, node)),
      ContainsOldGroupVersions: false,
    };
  },
  GetTraceGraph: (context, input) => {
    const traces = readStrings(input, 'TraceIds').flatMap((id) => context.traces.get(id) ?? []);
    return { Services: serviceGraphOf(traces).map((node) => rendered(context, node)) };
  },
};
