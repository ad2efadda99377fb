import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ViewSource } from '../source/view-source.ts';
import { answerApi } from './answer-api.ts';
import type { PageFile } from './bundle-page.ts';
import { followChanges } from './live-stream.ts';
import { pageFiles } from './page-files.ts';
import { readCount, readPeriodOverride, readRange, readValues } from './read-question.ts';

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

const SECURITY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

const LOCAL_NAME = /^(?:localhost|(?:[\w-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
const onStderr = (error: unknown): void => void process.stderr.write(`voice-campaign viewer: ${String(error)}\n`);

/**
 * Serves the page over a source, on the loopback interface alone unless `host` says otherwise.
 * @rejects with EADDRINUSE for a port that is taken.
 */
export async function startViewer(options: ViewerOptions): Promise<Viewer> {
  const { source, port = 0, host = '127.0.0.1', onError = onStderr } = options;
  const files = await pageFiles();
  const guarded = LOCAL_NAME.test(host) || host === '::1';
  const server = createServer((request, response) => {
    if (guarded && !LOCAL_NAME.test(request.headers.host ?? '')) {
      json(response, 403, { message: 'This page answers to localhost and 127.0.0.1 only' });
    } else {
      serve({ source, files, onError }, request, response).catch((error: unknown) => {
        onError(error);
        if (!response.headersSent) json(response, 500, { message: 'The viewer failed; its log says why' });
      });
    }
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

type Serving = {
  readonly source: ViewSource;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly onError: (error: unknown) => void;
};

async function serve(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://viewer');
  if (request.method !== 'GET') return json(response, 405, { message: 'There is only GET here' });
  const parts = decoded(pathname.split('/').slice(1));
  if (parts?.[0] === 'api' && parts[1] === 'events') return stream(serving, searchParams, request, response);
  if (parts?.[0] === 'api') {
    const { status, body } = await answerApi(serving.source, parts.slice(1), searchParams);
    return json(response, status, body);
  }
  const file = serving.files.get(pathname === '/' ? 'index.html' : pathname.slice(1));
  if (!file) return json(response, 404, { message: `There is no ${pathname} here` });
  response.writeHead(200, { ...SECURITY, 'content-type': file.type }).end(file.body);
}

function decoded(parts: readonly string[]): readonly string[] | undefined {
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...SECURITY, 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function stream(
  { source, onError }: Serving,
  parameters: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const dashboard = parameters.get('dashboard');
  const periodOverride = readPeriodOverride(parameters);
  const lastId = Number(request.headers['last-event-id']);
  const after = Number.isSafeInteger(lastId) ? lastId : readCount(parameters, 'after');
  const asked = {
    ...(dashboard !== null && { dashboard }),
    values: readValues(parameters),
    rangeAt: readRange(parameters),
    ...(periodOverride && { periodOverride }),
    after,
  };
  response.writeHead(200, { ...SECURITY, 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 500\n\n');
  const end = followChanges(
    source,
    asked,
    (event, id) => response.write(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`),
    onError,
  );
  response.once('close', end);
}
