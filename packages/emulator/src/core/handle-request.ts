import { createApiFront, routeOf } from '../http-front/api-front.ts';
import type { HttpHandler, HttpResponse } from '../server/http-message.ts';
import { linkedMessage } from '../server/web-page-guard.ts';
import { dispatchService } from '../service-api/dispatch.ts';
import { createThrottle } from '../service-api/throttle.ts';
import type { Running } from './running.ts';
import { createServices } from './services.ts';

/** The one HTTP port: requests for an AWS service by their target, all others for the REST API. */
export const handlerOf = (running: Running): HttpHandler => {
  const { core, traces, invoke } = running;
  const { options, warn } = core;
  const { list: services, answerOther } = createServices(running);
  const throttled = options.throttling === undefined ? {} : { throttle: createThrottle(options.throttling, core.now) };
  const routes = options.routes ?? [];
  const front = createApiFront({
    ...core,
    traces,
    invoke,
    routes,
    apiName: options.apiName ?? 'api',
    binaryMediaTypes: options.binaryMediaTypes ?? [],
    integrationTimeoutMs: options.integrationTimeoutMs ?? 29_000,
    onRequest: running.platform.apiRequest,
  });
  return async (request, signal) => {
    if (request.isLinked)
      return routeOf({ ...core, routes }, request).matched ? front(request) : refused(linkedMessage);
    return (
      (await answerOther(request)) ??
      (await dispatchService({ services, warn, ...throttled }, request, signal)) ??
      front(request)
    );
  };
};

const refused = (message: string): HttpResponse => ({
  status: 403,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify({ message }),
});
