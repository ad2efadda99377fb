import type { HttpResponse } from '../../server/http-message.ts';
import { isObject } from '../input.ts';
import { bareShape, faultOf, knownOperation, type Protocol, rawResponse, unknownService } from '../protocol.ts';
import { isRawReply, type Service } from '../service.ts';
import type { ServiceError } from '../service-error.ts';
import { contentTypeOf, type WireRequest } from '../wire-request.ts';
import { parseQueryInput } from './query-input.ts';
import { renderXml } from './xml-output.ts';

/** Some clients put them into the URL even of a POST. */
const parametersOf = ({ method, query, body }: WireRequest): URLSearchParams =>
  new URLSearchParams([...query, ...(method === 'GET' ? [] : new URLSearchParams(body().toString('utf8')))]);

/** Links in messages have neither a signature nor a version, but an operation. */
const serviceOf = ({ signedFor }: WireRequest, parameters: URLSearchParams, services: readonly Service[]) => {
  const [version, name] = [parameters.get('Version'), parameters.get('Action') ?? ''];
  const spoken = services.filter(({ query }) => query !== undefined);
  return (
    spoken.find(({ signingName }) => signingName === signedFor) ??
    spoken.find(({ query, operations }) =>
      version === null ? Object.hasOwn(operations, name) : query?.version === version,
    )
  );
};

/** The code of an error in this protocol: the old one where it is an old service. */
const codeOf = (error: ServiceError): string => error.queryCode || bareShape(error);

const response = (status: number, requestId: string, body: string): HttpResponse => ({
  status,
  headers: [
    ['content-type', 'text/xml'],
    ['x-amzn-RequestId', requestId],
  ],
  body,
});

/** The Query protocol of SNS and of older CloudWatch clients: form parameters in, XML out. */
export const queryProtocol: Protocol = {
  speaks: (request) =>
    request.path === '/' &&
    (contentTypeOf(request) === 'application/x-www-form-urlencoded' || request.query.has('Action')),
  read: (request, services) => {
    const parameters = parametersOf(request);
    const name = parameters.get('Action') ?? '';
    const service = serviceOf(request, parameters, services);
    if (service === undefined) throw unknownService(`${name} of API version ${parameters.get('Version')}`, services);
    parameters.delete('Action');
    parameters.delete('Version');
    return { service, name: knownOperation(service, name), input: () => parseQueryInput(parameters) };
  },
  renderOutput: (output, { name, service }, requestId) => {
    if (isRawReply(output)) return rawResponse(output, requestId);
    // Operations without an output have no element of that name, unlike those whose output is empty.
    const result = output === undefined ? {} : { [`${name}Result`]: isObject(output) ? output : {} };
    const body = { ...result, ResponseMetadata: { RequestId: requestId } };
    const { xmlNamespace = '' } = service.query ?? {};
    return response(200, requestId, renderXml(`${name}Response`, xmlNamespace, body, service.doubles));
  },
  renderError: (error, requestId, service) => {
    const { message, members } = error;
    const described = { Type: faultOf(error), Code: codeOf(error), ...(message && { Message: message }), ...members };
    const namespace = service?.query?.xmlNamespace ?? 'http://webservices.amazon.com/AWSFault/2005-15-09';
    const body = renderXml('ErrorResponse', namespace, { Error: described, RequestId: requestId });
    return response(error.status, requestId, body);
  },
};
