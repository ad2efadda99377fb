import {
  BatchGetTracesCommand,
  type EdgeStatistics,
  GetServiceGraphCommand,
  GetTraceSummariesCommand,
  type HistogramEntry,
  type TraceSummary,
  type XRayClient,
} from '@aws-sdk/client-xray';
import type { Trace, TraceDocument } from '@voice-campaign/emulator';
import type { Latency, ServiceMap, TraceDetail, TraceEntry, TraceList } from '../../protocol/trace-view.ts';
import type { TimeRange } from '../../protocol/widget-series.ts';
import { stateOf, traceDetailOf } from '../trace-detail.ts';
import { awsTraceLogs } from './aws-trace-logs.ts';
import type { CostLedger } from './polling-cost.ts';
import { remembered } from './remembered.ts';
import { type AwsClients, allPages, asked, needed } from './send.ts';

type TracesOptions = { readonly ledger: CostLedger; readonly now: () => number };

export type AwsTraces = {
  readonly list: (filter: string, range: TimeRange) => Promise<TraceList>;
  readonly detail: (id: string) => Promise<TraceDetail | undefined>;
  readonly map: (range: TimeRange) => Promise<ServiceMap>;
};

const MOST_TRACES = 200;
const MOST_PAGES = 5;
const KEPT_SECONDS = 30;
/** Of GetTraceSummaries and GetServiceGraph. */
const LONGEST_RANGE = 6 * 3600;

/** The traces of an account. X-Ray answers for six hours at most: of a longer range, the last six. */
export function awsTraces(clients: AwsClients, { ledger, now }: TracesOptions): AwsTraces {
  const keep = remembered({ seconds: KEPT_SECONDS, now });
  const client = (): XRayClient => needed(clients.xray, 'xray');
  const keyOf = (name: string, { start, end }: TimeRange): string =>
    `${name} ${Math.round(start / 10)} ${Math.round(end / 10)}`;
  return {
    list: (filter, range) =>
      keep(keyOf(`list ${filter}`, range), () =>
        asked('GetTraceSummaries', async () => {
          const asking = { ...datesOf(range), ...(filter.trim() !== '' && { FilterExpression: filter }) };
          const pages = await allPages(async (NextToken) => {
            const page = await client().send(
              new GetTraceSummariesCommand(NextToken === undefined ? asking : { ...asking, NextToken }),
            );
            ledger.add('trace', page.TracesProcessedCount ?? 0);
            return page;
          }, MOST_PAGES);
          const traces = pages.flatMap(({ TraceSummaries = [] }) => TraceSummaries.map(entryOf));
          traces.sort((one, other) => other.start - one.start);
          return { traces: traces.slice(0, MOST_TRACES), total: traces.length };
        }),
      ),
    detail: (id) =>
      keep(`trace ${id}`, () =>
        asked('BatchGetTraces', async () => {
          ledger.add('trace', 1);
          const { Traces: [found] = [] } = await client().send(new BatchGetTracesCommand({ TraceIds: [id] }));
          if (!found?.Segments?.length) return undefined;
          const trace = traceOf(
            id,
            found.Segments.map(({ Document = '{}' }) => Document),
          );
          const detail = traceDetailOf(trace, []);
          return { ...detail, logs: await awsTraceLogs(clients, ledger, detail, trace.documents) };
        }),
      ),
    map: (range) =>
      keep(keyOf('map', range), () =>
        asked('GetServiceGraph', async () => {
          ledger.add('request', 1);
          const pages = await allPages(
            (NextToken) =>
              client().send(
                new GetServiceGraphCommand({ ...datesOf(range), ...(NextToken !== undefined && { NextToken }) }),
              ),
            MOST_PAGES,
          );
          return { nodes: pages.flatMap(({ Services = [] }) => Services.map(nodeOf)) };
        }),
      ),
  };
}

const datesOf = ({ start, end }: TimeRange) => ({
  StartTime: new Date(Math.max(start, end - LONGEST_RANGE) * 1000),
  EndTime: new Date(end * 1000),
});

function entryOf(summary: TraceSummary): TraceEntry {
  const { Id: id = '', StartTime, Duration = 0, Http = {}, Annotations = {}, ServiceIds = [], EntryPoint } = summary;
  const { HasError: error = false, HasThrottle: throttle = false, HasFault: fault = false } = summary;
  const services = [...new Set(ServiceIds.map(({ Name = '' }) => Name))];
  const values = Object.entries(Annotations).map(([key, all]) => [
    key,
    all.flatMap(({ AnnotationValue: value }) => value?.StringValue ?? value?.NumberValue ?? value?.BooleanValue ?? []),
  ]);
  return {
    id,
    start: StartTime ? StartTime.getTime() / 1000 : Number.parseInt(id.slice(2, 10), 16),
    duration: Duration,
    name: EntryPoint?.Name ?? services[0] ?? id,
    state: stateOf({ error, throttle, fault }),
    ...(Http.HttpMethod !== undefined && { method: Http.HttpMethod }),
    ...(Http.HttpURL !== undefined && { url: Http.HttpURL }),
    ...(Http.HttpStatus !== undefined && { status: Http.HttpStatus }),
    annotations: Object.fromEntries(values),
    services,
  };
}

/** What was sent; X-Ray adds segments that it infers from the subsegments of calls. */
function traceOf(id: string, texts: readonly string[]): Trace {
  const all = texts.map((text) => JSON.parse(text) as TraceDocument & { readonly inferred?: boolean });
  const documents = all.filter(({ inferred }) => inferred !== true);
  const parentLinks = all.flatMap((document) => ('links' in document ? (document.links ?? []) : []));
  return { id, documents, parentLinks, childLinks: [], droppedLinks: 0 };
}

type GraphNode = {
  readonly ReferenceId?: number | undefined;
  readonly Name?: string | undefined;
  readonly Type?: string | undefined;
  readonly SummaryStatistics?: EdgeStatistics | undefined;
  readonly ResponseTimeHistogram?: readonly HistogramEntry[] | undefined;
  readonly Edges?: readonly Omit<GraphNode, 'Edges'>[] | undefined;
};

const nodeOf = (node: GraphNode): ServiceMap['nodes'][number] => ({
  id: node.ReferenceId ?? 0,
  name: node.Name ?? '',
  ...(node.Type !== undefined && { type: node.Type }),
  traffic: latencyOf(node),
  edges: (node.Edges ?? []).map((edge) => ({ to: edge.ReferenceId ?? 0, traffic: latencyOf(edge) })),
});

function latencyOf({ SummaryStatistics = {}, ResponseTimeHistogram = [] }: GraphNode): Latency {
  const { OkCount: ok = 0, ErrorStatistics = {}, FaultStatistics = {}, TotalCount: count = 0 } = SummaryStatistics;
  const { TotalCount: errors = 0, ThrottleCount: throttles = 0 } = ErrorStatistics;
  const { TotalCount: faults = 0 } = FaultStatistics;
  const counts = { ok, errors, throttles, faults, count };
  const entries = ResponseTimeHistogram.map(({ Value = 0, Count = 0 }) => ({ time: Value, requests: Count }));
  entries.sort((one, other) => one.time - other.time);
  const total = entries.reduce((sum, { requests }) => sum + requests, 0);
  if (total === 0) return counts;
  const at = (share: number): number => {
    let below = 0;
    for (const { time, requests } of entries) {
      below += requests;
      if (below >= share * total) return time;
    }
    return entries.at(-1)?.time ?? 0;
  };
  const average = entries.reduce((sum, { time, requests }) => sum + time * requests, 0) / total;
  return { ...counts, average, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
