import type { HttpHandler } from './http-message.ts';

/** Statuses whose answers have no body (Fetch standard, "null body status"). */
const bodiless: readonly number[] = [204, 205, 304];

/** Calls `handler` in process with a `Request` of the Fetch API: no port, no socket. Any host does;
 * it becomes the Host header. */
export const fetchThrough = async (handler: HttpHandler, request: Request): Promise<Response> => {
  const { pathname, search, host } = new URL(request.url);
  const reply = await handler(
    {
      method: request.method,
      url: pathname + search,
      headers: [...(request.headers.has('host') ? [] : [['host', host] as const]), ...request.headers],
      body: new Uint8Array(await request.arrayBuffer()),
      sourceIp: '127.0.0.1',
    },
    request.signal,
  );
  const hasBody = request.method !== 'HEAD' && !bodiless.includes(reply.status);
  const headers = reply.headers.map(([name, value]): [string, string] => [name, value]);
  return new Response(hasBody ? new Uint8Array(Buffer.from(reply.body)) : null, { status: reply.status, headers });
};
