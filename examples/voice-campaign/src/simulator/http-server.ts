import { createServer, type IncomingMessage, type Server } from 'node:http';

/** Answers one POST: the path's segments and the body; a thrown error is answered as `status(error)`. */
export type PostHandler = (path: readonly string[], body: string) => Promise<string>;

export type HttpServer = { readonly url: string; close(): Promise<void> };

/** Serves JSON over POST on a free port of 127.0.0.1. */
export async function serveHttp(handle: PostHandler, statusOf: (error: unknown) => number): Promise<HttpServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('/').filter(Boolean).map(decodeURIComponent);
    readBody(request)
      .then((body) => handle(path, body))
      .then(
        (answer) => response.writeHead(200, { 'content-type': 'application/json' }).end(answer),
        (error: unknown) => response.writeHead(statusOf(error)).end(error instanceof Error ? error.message : 'error'),
      );
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: urlOf(server), close: () => close(server) };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
