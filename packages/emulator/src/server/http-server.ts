import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpHandler, HttpRequest, HttpResponse } from './http-message.ts';
import { judge, type Verdict } from './web-page-guard.ts';

/** A listening HTTP server. */
export type HttpServer = {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** Stops listening and ends every connection. */
  readonly close: () => Promise<void>;
  /** Lets `pages` look at each request first, until the returned function is called. */
  readonly mount: (pages: Pages) => () => void;
};

/** Answers a request that is for it, whatever else is at the port; false leaves it to others. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => boolean;

/** API Gateway takes 10 MB; nothing else here takes more. */
const maximumBodyBytes = 10 * 1024 * 1024;

class BodyTooLong extends Error {
  override readonly name = 'BodyTooLong';
}

const readBody = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    bytes += (chunk as Buffer).length;
    if (bytes > maximumBodyBytes) throw new BodyTooLong();
    chunks.push(chunk as Buffer);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
};

/** Path and query of a request line's target, which may be a whole address; undefined for what is none. */
const pathOf = (target: string): string | undefined => {
  if (target.startsWith('/')) return target;
  if (!URL.canParse(target)) return undefined;
  const { pathname, search } = new URL(target);
  return pathname.startsWith('/') ? pathname + search : undefined;
};

const headerPairs = (raw: readonly string[]): HttpRequest['headers'] => {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) pairs.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return pairs;
};

const answer = async (
  handler: HttpHandler,
  message: IncomingMessage,
  response: ServerResponse,
  isLinked: boolean,
): Promise<void> => {
  const hangUp = new AbortController();
  response.once('close', () => hangUp.abort());
  try {
    const url = pathOf(message.url ?? '/');
    if (url === undefined) return sayNo(response, 400, `${message.url} is no address: give a path, beginning with /`);
    const request: HttpRequest = {
      method: message.method ?? 'GET',
      url,
      headers: headerPairs(message.rawHeaders),
      body: await readBody(message),
      sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
      isLinked,
    };
    const reply = await handler(request, hangUp.signal);
    if (!response.destroyed) send(response, reply);
  } catch (error) {
    const status = error instanceof BodyTooLong ? 413 : 500;
    const text = status === 413 ? 'Request Too Long' : `${(error as Error).name}: ${(error as Error).message}`;
    if (response.headersSent) response.end();
    else sayNo(response, status, text);
  }
};

/** With its length, which Node leaves out, and sends in chunks what it could send at once. */
const send = (response: ServerResponse, { status, headers, body }: HttpResponse): void => {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const isKnown = bytes.length === 0 || headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  const length = isKnown ? [] : [['content-length', String(bytes.length)]];
  response.writeHead(status, [...headers, ...length].flat()).end(bytes);
};

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** Ends the connection too: what follows of the request is not read. */
const sayNo = (response: ServerResponse, status: number, message: string): void => {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ message }));
};

/**
 * Serves `handler` on `host` (default 127.0.0.1, and then only to requests that name this machine and come from no page of
 * another); port 0 takes a free one. @rejects with EADDRINUSE for a port that is taken.
 */
export const startHttpServer = async (port: number, handler: HttpHandler, host = '127.0.0.1'): Promise<HttpServer> => {
  const server: Server = createServer({ requestTimeout: 30_000, keepAliveTimeout: 60_000 });
  const guarded = isLoopback(host);
  const mounted = new Set<Pages>();
  server.on('request', (message, response) => {
    const verdict: Verdict = guarded ? judge(message) : { kind: 'taken' };
    if (verdict.kind === 'refused') return sayNo(response, 403, verdict.message);
    const isLinked = verdict.kind === 'linked';
    if (!isLinked || verdict.opensPage) for (const pages of mounted) if (pages(message, response)) return;
    void answer(handler, message, response, isLinked);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: boundPort } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${boundPort}`,
    mount: (pages) => {
      mounted.add(pages);
      return () => mounted.delete(pages);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
