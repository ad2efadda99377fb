import type { IncomingMessage } from 'node:http';

/** What a server that only this machine can reach makes of a request. */
export type Verdict =
  | { readonly kind: 'taken' }
  /** By a link, an image or the like of another site's page: it is for the REST API, whose routes are for browsers. */
  | { readonly kind: 'linked'; readonly opensPage: boolean }
  | { readonly kind: 'refused'; readonly message: string };

/** Names under which a page in somebody's browser could not have been made to reach a loopback address. */
const localName = /^(localhost|([\w-]+\.)+localhost|127(\.\d{1,3}){3}|\[::1\]|host\.docker\.internal)(:\d+)?$/i;

const wayOut = 'so that no web page can drive it: serve the page from localhost, or listen on another interface';

/** What is said of a linked request that no route takes. */
export const linkedMessage = `The request comes from a page of another site: this emulator takes none of those, ${wayOut}`;

/**
 * Judges by what browsers say of their own accord. They send `Origin` with all that can carry more than an address, and
 * `Sec-Fetch-Site` with all else; clients that are no browsers send neither.
 */
export const judge = ({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): Verdict => {
  const { host = '', origin } = headers;
  if (!localName.test(host)) return { kind: 'refused', message: foreignHost(host) };
  if (origin !== undefined) {
    const [, name = ''] = /^[a-z][a-z\d+.-]*:\/\/(.*)$/i.exec(origin) ?? [];
    return localName.test(name) ? { kind: 'taken' } : { kind: 'refused', message: foreignOrigin(origin) };
  }
  if (!['cross-site', 'same-site'].includes(String(headers['sec-fetch-site']))) return { kind: 'taken' };
  if (method !== 'GET' && method !== 'HEAD') return { kind: 'refused', message: linkedMessage };
  const opensPage = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return { kind: 'linked', opensPage };
};

const foreignHost = (host: string): string =>
  `The Host header is ${JSON.stringify(host)}: this emulator answers to localhost and 127.0.0.1, ` +
  'so that no web page can call it under a name of its own; listen on another interface to lift that';

const foreignOrigin = (origin: string): string =>
  `The Origin header is ${JSON.stringify(origin)}: this emulator takes requests of pages on this machine alone, ${wayOut}`;
