import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpHandler, HttpRequest } from './http-message.ts';

/** A listening HTTP server on the loopback interface. */
export type HttpServer = {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** Stops listening and ends every connection. */
  readonly close: () => Promise<void>;
};

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

const headerPairs = (raw: readonly string[]): HttpRequest['headers'] => {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) pairs.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return pairs;
};

const answer = async (handler: HttpHandler, message: IncomingMessage, response: ServerResponse): Promise<void> => {
  const hangUp = new AbortController();
  response.once('close', () => hangUp.abort());
  try {
    const request: HttpRequest = {
      method: message.method ?? 'GET',
      url: message.url ?? '/',
      headers: headerPairs(message.rawHeaders),
      body: await readBody(message),
      sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
    };
    const reply = await handler(request, hangUp.signal);
    if (!response.destroyed) response.writeHead(reply.status, reply.headers.flat()).end(reply.body);
  } catch (error) {
    const status = error instanceof BodyTooLong ? 413 : 500;
    const text = status === 413 ? 'Request Too Long' : `${(error as Error).name}: ${(error as Error).message}`;
    if (!response.headersSent) response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify({ message: text }));
  }
};

/** Serves `handler` on 127.0.0.1; port 0 takes a free one. @rejects with EADDRINUSE for a port that is taken. */
export const startHttpServer = async (port: number, handler: HttpHandler): Promise<HttpServer> => {
  const server: Server = createServer({ requestTimeout: 30_000, keepAliveTimeout: 60_000 });
  server.on('request', (message, response) => void answer(handler, message, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: boundPort } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${boundPort}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
