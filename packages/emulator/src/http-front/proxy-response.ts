import type { HttpResponse } from '../server/http-message.ts';

type Reading =
  | { readonly kind: 'response'; readonly response: HttpResponse }
  | { readonly kind: 'malformed'; readonly reason: string };

type Members = Readonly<Record<string, unknown>>;

const malformed = (reason: string): Reading => ({ kind: 'malformed', reason });

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const known = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/** What the HTTP server itself sets. */
const hopByHop = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive']);

/** What an HTTP message can carry. */
const isHeader = (name: string, value: string): boolean =>
  /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);

/** Header pairs, `multiValueHeaders` last; a name in both lists has the values of both. */
const readHeaders = (response: Members): (readonly [string, string])[] | undefined => {
  const single = response.headers ?? {};
  const multi = response.multiValueHeaders ?? {};
  if (!isMembers(single) || !isMembers(multi)) return undefined;
  const pairs: (readonly [string, string])[] = [];
  for (const [name, value] of Object.entries(single)) {
    if (!isScalar(value)) return undefined;
    const repeats = Object.entries(multi).find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
    if (!(Array.isArray(repeats) && repeats.includes(value))) pairs.push([name, String(value)]);
  }
  for (const [name, values] of Object.entries(multi)) {
    if (!Array.isArray(values) || !(values as readonly unknown[]).every(isScalar)) return undefined;
    for (const value of values as readonly (string | number | boolean)[]) pairs.push([name, String(value)]);
  }
  return pairs.every(([name, value]) => isHeader(name, value)) ? pairs : undefined;
};

const parse = (payload: string): unknown => {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
};

/**
 * Reads what a function returned to its proxy integration (API Gateway Developer Guide, "Output format"): an object
 * with a `statusCode` and, of the others, only known members of the right types. Anything else is malformed. Base64 is
 * decoded where the caller takes it so.
 */
export const readProxyResponse = (payload: string, takesBinary: boolean): Reading => {
  const response = parse(payload);
  if (!isMembers(response)) return malformed('the response is not an object');
  const unknown = Object.keys(response).find((member) => !known.has(member));
  if (unknown !== undefined) return malformed(`the response has a member ${unknown}, which API Gateway does not know`);
  const status = Number(response.statusCode);
  if (!isScalar(response.statusCode) || !Number.isInteger(status) || status < 200 || status > 599) {
    return malformed('statusCode is no status that ends a request');
  }
  const headers = readHeaders(response);
  if (headers === undefined) return malformed('headers or multiValueHeaders hold what is no header');
  const body = response.body ?? '';
  if (typeof body !== 'string') return malformed('body is not a string: JSON.stringify it');
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    kind: 'response',
    response: {
      status,
      headers: [...headers, ...(hasType ? [] : ([['content-type', 'application/json']] as const))].filter(
        ([name]) => !hopByHop.has(name.toLowerCase()),
      ),
      body: response.isBase64Encoded === true && takesBinary ? Buffer.from(body, 'base64') : body,
    },
  };
};
