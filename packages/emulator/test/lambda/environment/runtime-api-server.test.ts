import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Posted, type RuntimeEvent, serveRuntimeApi } from '../../../src/lambda/environment/runtime-api-server.ts';
import type { InvocationError } from '../../../src/lambda/invocation-result.ts';

type Heard = {
  readonly posted: [string, Posted][];
  readonly initErrors: InvocationError[];
  answer?: (event: RuntimeEvent) => void;
};

/** A Runtime API whose platform knows the invocation `known` alone. */
async function runtimeApi() {
  const heard: Heard = { posted: [], initErrors: [] };
  const { address, close } = await serveRuntimeApi({
    next: (answer) => {
      heard.answer = answer;
    },
    posted: (requestId, posted) => {
      heard.posted.push([requestId, posted]);
      return requestId === 'known';
    },
    initError: (error) => heard.initErrors.push(error),
  });
  onTestFinished(close);
  const urlOf = (path: string) => `http://${address}/2018-06-01/runtime/${path}`;
  return { heard, urlOf, call: (path: string, init?: RequestInit) => fetch(urlOf(path), init) };
}

/** As a browser sends it: `fetch` of Node would not send these headers. */
const statusFor = (url: string, method: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => resolve(response.resume().statusCode));
    sent.on('error', reject).end();
  });

const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({ method: 'POST', body, headers });

describe('the Runtime API', () => {
  it('holds a request for an event until there is one', async () => {
    const { heard, call } = await runtimeApi();
    const next = call('invocation/next');
    await expect.poll(() => heard.answer).toBeDefined();
    heard.answer?.({ headers: { 'lambda-runtime-aws-request-id': 'known' }, payload: '{"é":1}' });
    const response = await next;
    expect(response.status).toBe(200);
    expect(response.headers.get('Lambda-Runtime-Aws-Request-Id')).toBe('known');
    expect(await response.json()).toEqual({ é: 1 });
  });

  it('accepts a response with 202, and refuses one for another invocation with 400', async () => {
    const { heard, call } = await runtimeApi();
    const accepted = await call('invocation/known/response', post('{"ok":true}'));
    expect([accepted.status, await accepted.json()]).toEqual([202, { status: 'OK' }]);
    expect((await call('invocation/other/response', post('1'))).status).toBe(400);
    expect(heard.posted[0]).toEqual(['known', { payload: '{"ok":true}' }]);
  });

  it('reads an error with its type, its stack by either name, and its X-Ray cause', async () => {
    const { heard, call } = await runtimeApi();
    const headers = { 'Lambda-Runtime-Function-XRay-Error-Cause': '{"exceptions":[]}' };
    await call('invocation/known/error', post('{"errorType":"E","errorMessage":"m","stackTrace":["a"]}', headers));
    expect(heard.posted[0]?.[1].error).toEqual({
      errorType: 'E',
      errorMessage: 'm',
      trace: ['a'],
      xrayCause: '{"exceptions":[]}',
    });
    const typed = { 'Lambda-Runtime-Function-Error-Type': 'Runtime.Odd' };
    expect((await call('init/error', post('no json', typed))).status).toBe(202);
    expect(heard.initErrors).toEqual([{ errorType: 'Runtime.Odd', errorMessage: 'no json' }]);
  });

  it('turns a response that is too large into an error and answers 413', async () => {
    const { heard, call } = await runtimeApi();
    const refused = await call('invocation/known/response', post('x'.repeat(6_291_557)));
    expect(refused.status).toBe(413);
    expect(heard.posted[0]?.[1].error?.errorType).toBe('Function.ResponseSizeTooLarge');
  });

  it('takes no event from the function for a web page of another site, and no response of one', async () => {
    const { heard, urlOf } = await runtimeApi();
    const origin = 'https://evil.example';
    for (const headers of [{ host: 'evil.example' }, { origin }, { 'sec-fetch-site': 'cross-site' }]) {
      expect(await statusFor(urlOf('invocation/next'), 'GET', headers), JSON.stringify(headers)).toBe(403);
      for (const path of ['invocation/known/response', 'invocation/known/error', 'init/error']) {
        expect(await statusFor(urlOf(path), 'POST', headers), path).toBe(403);
      }
    }
    expect(heard).toEqual({ posted: [], initErrors: [] });
  });

  it.each(['nothing', 'invocation/known/nothing', 'invocation'])('has no resource %s', async (path) => {
    const { call } = await runtimeApi();
    expect((await call(path, post(''))).status).toBe(404);
  });
});
