/** An HTTP request as it came, whichever door it came through. */
export type HttpRequest = {
  readonly method: string;
  /** Path and query, beginning with a slash, e.g. `/local/calls/1?verbose=yes`. */
  readonly url: string;
  /** Names as they were sent, in order, repeated where they were. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly sourceIp: string;
  /** Sent by a link or an image in a page of another site, so that it is for the REST API alone. */
  readonly isLinked?: boolean;
};

export type HttpResponse = {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array;
};

/** Answers a request; `signal` is aborted when the caller hangs up before the answer. */
export type HttpHandler = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>;

/** The address of a request, for its path and its query: after a slash every text is a path. */
export const addressOf = ({ url }: Pick<HttpRequest, 'url'>): URL => new URL(`http://emulator${url}`);

/** Header values by lower-case name; a repeated header is joined with commas. */
export const headerMap = (headers: HttpRequest['headers']): Record<string, string> => {
  const map = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const before = map.get(key);
    map.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(map);
};
