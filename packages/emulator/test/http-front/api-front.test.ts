import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { createApiFront } from '../../src/http-front/api-front.ts';
import type { RouteDefinition } from '../../src/http-front/routes.ts';
import type { InvocationResult } from '../../src/lambda/invocation-result.ts';
import { fetchThrough } from '../../src/server/fetch-door.ts';
import { createSampler } from '../../src/xray/sampler.ts';
import { createTraceStore, type TraceStore } from '../../src/xray/store/trace-store.ts';
import { newTraceId } from '../../src/xray/trace-ids.ts';

const now = Date.UTC(2026, 10, 23, 16, 10, 2);
const route = (method: string, path: string): RouteDefinition => ({ method, path, functionName: 'api-handler' });

type Front = {
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
  readonly events: APIGatewayProxyEvent[];
  readonly traceHeaders: (string | undefined)[];
  readonly traces: TraceStore;
  readonly warnings: string[];
};

const ok = { payload: JSON.stringify({ statusCode: 200 }) };

const frontWith = (answer: Partial<InvocationResult> | Promise<InvocationResult> = ok, isSampled = true): Front => {
  const events: APIGatewayProxyEvent[] = [];
  const traceHeaders: (string | undefined)[] = [];
  const traces = createTraceStore();
  const warnings: string[] = [];
  const base = { requestId: 'r', functionName: 'api-handler', coldStart: false, durationMs: 0 };
  const times = { invokedAt: now, startedAt: now, endedAt: now };
  const front = createApiFront({
    routes: [route('GET', '/calls/{callId}'), route('ANY', '/uploads')],
    stage: 'local',
    apiName: 'voice-api',
    accountId: '000000000000',
    binaryMediaTypes: ['application/octet-stream'],
    integrationTimeoutMs: 50,
    traces: { begin: () => newTraceId(now, () => 0.5), record: traces.record },
    warn: (message) => void warnings.push(message),
    now: () => now,
    random: () => 0.5,
    sampler: isSampled ? createSampler('all', { now: () => now, random: () => 0.5 }) : () => false,
    invoke: async (_, payload, options) => {
      events.push(JSON.parse(payload) as APIGatewayProxyEvent);
      traceHeaders.push(options?.traceHeader);
      return answer instanceof Promise ? answer : { ...base, ...times, payload: 'null', ...answer };
    },
  });
  const fetch = (path: string, init?: RequestInit) => fetchThrough(front, new Request(`http://api.test${path}`, init));
  return { fetch, events, traceHeaders, traces, warnings };
};

describe('the event of a REST API', () => {
  it('has path, parameters, query, headers and context as API Gateway writes them', async () => {
    const { fetch, events } = frontWith();
    await fetch('/local/calls/c%201?tag=a&tag=b&verbose=', { headers: { 'x-campaign': 'c-1', 'user-agent': 'test' } });
    expect(events[0]).toMatchObject({
      resource: '/calls/{callId}',
      path: '/calls/c%201',
      httpMethod: 'GET',
      headers: { 'x-campaign': 'c-1', 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '127.0.0.1' },
      multiValueHeaders: { 'x-campaign': ['c-1'] },
      queryStringParameters: { tag: 'b', verbose: '' },
      multiValueQueryStringParameters: { tag: ['a', 'b'], verbose: [''] },
      pathParameters: { callId: 'c 1' },
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        httpMethod: 'GET',
        identity: { sourceIp: '127.0.0.1', userAgent: 'test' },
        path: '/local/calls/c%201',
        protocol: 'HTTP/1.1',
        requestId: expect.stringMatching(/^[\da-f-]{36}$/),
        requestTime: '23/Nov/2026:16:10:02 +0000',
        requestTimeEpoch: now,
        resourcePath: '/calls/{callId}',
        stage: 'local',
      },
    });
  });

  it('has parameters and headers of any name', async () => {
    const { fetch, events } = frontWith();
    const query = 'constructor=1&__proto__=2&toString=3&toString=4';
    await fetch(`/uploads?${query}`, { headers: { constructor: 'x', 'to-string': 'y' } });
    expect(Object.entries(events[0]?.multiValueQueryStringParameters ?? {})).toEqual([
      ['constructor', ['1']],
      ['__proto__', ['2']],
      ['toString', ['3', '4']],
    ]);
    expect(events[0]?.headers).toMatchObject({ constructor: 'x', 'to-string': 'y' });
  });

  it('is refused beyond the 6 MB that Lambda takes', async () => {
    const { fetch, events } = frontWith();
    const answer = await fetch('/uploads', { method: 'POST', body: 'x'.repeat(6_291_456) });
    expect([answer.status, await answer.json(), events]).toEqual([413, { message: 'Request Too Long' }, []]);
  });

  it('has null where there is nothing', async () => {
    const { fetch, events } = frontWith();
    await fetch('/uploads');
    const nothing = { queryStringParameters: null, multiValueQueryStringParameters: null, pathParameters: null };
    expect(events[0]).toMatchObject({ ...nothing, path: '/uploads' });
  });

  it('has text bodies as text, and those of binary media types in Base64', async () => {
    const { fetch, events } = frontWith();
    await fetch('/uploads', { method: 'POST', body: 'héllo' });
    const binary = { 'content-type': 'application/octet-stream' };
    await fetch('/uploads', { method: 'POST', body: new Uint8Array([0, 255]), headers: binary });
    expect(events[0]).toMatchObject({ body: 'héllo', isBase64Encoded: false });
    expect(events[1]).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });
});

