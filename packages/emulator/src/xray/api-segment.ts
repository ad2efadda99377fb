import type { TraceDocument } from './store/trace-store.ts';

/** What API Gateway knows of one request when it is over. Instants are epoch milliseconds. */
export type ApiSegmentSource = {
  readonly traceId: string;
  readonly segmentId: string;
  /** Of the subsegment that stands for the call of the function: the parent of Lambda's segment. */
  readonly lambdaId: string;
  readonly parentId?: string;
  /** `<API name>/<stage>` */
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly clientIp: string;
  readonly userAgent?: string;
  readonly functionName: string;
  readonly status: number;
  readonly startedAt: number;
  readonly endedAt: number;
};

const flagsOf = (status: number): { readonly error?: true; readonly throttle?: true; readonly fault?: true } => {
  if (status >= 500) return { fault: true };
  if (status === 429) return { error: true, throttle: true };
  return status >= 400 ? { error: true } : {};
};

const cut = (text: string): string => text.slice(0, 250);

/** The segment that a traced API stage writes, with the call of the function as subsegment. */
export const apiSegmentOf = (source: ApiSegmentSource): TraceDocument => {
  const times = { start_time: source.startedAt / 1000, end_time: Math.max(source.endedAt, source.startedAt) / 1000 };
  const response = { status: source.status };
  return {
    id: source.segmentId,
    trace_id: source.traceId,
    ...(source.parentId === undefined ? {} : { parent_id: source.parentId }),
    name: source.name,
    origin: 'AWS::ApiGateway::Stage',
    ...times,
    ...flagsOf(source.status),
    http: {
      request: {
        method: source.method,
        url: cut(source.url),
        client_ip: source.clientIp,
        ...(source.userAgent === undefined ? {} : { user_agent: cut(source.userAgent) }),
      },
      response,
    },
    subsegments: [
      {
        id: source.lambdaId,
        name: source.functionName,
        namespace: 'aws',
        ...times,
        ...flagsOf(source.status),
        http: { response },
      },
    ],
  };
};
