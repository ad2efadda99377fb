import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { judge } from '../../server/web-page-guard.ts';
import type { InvocationError } from '../invocation-result.ts';

/** An event for the runtime: its headers (lower case) and JSON payload. */
export type RuntimeEvent = { readonly headers: Readonly<Record<string, string>>; readonly payload: string };

/** What the runtime posts for an invocation: a payload, which describes `error` where there is one. */
export type Posted = { readonly payload: string; readonly error?: InvocationError };

export type RuntimeApiListener = {
  /** The runtime asks for an event; `answer` may be called at any later time, once. */
  readonly next: (answer: (event: RuntimeEvent) => void) => void;
  /** False: no such invocation is in flight. */
  readonly posted: (requestId: string, posted: Posted) => boolean;
  readonly initError: (error: InvocationError) => void;
};

/** Of a buffered response, as the error message of Lambda names it. */
const MAX_PAYLOAD_BYTES = 6_291_556;
const PREFIX = '/2018-06-01/runtime/';

/** Runtimes send the X-Ray cause of an error in a header: up to 1 MiB, of which two bytes become six where it is escaped. */
const MAX_HEADER_BYTES = 4 * 1024 * 1024;

function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

function reply(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The error document as it came, or as good as it can be made of what came. */
function readError(request: IncomingMessage, payload: string): InvocationError {
  const type = header(request, 'lambda-runtime-function-error-type');
  const xrayCause = header(request, 'lambda-runtime-function-xray-error-cause');
  const cause = xrayCause === undefined || xrayCause === '' ? {} : { xrayCause };
  try {
    const { errorType, errorMessage, trace, stackTrace } = JSON.parse(payload);
    const lines: unknown = trace ?? stackTrace;
    return {
      errorType: String(errorType ?? type ?? 'Unhandled'),
      errorMessage: String(errorMessage ?? ''),
      ...(Array.isArray(lines) ? { trace: lines.map(String) } : {}),
      ...cause,
    };
  } catch {
    return { errorType: type ?? 'Unhandled', errorMessage: payload, ...cause };
  }
}

function tooLarge(bytes: number): Posted | undefined {
  if (bytes <= MAX_PAYLOAD_BYTES) return undefined;
  const errorType = 'Function.ResponseSizeTooLarge';
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`;
  return { payload: JSON.stringify({ errorType, errorMessage }), error: { errorType, errorMessage } };
}

/** A streamed response says in its trailers that it failed midway. */
function readResponse(request: IncomingMessage, body: Buffer): Posted {
  const document = request.trailers['lambda-runtime-function-error-body'];
  if (typeof document !== 'string') return { payload: body.toString('utf8') };
  const payload = Buffer.from(document, 'base64').toString('utf8');
  return { payload, error: readError(request, payload) };
}

function readPost(request: IncomingMessage, kind: string, body: Buffer): Posted {
  if (kind === 'response') return readResponse(request, body);
  const payload = body.toString('utf8');
  return { payload, error: readError(request, payload) };
}

async function takePost(listener: RuntimeApiListener, request: IncomingMessage, response: ServerResponse) {
  const [invocation, requestId = '', kind = ''] = (request.url ?? '').slice(PREFIX.length).split('/');
  const body = await readBody(request);
  if (invocation === 'init' && requestId === 'error') {
    listener.initError(readError(request, body.toString('utf8')));
    return reply(response, 202, { status: 'OK' });
  }
  if (invocation !== 'invocation' || (kind !== 'response' && kind !== 'error')) {
    return reply(response, 404, { errorType: 'NotFound', errorMessage: `No resource ${request.url}` });
  }
  const streamed = header(request, 'lambda-runtime-function-response-mode') === 'streaming';
  const refused = streamed ? undefined : tooLarge(body.length);
  if (!listener.posted(decodeURIComponent(requestId), refused ?? readPost(request, kind, body))) {
    return reply(response, 400, { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' });
  }
  if (refused === undefined) return reply(response, 202, { status: 'OK' });
  reply(response, 413, { errorType: 'RequestEntityTooLarge', errorMessage: `Exceeded ${MAX_PAYLOAD_BYTES} bytes` });
}

function answerNext(response: ServerResponse, { headers, payload }: RuntimeEvent): void {
  const length = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
  response.writeHead(200, { ...headers, ...length });
  response.end(payload);
}

/** A Runtime API that is being served at `host:port`. */
export type RuntimeApiServer = { readonly address: string; readonly close: () => void };

const guardMessage =
  'The Runtime API is for the process of a function alone: it answers to 127.0.0.1, and to no web page of another site';

/** Serves the Runtime API 2018-06-01 to one runtime process on a loopback port of its own. */
export async function serveRuntimeApi(listener: RuntimeApiListener): Promise<RuntimeApiServer> {
  const settings = { keepAliveTimeout: 0, requestTimeout: 0, noDelay: true, maxHeaderSize: MAX_HEADER_BYTES };
  const server = createServer(settings, (request, response) => {
    if (judge(request).kind !== 'taken') {
      response.shouldKeepAlive = false;
      reply(response, 403, { errorType: 'Forbidden', errorMessage: guardMessage });
    } else if (request.method === 'POST') takePost(listener, request, response).catch(() => response.destroy());
    else if (request.url === `${PREFIX}invocation/next`) listener.next((event) => answerNext(response, event));
    else reply(response, 404, { errorType: 'NotFound', errorMessage: `No resource ${request.url}` });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `127.0.0.1:${port}`, close };
}
