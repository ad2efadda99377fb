import type { HttpRequest } from '../server/http-message.ts';
import { headerOf, sendsBinary } from './binary-media.ts';
import type { MatchedRoute } from './routes.ts';

type Multi = Readonly<Record<string, readonly string[]>>;
type Single = Readonly<Record<string, string>>;

/** The event of a REST API's Lambda proxy integration (API Gateway Developer Guide, "Input format", version 1.0). */
export type ProxyEvent = {
  readonly resource: string;
  readonly path: string;
  readonly httpMethod: string;
  readonly headers: Single | null;
  readonly multiValueHeaders: Multi | null;
  readonly queryStringParameters: Single | null;
  readonly multiValueQueryStringParameters: Multi | null;
  readonly pathParameters: Single | null;
  readonly stageVariables: null;
  readonly requestContext: Readonly<Record<string, unknown>>;
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
};

export type ProxyEventSource = {
  readonly request: HttpRequest;
  readonly matched: MatchedRoute;
  /** Path without the stage and without the query. */
  readonly path: string;
  readonly query: string;
  readonly stage: string;
  readonly apiId: string;
  readonly accountId: string;
  readonly requestId: string;
  /** `X-Amzn-Trace-Id` that the function is given. */
  readonly traceHeader: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Content types whose bodies travel as Base64. */
  readonly binaryMediaTypes: readonly string[];
};

/** By the names that callers chose, which may be any. */
const group = (pairs: Iterable<readonly [string, string]>): Multi | null => {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = groups.get(name);
    if (values === undefined) groups.set(name, [value]);
    else values.push(value);
  }
  return groups.size === 0 ? null : Object.fromEntries(groups);
};

/** A header that is repeated in another case has the name that came first. */
const groupHeaders = (pairs: readonly (readonly [string, string])[]): Multi | null => {
  const names = new Map<string, string>();
  for (const [name] of pairs) if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  return group(pairs.map(([name, value]) => [names.get(name.toLowerCase()) ?? name, value]));
};

const lastOf = (groups: Multi | null): Single | null =>
  groups === null
    ? null
    : Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, values.at(-1) ?? '']));

const forwarded = ({ request, traceHeader }: ProxyEventSource): (readonly [string, string])[] => {
  const own = new Set(['x-amzn-trace-id', 'x-forwarded-port', 'x-forwarded-proto', 'connection', 'x-forwarded-for']);
  const before = request.headers.filter(([name]) => name.toLowerCase() === 'x-forwarded-for').map(([, value]) => value);
  return [
    ...request.headers.filter(([name]) => !own.has(name.toLowerCase())),
    ['X-Amzn-Trace-Id', traceHeader],
    ['X-Forwarded-For', [...before, request.sourceIp].join(', ')],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `23/Nov/2026:16:10:02 +0000`, made from an ISO date. */
const requestTime = (iso: string): string =>
  `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;

const contextOf = (source: ProxyEventSource): Readonly<Record<string, unknown>> => {
  const { request, matched, path, stage, apiId, accountId, requestId, now } = source;
  return {
    accountId,
    apiId,
    domainName: `${apiId}.execute-api.local`,
    domainPrefix: apiId,
    extendedRequestId: requestId,
    httpMethod: request.method,
    identity: {
      accessKey: null,
      accountId: null,
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      user: null,
      userAgent: headerOf(request, 'user-agent') ?? null,
      userArn: null,
    },
    path: `/${stage}${path}`,
    protocol: 'HTTP/1.1',
    requestId,
    requestTime: requestTime(new Date(now).toISOString()),
    requestTimeEpoch: now,
    resourceId: 'local',
    resourcePath: matched.route.path,
    stage,
  };
};

const bodyOf = ({ request, binaryMediaTypes }: ProxyEventSource): Pick<ProxyEvent, 'body' | 'isBase64Encoded'> => {
  const bytes = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength);
  if (bytes.length === 0) return { body: null, isBase64Encoded: false };
  const isBinary = sendsBinary(request, binaryMediaTypes);
  return { body: bytes.toString(isBinary ? 'base64' : 'utf8'), isBase64Encoded: isBinary };
};

/** Builds the event for a request that a route takes. */
export const proxyEventOf = (source: ProxyEventSource): ProxyEvent => {
  const multiValueHeaders = groupHeaders(forwarded(source));
  const multiValueQueryStringParameters = group(new URLSearchParams(source.query));
  return {
    resource: source.matched.route.path,
    path: source.path,
    httpMethod: source.request.method,
    headers: lastOf(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: lastOf(multiValueQueryStringParameters),
    multiValueQueryStringParameters,
    pathParameters: source.matched.pathParameters,
    stageVariables: null,
    requestContext: contextOf(source),
    ...bodyOf(source),
  };
};
