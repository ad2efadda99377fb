import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** The first and three without delay, the guide's immediate retry phase. */
const attempts = 4;
const attemptTimeoutMs = 15_000;

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Why an attempt failed, and whether another one may do better. */
type Failure = { readonly reason: string; readonly isFinal: boolean };

/** Posts a text to an HTTP endpoint of this machine. Says why not, where it cannot. */
export const postToEndpoint = async (
  endpoint: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<string | undefined> => {
  const url = new URL(endpoint);
  if (!loopback.test(url.hostname)) return 'it is not on this machine, and the emulator sends nowhere else';
  let failure: Failure | undefined;
  for (let count = 0; count < attempts; count += 1) {
    failure = await postOnce(url, body, headers);
    if (failure === undefined || failure.isFinal) break;
  }
  return failure?.reason;
};

/** Not by `fetch`, which sends headers of a browser that endpoints of SNS do not get. */
const postOnce = (url: URL, body: string, headers: Readonly<Record<string, string>>): Promise<Failure | undefined> =>
  new Promise((resolve) => {
    const options = {
      method: 'POST',
      headers: {
        'content-type': 'text/plain; charset=UTF-8',
        'user-agent': 'Amazon Simple Notification Service Agent',
        'accept-encoding': 'gzip,deflate',
        'content-length': String(Buffer.byteLength(body)),
        ...headers,
      },
      signal: AbortSignal.timeout(attemptTimeoutMs),
    };
    const answered = (response: IncomingMessage): void => {
      response.resume();
      const { statusCode = 0 } = response;
      // What is outside of "200–4xx" is a failed attempt (developer guide); a client's error is one for good.
      const isFinal = statusCode >= 300 && statusCode < 500;
      resolve(statusCode >= 200 && statusCode < 300 ? undefined : { reason: `it answered ${statusCode}`, isFinal });
    };
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    request(url, options, answered)
      .on('error', ({ message }) => resolve({ reason: message, isFinal: false }))
      .end(body);
  });
