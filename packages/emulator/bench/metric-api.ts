import { spawn, spawnSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { startEmulator } from '../src/index.ts';

/** A full minute of this hour, milliseconds since 1970, a day before which all data are. */
const NOW = Math.floor(Date.now() / 60_000) * 60_000;
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function post(url: string, operation: string, body: unknown): Promise<Buffer> {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `GraniteServiceVersion20100801.${operation}`,
    authorization:
      'AWS4-HMAC-SHA256 Credential=local/20261123/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0',
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk) => chunks.push(chunk));
      reply.on('end', () => {
        const answer = Buffer.concat(chunks);
        if (reply.statusCode === 200) resolve(answer);
        else reject(new Error(`${operation}: ${reply.statusCode} ${answer.toString().slice(0, 500)}`));
      });
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}

const names = Array.from({ length: 100 }, (_, index) => `m${index}`);

/** 100 metrics with a value a minute for the last `minutes`. */
async function fill(url: string, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 10) {
    const data = Array.from({ length: Math.min(10, minutes - minute) }, (_, index) =>
      names.map((MetricName, metric) => ({
        ...{ MetricName, Value: ((minute + index) * (metric + 1)) % 97, Unit: 'Count' },
        Timestamp: NOW / 1000 - (minute + index + 1) * 60,
      })),
    );
    await post(url, 'PutMetricData', { Namespace: 'bench', MetricData: data.flat() });
  }
}

const queries = names.map((MetricName) => ({
  ...{ Id: MetricName, MetricStat: { Metric: { Namespace: 'bench', MetricName }, Period: 60, Stat: 'Sum' } },
}));

/** All pages of the last `minutes`, as they came. */
async function read(url: string, minutes: number, asked = queries): Promise<readonly Buffer[]> {
  const pages: Buffer[] = [];
  const span = { StartTime: NOW / 1000 - minutes * 60, EndTime: NOW / 1000 };
  for (let NextToken: string | undefined; ; ) {
    const page = await post(url, 'GetMetricData', { MetricDataQueries: asked, ...span, NextToken });
    pages.push(page);
    const at = page.lastIndexOf('"NextToken":"');
    NextToken = at < 0 ? undefined : /"NextToken":"([^"]+)"/.exec(page.toString('utf8', at, at + 200))?.[1];
    if (NextToken === undefined) return pages;
  }
}

/** Milliseconds of the fastest round of each, which other work on the machine disturbs least. */
async function fastestOfEach<T extends readonly (() => unknown)[]>(
  rounds: number,
  runs: readonly [...T],
): Promise<{ readonly [Index in keyof T]: number }> {
  const best = runs.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, run] of runs.entries()) {
      const start = performance.now();
      await run();
      best[index] = Math.min(best[index] ?? 0, performance.now() - start);
    }
  }
  return best as { readonly [Index in keyof T]: number };
}

async function benchRead(url: string): Promise<void> {
  const pages = (await read(url, 1440)).map((page) => JSON.parse(page.toString()));
  const points = pages.flatMap((page) => page.MetricDataResults).reduce((sum, { Values }) => sum + Values.length, 0);
  if (points !== 144_000) throw new Error(`${points} points`);
  // In turn: the machine may be faster at one time than at another.
  const [stringify, http] = await fastestOfEach(60, [
    () => pages.map((page) => JSON.stringify(page)),
    () => read(url, 1440),
  ]);
  print(
    `GetMetricData of 100 metrics x 24 h at 60 s over HTTP, ${pages.length} pages: ${http.toFixed(1)} ms, ${(http / stringify).toFixed(2)} x JSON.stringify (${stringify.toFixed(1)} ms)`,
  );
}

/** Milliseconds for a PutMetricData of 1,000 values, and a GetMetricData of 10 metrics x 1 h. */
async function throughput(url: string): Promise<{ readonly put: number; readonly get: number }> {
  const [put] = await fastestOfEach(15, [() => fill(url, 10)]);
  await fill(url, 60);
  const [get] = await fastestOfEach(5, [() => read(url, 60, queries.slice(0, 10))]);
  return { put, get };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function benchMoto(own: { readonly put: number; readonly get: number }): Promise<void> {
  if (spawnSync('moto_server', ['--help']).status !== 0) {
    print("against moto: not measured, there is no moto_server here (pip install 'moto[server]')");
    return;
  }
  const port = await freePort();
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(url).catch(() => undefined))) await new Promise((resolve) => setTimeout(resolve, 100));
  const moto = await throughput(url);
  child.kill();
  for (const key of ['put', 'get'] as const) {
    print(
      `${key}: ${own[key].toFixed(1)} ms here, ${moto[key].toFixed(1)} ms by moto: ${(moto[key] / own[key]).toFixed(0)} x`,
    );
  }
}

const emulator = await startEmulator({ functions: [] });
await fill(emulator.url, 1440);
await benchRead(emulator.url);
const other = await startEmulator({ functions: [] });
await benchMoto(await throughput(other.url));
agent.destroy();
await Promise.all([emulator.stop(), other.stop()]);
