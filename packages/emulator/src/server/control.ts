import type { HttpRequest, HttpResponse } from './http-message.ts';

/** What a path under `/_emulator/` answers; a text is served as it is, all else as JSON. */
export type ControlRoutes = Readonly<Record<string, (body: () => unknown) => unknown>>;

const prefix = '/_emulator/';

const reply = (status: number, value: unknown): HttpResponse => ({
  status,
  headers: [['content-type', typeof value === 'string' ? 'text/plain; charset=utf-8' : 'application/json']],
  body: typeof value === 'string' ? value : JSON.stringify(value ?? {}),
});

/** Answers what is asked of the emulator itself, by `<method> <path>`; `undefined` for other requests. */
export const answerControl = async (routes: ControlRoutes, request: HttpRequest): Promise<HttpResponse | undefined> => {
  const path = request.url.split('?')[0] ?? '';
  if (!path.startsWith(prefix)) return undefined;
  const route = `${request.method} ${path.slice(prefix.length)}`;
  const run = Object.hasOwn(routes, route) ? routes[route] : undefined;
  if (run === undefined) {
    return reply(404, {
      message: `There is no ${request.method} ${path}: there are ${Object.keys(routes).join(', ')}`,
    });
  }
  try {
    return reply(200, await run(() => JSON.parse(new TextDecoder().decode(request.body))));
  } catch (error) {
    return reply(400, { message: String(error instanceof Error ? error.message : error) });
  }
};