describe('the answer', () => {
  it('is what the function returned', async () => {
    const headers = { 'content-type': 'text/plain', 'x-count': 3 };
    const multiValueHeaders = { 'set-cookie': ['a=1', 'b=2'] };
    const payload = JSON.stringify({ statusCode: 201, headers, multiValueHeaders, body: 'done' });
    const response = await frontWith({ payload }).fetch('/uploads');
    expect([response.status, await response.text()]).toEqual([201, 'done']);
    expect(response.headers.get('x-count')).toBe('3');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('content-type')).toBe('text/plain');
  });

  it('is decoded from Base64 where the function says so and the caller first of all accepts a binary media type', async () => {
    const payload = JSON.stringify({ statusCode: 200, body: 'AP8=', isBase64Encoded: true });
    const answered = async (accept: string) => {
      const response = await frontWith({ payload }).fetch('/uploads', { headers: { accept } });
      return [...new Uint8Array(await response.arrayBuffer())];
    };
    expect(await answered('application/octet-stream;q=0.9, text/html')).toEqual([0, 255]);
    const text = [...Buffer.from('AP8=')];
    expect(await answered('text/html, application/octet-stream')).toEqual(text);
    expect(await answered('*/*')).toEqual(text);
  });

  it.each([204, 205, 304])('has no body where the status is %s, nor for HEAD', async (statusCode) => {
    const front = frontWith({ payload: JSON.stringify({ statusCode, body: 'x' }) });
    const response = await front.fetch('/uploads');
    expect([response.status, await response.text()]).toEqual([statusCode, '']);
    const head = await frontWith({ payload: '{"statusCode":200,"body":"x"}' }).fetch('/uploads', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it.each([
    ['null', null],
    ['a text', 'hello'],
    ['no statusCode', { body: 'x' }],
    ['a statusCode that is none', { statusCode: 'fine' }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['a header that is no text', { statusCode: 200, headers: { a: { b: 1 } } }],
    ['a status that ends nothing', { statusCode: 101 }],
    ['a header that cannot be sent', { statusCode: 200, headers: { a: 'line\nend' } }],
    ['a header beyond Latin-1', { statusCode: 200, headers: { a: '城市' } }],
    ['a header name that is none', { statusCode: 200, multiValueHeaders: { 'a b': ['c'] } }],
    ['an unknown member', { statusCode: 200, cookies: [] }],
  ])('is 502 for %s, and says why beside it', async (_, response) => {
    const { fetch, warnings } = frontWith({ payload: JSON.stringify(response) });
    const answer = await fetch('/uploads');
    expect([answer.status, await answer.json()]).toEqual([502, { message: 'Internal server error' }]);
    expect(warnings).toEqual([expect.stringMatching(/^ANY \/uploads is answered with 502: of api-handler, ./)]);
  });

  it('is 502 for a function error, 500 for a throttle, 504 after the integration timeout, 403 without a route', async () => {
    expect((await frontWith({ functionError: 'Unhandled' }).fetch('/uploads')).status).toBe(502);
    expect((await frontWith({ throttled: true }).fetch('/uploads')).status).toBe(500);
    expect((await frontWith(new Promise<InvocationResult>(() => {})).fetch('/uploads')).status).toBe(504);
    expect((await frontWith().fetch('/nowhere')).status).toBe(403);
  });
});

describe('tracing at the API', () => {
  const root = '1-5759e988-bd862e3fe1be46a994272793';

  it("takes over the caller's trace and decision, and stands between caller and function", async () => {
    const { fetch, traceHeaders, traces } = frontWith(ok, false);
    const header = `Root=${root};Parent=53995c3f42cd8ad8;Sampled=1;Custom=x`;
    const response = await fetch('/uploads', { headers: { 'X-Amzn-Trace-Id': header } });
    expect(response.headers.get('x-amzn-trace-id')).toBe(`Root=${root};Sampled=1`);
    const [segment] = traces.get(root)?.documents ?? [];
    expect(segment).toMatchObject({
      name: 'voice-api/local',
      parent_id: '53995c3f42cd8ad8',
      origin: 'AWS::ApiGateway::Stage',
      http: { request: { method: 'GET', url: 'https://api.test/local/uploads' }, response: { status: 200 } },
    });
    const lambdaId = segment?.subsegments?.[0]?.id;
    expect(traceHeaders).toEqual([`Root=${root};Parent=${lambdaId};Sampled=1;Custom=x`]);
  });

  it('decides where the caller has not, and records nothing when the decision is no', async () => {
    const sampled = frontWith();
    await sampled.fetch('/uploads');
    expect(sampled.traceHeaders[0]).toMatch(/^Root=1-[\da-f]{8}-[\da-f]{24};Parent=[\da-f]{16};Sampled=1$/);
    expect(sampled.traces.list()).toHaveLength(1);
    const unsampled = frontWith(ok, false);
    await unsampled.fetch('/uploads');
    expect(unsampled.traceHeaders[0]).toMatch(/;Sampled=0$/);
    expect(unsampled.traces.list()).toEqual([]);
  });

  it('marks 5xx as fault and 4xx as error', async () => {
    for (const [status, flag] of [
      [404, 'error'],
      [500, 'fault'],
    ] as const) {
      const { fetch, traces } = frontWith({ payload: JSON.stringify({ statusCode: status }) });
      await fetch('/uploads');
      expect(traces.list()[0]?.documents[0]).toMatchObject({ [flag]: true });
    }
  });
});
