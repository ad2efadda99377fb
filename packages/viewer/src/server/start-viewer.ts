import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ViewSource } from '../source/view-source.ts';
import { viewerPages } from './viewer-pages.ts';

export type ViewerOptions = {
  readonly source: ViewSource;
  /** Default 0, a free one. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Told of what went wrong while a page was served; default: written to stderr. */
  readonly onError?: (error: unknown) => void;
};

/** A running viewer. */
export type Viewer = {
  /** Without a slash at the end. */
  readonly url: string;
  readonly stop: () => Promise<void>;
};

const LOCAL_NAME = /^(?:localhost|(?:[\w-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Serves the page over a source, on the loopback interface alone unless `host` says otherwise.
 * @rejects with EADDRINUSE for a port that is taken.
 */
export async function startViewer(options: ViewerOptions): Promise<Viewer> {
  const { source, port = 0, host = '127.0.0.1', onError } = options;
  const pages = await viewerPages(source, onError ? { onError } : {});
  const guarded = LOCAL_NAME.test(host) || host === '::1';
  const server = createServer((request, response) => {
    if (!guarded || LOCAL_NAME.test(request.headers.host ?? '')) pages(request, response);
    else refuse(response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A page of somebody else could reach a loopback address under a name of its own. */
function refuse(response: ServerResponse): void {
  response.writeHead(403, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ message: 'This page answers to localhost and 127.0.0.1 only' }));
}
