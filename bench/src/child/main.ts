// A Lambda runtime as small as it gets: loads a bundle, asks for invocations, answers them, and tells what it cost.
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import type { Figures, Load } from '../figures.ts';

// Required, as Lambda's runtime does: importing it would pay for what an ESM handler's own import of http costs.
const { Agent, request }: typeof import('node:http') = createRequire(import.meta.url)('node:http');

type Handler = (event: unknown, context: object) => Promise<unknown>;

const [, , file = '', format = 'cjs'] = process.argv;
const [host, port] = (process.env.AWS_LAMBDA_RUNTIME_API ?? '').split(':');
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

type Answer = { readonly headers: NodeJS.Dict<string | string[]>; readonly body: string };

const call = (method: string, path: string, body?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request({ host, port, path, method, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ headers: response.headers, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });

// What Lambda's own runtime has loaded and used before it loads the handler.
await call('GET', '/load');

const before = performance.now();
const loaded: unknown =
  format === 'cjs' ? createRequire(import.meta.url)(file) : await import(pathToFileURL(file).href);
const initMs = performance.now() - before;
const { handler } = loaded as { readonly handler: Handler };

async function invoke(): Promise<number> {
  const { headers, body } = await call('GET', '/2018-06-01/runtime/invocation/next');
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const awsRequestId = String(headers['lambda-runtime-aws-request-id']);
  process.env._X_AMZN_TRACE_ID = String(headers['lambda-runtime-trace-id']);
  const event: unknown = JSON.parse(body);
  const context = {
    awsRequestId,
    functionName: 'bench',
    functionVersion: '$LATEST',
    memoryLimitInMB: '128',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:bench',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  const started = performance.now();
  const response = await handler(event, context);
  const handlerMs = performance.now() - started;
  await call('POST', `/2018-06-01/runtime/invocation/${awsRequestId}/response`, JSON.stringify(response));
  return handlerMs;
}

const firstMs = await invoke();
const { warmUp, measured } = JSON.parse((await call('GET', '/load')).body) as Load;
for (let i = 0; i < warmUp; i += 1) await invoke();
const start = process.cpuUsage();
for (let i = 0; i < measured; i += 1) await invoke();
const { user, system } = process.cpuUsage(start);
const figures: Figures = {
  initMs,
  firstMs,
  cpuMicros: measured === 0 ? 0 : (user + system) / measured,
  rssMb: process.memoryUsage().rss / 1e6,
};
await call('POST', '/figures', JSON.stringify(figures));
process.exit(0);
