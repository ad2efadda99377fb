import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { type ViewSource, ViewSourceError } from '../source/view-source.ts';
import { loneWidget } from '../view/lone-widget.ts';
import { answerApi } from './answer-api.ts';
import type { PageFile } from './bundle-page.ts';
import { followChanges } from './live-stream.ts';
import { pageFiles } from './page-files.ts';
import { readCount, readPeriodOverride, readRange, readValues } from './read-question.ts';

export type ViewerPagesOptions = {
  /** Where the page is, such as `/_viewer`; default the root. */
  readonly at?: string;
  /** Told of what went wrong while a page was served; default: written to stderr. */
  readonly onError?: (error: unknown) => void;
};

/** Answers a request that is for these pages; false leaves it to others. */
export type ViewerPages = (request: IncomingMessage, response: ServerResponse) => boolean;

const SECURITY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

/** Of the widget that GetMetricWidgetImage takes (user guide, MetricWidget structure). */
const MOST_WIDGET_BYTES = 100 * 1024;
const MOST_UNREAD_BYTES = 16 * 1024 * 1024;

const onStderr = (error: unknown): void => void process.stderr.write(`voice-campaign viewer: ${String(error)}\n`);

/**
 * The page over a source, to be served by an HTTP server that there is already, as `emulator.mount` does. That server
 * has to look at the Host header.
 */
export async function viewerPages(source: ViewSource, options: ViewerPagesOptions = {}): Promise<ViewerPages> {
  const { at = '', onError = onStderr } = options;
  const files = new Map([...(await pageFiles())].map(([path, file]) => [path, tagged(file)]));
  const serving = { source, files, onError };
  return (request, response) => {
    const [path = '/', search = ''] = splitOnce(request.url ?? '/', '?');
    if (path !== at && !path.startsWith(`${at}/`)) return false;
    if (path === at && at !== '') {
      // The page's own addresses are relative to it.
      response.writeHead(308, { location: `${at}/` }).end();
      return true;
    }
    const asked = { path: path.slice(at.length), searchParams: new URLSearchParams(search) };
    serve(serving, asked, request, response).catch((error: unknown) => {
      const isAsker = error instanceof ViewSourceError;
      if (!isAsker) onError(error);
      const message = isAsker ? error.message : 'The viewer failed; its log says why';
      if (!response.headersSent) json(response, isAsker ? 400 : 500, { message });
    });
    return true;
  };
}

type Asked = { readonly path: string; readonly searchParams: URLSearchParams };
type TaggedFile = PageFile & { readonly etag: string };

const tagged = (file: PageFile): TaggedFile => ({
  ...file,
  etag: `"${createHash('sha256').update(file.body).digest('base64url').slice(0, 22)}"`,
});

function splitOnce(text: string, separator: string): readonly string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

type Serving = {
  readonly source: ViewSource;
  readonly files: ReadonlyMap<string, TaggedFile>;
  readonly onError: (error: unknown) => void;
};

async function serve(
  serving: Serving,
  asked: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { path: pathname, searchParams } = asked;
  if (request.method === 'POST' && pathname === '/api/widget') return postedWidget(serving, request, response);
  if (request.method !== 'GET') return json(response, 405, { message: 'There is only GET here' }, { allow: 'GET' });
  const parts = decoded(pathname.split('/').slice(1));
  if (parts?.[0] === 'api' && parts[1] === 'events') return stream(serving, searchParams, request, response);
  if (parts?.[0] === 'api') {
    const { status, body } = await answerApi(serving.source, parts.slice(1), searchParams);
    return json(response, status, body);
  }
  const file = serving.files.get(pathname === '/' ? 'index.html' : pathname.slice(1));
  if (!file) return json(response, 404, { message: `There is no ${pathname} here` });
  const tag = { etag: file.etag };
  if (request.headers['if-none-match'] === file.etag) response.writeHead(304, { ...SECURITY, ...tag }).end();
  else response.writeHead(200, { ...SECURITY, ...tag, 'content-type': file.type }).end(file.body);
}

/** A widget's JSON may be longer than an address can be. */
async function postedWidget({ source }: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_WIDGET_BYTES) {
      return json(
        response,
        413,
        { message: `A widget has ${MOST_WIDGET_BYTES} bytes at most` },
        { connection: 'close' },
      );
    }
    chunks.push(chunk);
  }
  json(response, 200, await loneWidget(source, Buffer.concat(chunks).toString('utf8')));
}

function decoded(parts: readonly string[]): readonly string[] | undefined {
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function json(response: ServerResponse, status: number, body: unknown, headers: OutgoingHttpHeaders = {}): void {
  const all = { ...SECURITY, ...headers, 'content-type': 'application/json', 'cache-control': 'no-store' };
  response.writeHead(status, all).end(JSON.stringify(body));
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
    (event, id) => {
      response.write(`${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(event)}\n\n`);
      // A page that does not read is better off connecting again, which begins with what is there by then.
      if (response.writableLength > MOST_UNREAD_BYTES) response.destroy();
    },
    onError,
  );
  response.once('close', end);
}
