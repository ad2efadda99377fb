import type { HttpRequest, HttpResponse } from './http-message.ts';

/** Serves the certificate that is at the request's path; `undefined` for requests of anything else. */
export const answerCertificate = async (
  certificate: (path: string) => Promise<string> | undefined,
  { method, url }: HttpRequest,
): Promise<HttpResponse | undefined> => {
  const pem = method === 'GET' ? await certificate(url) : undefined;
  return pem === undefined
    ? undefined
    : { status: 200, headers: [['content-type', 'application/x-pem-file']], body: pem };
};
