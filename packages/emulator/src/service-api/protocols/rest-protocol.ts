import type { HttpResponse } from '../../server/http-message.ts';
import type { Input } from '../input.ts';
import { bareShape, knownOperation, type Protocol, rawResponse, unknownService } from '../protocol.ts';
import { isRawReply, type RestRoute, type Service } from '../service.ts';
import type { WireRequest } from '../wire-request.ts';
import { renderJson } from './json-output.ts';
import { parseJson } from './json-protocol.ts';

type Match = { readonly service: Service; readonly route: RestRoute; readonly members: Input };

const pathMembers = (template: string, path: string): Input | undefined => {
  const steps = template.split('/');
  const given = path.replace(/(?<=.)\/$/, '').split('/');
  if (steps.length !== given.length) return undefined;
  const members: Record<string, string> = {};
  for (const [index, step] of steps.entries()) {
    const text = given[index] ?? '';
    const name = /^\{(.*)\}$/.exec(step)?.[1];
    if (name === undefined && step !== text) return undefined;
    if (name !== undefined) members[name] = decode(text);
  }
  return members;
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const find = ({ method, path, signedFor }: WireRequest, services: readonly Service[]): Match | undefined => {
  for (const service of services) {
    if (signedFor !== undefined && signedFor !== service.signingName) continue;
    for (const route of service.rest ?? []) {
      const members = route.method === method ? pathMembers(route.path, path) : undefined;
      if (members !== undefined) return { service, route, members };
    }
  }
  return undefined;
};

const inputOf = (request: WireRequest, { route, members }: Match): Input => {
  const queryMembers = { ...Object.fromEntries(request.query), ...headerMembers(request, route) };
  if (route.payload !== undefined) return { ...queryMembers, ...members, [route.payload]: request.body() };
  return { ...queryMembers, ...(request.method === 'GET' ? {} : parseJson(request.body())), ...members };
};

const headerMembers = ({ headers }: WireRequest, route: RestRoute): Input =>
  Object.fromEntries(
    Object.entries(route.headers ?? {}).flatMap(([member, name]) =>
      headers[name] === undefined ? [] : [[member, headers[name]]],
    ),
  );

const response = (
  status: number,
  requestId: string,
  body: Uint8Array,
  more: HttpResponse['headers'] = [],
): HttpResponse => ({
  status,
  headers: [['content-type', 'application/json'], ['x-amzn-RequestId', requestId], ...more],
  body,
});

/** REST JSON of X-Ray and Lambda: operations by method and path. */
export const restProtocol: Protocol = {
  speaks: (request, services) =>
    find(request, services) !== undefined || services.some((service) => service.signingName === request.signedFor),
  read: (request, services) => {
    const match = find(request, services);
    if (match === undefined) throw unknownService(`${request.method} ${request.path}`, services);
    const { service, route } = match;
    return { service, name: knownOperation(service, route.operation), input: () => inputOf(request, match) };
  },
  renderOutput: (output, _call, requestId) =>
    isRawReply(output) ? rawResponse(output, requestId) : response(200, requestId, renderJson(output)),
  renderError: (error, requestId) =>
    response(
      error.status,
      requestId,
      renderJson({ __type: bareShape(error), message: error.message, Message: error.message, ...error.members }),
      [['x-amzn-errortype', bareShape(error)]],
    ),
};
