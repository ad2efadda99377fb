import { randomUUID } from 'node:crypto';
import { formatTraceHeader, parseTraceHeader, type TraceHeader } from '@voice-campaign/metrics-schema';
import type { InvocationResult } from '../lambda/invocation-result.ts';
import { mostRequestBytes } from '../lambda/lambda-service.ts';
import type { ApiRequest } from '../platform/api-metrics.ts';
import { addressOf, type HttpRequest, type HttpResponse, headerMap } from '../server/http-message.ts';
import { apiSegmentOf } from '../xray/api-segment.ts';
import type { TracedInvoke } from '../xray/invocation/traced-invoke.ts';
import type { Sampler } from '../xray/sampler.ts';
import { newEntityId, type Random } from '../xray/trace-ids.ts';
import type { TraceIntake } from '../xray/trace-intake.ts';
import { acceptsBinary } from './binary-media.ts';
import { proxyEventOf } from './proxy-event.ts';
import { readProxyResponse } from './proxy-response.ts';
import { findRoute, type MatchedRoute, type RouteDefinition } from './routes.ts';

export type ApiFrontSetting = {
  readonly routes: readonly RouteDefinition[];
  readonly stage: string;
  readonly apiName: string;
  readonly accountId: string;
  readonly binaryMediaTypes: readonly string[];
  /** API Gateway gives an integration 29 s by default. */
  readonly integrationTimeoutMs: number;
  readonly invoke: TracedInvoke;
  readonly sampler: Sampler;
  readonly traces: TraceIntake;
  readonly now: () => number;
  readonly random: Random;
  /** Told of every request to the API, also of one without a route. */
  readonly onRequest?: (request: ApiRequest) => void;
  /** Told what was wrong with an answer of a function, which its caller does not hear. */
  readonly warn: (message: string) => void;
};

type Exchange = {
  readonly setting: ApiFrontSetting;
  readonly request: HttpRequest;
  readonly matched: MatchedRoute;
  readonly path: string;
  readonly query: string;
  readonly requestId: string;
  readonly trace: TraceHeader & { readonly sampled: boolean };
  readonly segmentId: string;
  readonly lambdaId: string;
  readonly startedAt: number;
};

const apiId = 'local';

const messageReply = (status: number, message: string): HttpResponse => ({
  status,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify({ message }),
});

/** The path below the stage; a path without it is taken as it is, as behind a custom domain name. */
const belowStage = (pathname: string, stage: string): string => {
  if (pathname === `/${stage}`) return '/';
  return pathname.startsWith(`/${stage}/`) ? pathname.slice(stage.length + 1) : pathname;
};

const integrate = async (exchange: Exchange): Promise<HttpResponse> => {
  const { setting, request, matched, trace, lambdaId } = exchange;
  const { others } = trace;
  const toLambda = { root: trace.root, parent: lambdaId, sampled: trace.sampled, ...(others ? { others } : {}) };
  const traceHeader = formatTraceHeader(toLambda);
  const { stage, accountId, binaryMediaTypes } = setting;
  const source = { ...exchange, stage, apiId, accountId, traceHeader, now: exchange.startedAt, binaryMediaTypes };
  const event = JSON.stringify(proxyEventOf(source));
  if (Buffer.byteLength(event) > mostRequestBytes) return messageReply(413, 'Request Too Long');
  const invocation = setting.invoke(matched.route.functionName, event, { traceHeader });
  const result = await withinTime(invocation, setting.integrationTimeoutMs);
  if (result === undefined || result.throttled || result.functionError !== undefined) return failureOf(result);
  const reading = readProxyResponse(result.payload, acceptsBinary(request, binaryMediaTypes));
  if (reading.kind === 'response') return reading.response;
  const { method, path } = matched.route;
  setting.warn(`${method} ${path} is answered with 502: of ${result.functionName}, ${reading.reason}`);
  return messageReply(502, 'Internal server error');
};

const withinTime = async (invocation: Promise<InvocationResult>, ms: number): Promise<InvocationResult | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  return Promise.race([invocation, timeout]).finally(() => clearTimeout(timer));
};

/** Status codes as API Gateway chooses them (Lambda Developer Guide, "Handling errors with an API Gateway API"). */
const failureOf = (result: InvocationResult | undefined): HttpResponse => {
  if (result === undefined) return messageReply(504, 'Endpoint request timed out');
  return messageReply(result.throttled ? 500 : 502, 'Internal server error');
};

const record = (exchange: Exchange, status: number): void => {
  const { setting, request, matched, trace, segmentId, lambdaId, startedAt } = exchange;
  const headers = headerMap(request.headers);
  const userAgent = headers['user-agent'];
  setting.traces.record(
    apiSegmentOf({
      traceId: trace.root,
      segmentId,
      lambdaId,
      ...(trace.parent === undefined ? {} : { parentId: trace.parent }),
      name: `${setting.apiName}/${setting.stage}`,
      method: request.method,
      url: `https://${headers.host ?? 'localhost'}/${setting.stage}${exchange.path}`,
      clientIp: request.sourceIp,
      ...(userAgent === undefined ? {} : { userAgent }),
      functionName: matched.route.functionName,
      status,
      startedAt,
      endedAt: setting.now(),
    }),
  );
};

/** The caller's trace where it gives one; a request nobody has decided on is sampled here. */
const traceOf = (setting: ApiFrontSetting, request: HttpRequest): Exchange['trace'] => {
  const caller = parseTraceHeader(headerMap(request.headers)['x-amzn-trace-id']);
  const key = `${setting.apiName}/${setting.stage}`;
  return {
    ...(caller ?? { root: setting.traces.begin() }),
    sampled: caller?.sampled ?? setting.sampler(key),
  };
};

/** The route that takes a request, and what of its address the function is told. */
export const routeOf = ({ routes, stage }: Pick<ApiFrontSetting, 'routes' | 'stage'>, request: HttpRequest) => {
  const { pathname, search } = addressOf(request);
  const path = belowStage(pathname, stage);
  return { path, query: search.slice(1), matched: findRoute(routes, request.method.toUpperCase(), path) };
};

/** Answers HTTP requests as a REST API with Lambda proxy integration does, tracing included. */
export const createApiFront =
  (setting: ApiFrontSetting) =>
  async (request: HttpRequest): Promise<HttpResponse> => {
    const { path, query, matched } = routeOf(setting, request);
    const { apiName, stage, onRequest = () => {} } = setting;
    if (matched === undefined) {
      onRequest({ apiName, stage, status: 403, latencyMs: 0 });
      return messageReply(403, 'Missing Authentication Token');
    }
    const exchange: Exchange = {
      setting,
      request,
      matched,
      path,
      query,
      requestId: randomUUID(),
      trace: traceOf(setting, request),
      segmentId: newEntityId(setting.random),
      lambdaId: newEntityId(setting.random),
      startedAt: setting.now(),
    };
    const reply = await integrate(exchange);
    const latencyMs = setting.now() - exchange.startedAt;
    onRequest({ apiName, stage, status: reply.status, latencyMs, integrationLatencyMs: latencyMs });
    if (exchange.trace.sampled) record(exchange, reply.status);
    const { root, sampled } = exchange.trace;
    const own = [
      ['x-amzn-requestid', exchange.requestId],
      ['x-amzn-trace-id', formatTraceHeader({ root, sampled })],
    ] as const;
    return { ...reply, headers: [...reply.headers, ...own] };
  };
