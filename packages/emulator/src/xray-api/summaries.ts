import { type ServiceView, type TraceView, traceViewOf } from '@voice-campaign/cloudwatch-engine/traces';
import { type Input, readBoolean, readNumber, readObject, readString } from '../service-api/input.ts';
import { compileFilter } from './compile-filter.ts';
import { readRange, tracesIn } from './graph-api.ts';
import type { XrayContext } from './xray-context.ts';
import { invalidRequest } from './xray-errors.ts';

/** Summaries on one page. */
const pageSize = 1000;

const serviceId = ({ name, type, accountId }: ServiceView) => ({
  Name: name,
  Names: [name],
  ...(accountId !== undefined && { AccountId: accountId }),
  ...(type !== undefined && { Type: type }),
});

const annotationValue = (value: string | number | boolean) => {
  if (typeof value === 'string') return { StringValue: value };
  return typeof value === 'number' ? { NumberValue: value } : { BooleanValue: value };
};

const annotationsOf = ({ annotations, services }: TraceView) =>
  new Map(
    Object.entries(annotations).map(([key, values]) => [
      key,
      values.map((value) => ({
        AnnotationValue: annotationValue(value),
        ServiceIds: services.filter((service) => service.annotations[key]?.includes(value)).map(serviceId),
      })),
    ]),
  );

/** A trace as GetTraceSummaries describes it (API reference, TraceSummary). Root causes are not worked out. */
const summaryOf = (view: TraceView) => ({
  Id: view.id,
  StartTime: new Date(view.start * 1000),
  Duration: view.duration,
  ResponseTime: view.responseTime,
  HasFault: view.fault,
  HasError: view.error,
  HasThrottle: view.throttle,
  IsPartial: view.partial,
  Http: {
    HttpURL: view.http.url,
    HttpStatus: view.http.status,
    HttpMethod: view.http.method,
    UserAgent: view.http.userAgent,
    ClientIp: view.http.clientIp,
  },
  Annotations: annotationsOf(view),
  Users: view.users.map((UserName) => ({
    UserName,
    ServiceIds: view.services.filter(({ users }) => users.includes(UserName)).map(serviceId),
  })),
  ServiceIds: view.services.map(serviceId),
  ResourceARNs: view.resourceArns.map((ARN) => ({ ARN })),
  InstanceIds: view.instanceIds.map((Id) => ({ Id })),
  AvailabilityZones: view.availabilityZones.map((Name) => ({ Name })),
  ...(view.entryPoint !== undefined && { EntryPoint: serviceId(view.entryPoint) }),
  Revision: 1,
});

/** Every n-th for `FixedRate`, so that the same question has the same answer. */
const sampled = (views: readonly TraceView[], input: Input): readonly TraceView[] => {
  if (readBoolean(input, 'Sampling') !== true) return views;
  const strategy = readObject(input, 'SamplingStrategy');
  if ((readString(strategy, 'Name') ?? 'PartialScan') !== 'FixedRate') return views;
  const rate = readNumber(strategy, 'Value') ?? 1;
  return views.filter((_view, index) => Math.floor((index + 1) * rate) > Math.floor(index * rate));
};

const eventTime = (view: TraceView, type: string): number =>
  type === 'TraceId' ? view.start : view.start + view.duration;

export const summaryOperations: Readonly<Record<string, (context: XrayContext, input: Input) => unknown>> = {
  GetTraceSummaries: (context, input) => {
    const type = readString(input, 'TimeRangeType') ?? 'TraceId';
    if (!['TraceId', 'Event', 'Service'].includes(type))
      throw invalidRequest(`TimeRangeType ${type} is TraceId, Event or Service`);
    const range = readRange(input);
    const filter = compileFilter(readString(input, 'FilterExpression') ?? '');
    const found = (type === 'TraceId' ? tracesIn(context, range) : context.traces.list())
      .map(traceViewOf)
      .filter((view) => type === 'TraceId' || isWithin(eventTime(view, type) * 1000, range))
      .filter(filter);
    const views = sampled(found, input);
    const from = Number(readString(input, 'NextToken') ?? 0);
    if (!Number.isInteger(from) || from < 0) throw invalidRequest('Invalid NextToken');
    return {
      TraceSummaries: views.slice(from, from + pageSize).map(summaryOf),
      ApproximateTime: new Date(context.now()),
      TracesProcessedCount: found.length,
      ...(from + pageSize < views.length && { NextToken: String(from + pageSize) }),
    };
  },
};

const isWithin = (at: number, { start, end }: { readonly start: number; readonly end: number }): boolean =>
  at >= start && at <= end;
