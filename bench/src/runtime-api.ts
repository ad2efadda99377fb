import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Figures, Load } from './figures.ts';
import { event } from './sqs-event.ts';

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
};

export type RuntimeApi = {
  /** `host:port`, as AWS_LAMBDA_RUNTIME_API has it. */
  readonly address: string;
  /** The figures of the next process that reports them, which is given this load. */
  readonly next: (load: Load, sampled: boolean) => Promise<Figures>;
  readonly close: () => void;
};

/** Lambda's Runtime API for one process at a time: an invocation whenever it asks, and its figures at the end. */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  let current: { load: Load; sampled: boolean; done: (figures: Figures) => void } | undefined;
  const server = createServer(async (request, response) => {
    const text = await textOf(request);
    if (request.url === '/load') response.end(JSON.stringify(current?.load));
    else if (request.url === '/figures') {
      response.end();
      current?.done(JSON.parse(text) as Figures);
    } else if (request.method === 'GET') {
      response.setHeader('Content-Type', 'application/json');
      response.setHeader('Lambda-Runtime-Aws-Request-Id', `${hex(4)}-${hex(2)}-4${hex(1)}a-8${hex(1)}b-${hex(6)}`);
      response.setHeader('Lambda-Runtime-Deadline-Ms', String(Date.now() + 30_000));
      const sampled = current?.sampled ? 1 : 0;
      const header = `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${hex(12)};Parent=${hex(8)};Sampled=${sampled}`;
      response.setHeader('Lambda-Runtime-Trace-Id', header);
      response.end(event);
    } else response.writeHead(202).end();
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (load, sampled) =>
      new Promise((resolve) => {
        current = { load, sampled, done: resolve };
      }),
    close: () => server.close(),
  };
}
