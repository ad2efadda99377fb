// How soon a change of a metric of one second's resolution reaches a page over an account, as which an emulator answers
// the AWS SDK over HTTP; and how soon the same reaches a page over the emulator itself. The load comes from a process of
// its own. A page here is a reader of the server-sent events: what a browser adds is measured by page.ts.
import { fork } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Emulator, startEmulator } from '@voice-campaign/emulator';
import { awsSource } from '../src/aws.ts';
import { emulatorSource, startViewer, type ViewSource } from '../src/index.ts';
import type { LiveEvent } from '../src/protocol/live-event.ts';
import { cloudWatch, putDashboard } from '../test/e2e/sample-data.ts';
import { clientsOf } from '../test/tools/account.ts';

const PROBES = 40;
const EVENTS = 2000;
const SERIES = 1000;

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.ceil(share * values.length) - 1] ?? Number.NaN;

const graph = (metrics: readonly (readonly unknown[])[], period: number, stat: string) => ({
  type: 'metric',
  properties: { region: 'us-east-1', stat, period, metrics },
});

const body = {
  widgets: [
    graph([['voice/bench', 'ActiveCalls']], 1, 'Maximum'),
    ...Array.from({ length: 9 }, (_, widget) =>
      graph(
        Array.from({ length: 10 }, (_, line) => ['voice/bench', 'Load', 'Line', String(widget * 10 + line)]),
        60,
        'Sum',
      ),
    ),
  ],
};

/** The newest value of the first widget, whenever it is another. */
async function follow(url: string, seen: (value: number) => void, signal: AbortSignal): Promise<void> {
  const path = '/api/events?dashboard=bench&start=-PT15M&period=inherit';
  const { body: stream } = await fetch(url + path, { signal });
  if (!stream) throw new Error(`${path} answered nothing`);
  let rest = '';
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const events = (rest + chunk).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const text = /^data: (.*)$/m.exec(event)?.[1];
      const told = text === undefined ? undefined : (JSON.parse(text) as LiveEvent);
      if (told?.kind === 'tails' && told.widget === 0) seen(told.tails[0]?.values.at(-1) ?? 0);
      if (told?.kind === 'widget' && told.widget === 0 && told.data.kind === 'metrics') {
        seen(told.data.series[0]?.values.at(-1) ?? 0);
      }
    }
  }
}

/** Milliseconds from the call of PutMetricData to the event that carries its value. */
async function latencies(emulator: Emulator, source: ViewSource): Promise<readonly number[]> {
  const viewer = await startViewer({ source });
  const abort = new AbortController();
  const sent = new Map<number, number>();
  const found: number[] = [];
  const ended = follow(
    viewer.url,
    (value) => {
      const at = sent.get(value);
      if (at !== undefined) found.push(performance.now() - at);
      sent.delete(value);
    },
    abort.signal,
  ).catch(() => {});
  await wait(3000);
  for (let probe = 1; probe <= PROBES; probe += 1) {
    const value = Math.round(Date.now() / 100);
    sent.set(value, performance.now());
    const MetricData = [{ MetricName: 'ActiveCalls', Value: value, StorageResolution: 1 }];
    await cloudWatch(emulator, 'PutMetricData', { Namespace: 'voice/bench', MetricData });
    // Not a multiple of the second, so that probes fall on all moments between two polls.
    await wait(2370);
  }
  abort.abort();
  await ended;
  await viewer.stop();
  return found;
}

const emulator = await startEmulator({ functions: [], stopOnSignals: false });
await putDashboard(emulator, 'bench', body);
const load = fork(fileURLToPath(new URL('load.ts', import.meta.url)), [emulator.url, String(EVENTS), String(SERIES)], {
  execArgv: ['--import', 'tsx'],
});
const { clients, calls } = clientsOf(emulator.url);
const account = awsSource(clients, { region: 'us-east-1', endpoint: emulator.url });
let failed = false;
for (const [name, source, most] of [
  ['an account (the emulator by the SDK)', account, 2000],
  ['the emulator itself', emulatorSource(emulator), 250],
] as const) {
  const from = performance.now();
  const found = await latencies(emulator, source);
  const [p50, p95, longest] = [0.5, 0.95, 1].map((share) => Math.round(percentile(found, share)));
  const text = `${name}: p50 ${p50} ms, p95 ${p95} ms, longest ${longest} ms, ${found.length} of ${PROBES} seen`;
  process.stdout.write(`${text}, in ${Math.round((performance.now() - from) / 1000)} s\n`);
  failed ||= (p95 ?? Number.NaN) > most || found.length < PROBES * 0.95;
}
const { polling } = account.describe();
const asked = calls.filter(({ operation }) => operation === 'GetMetricData').length;
process.stdout.write(`calls of GetMetricData: ${asked}; their price: $${polling?.dollarsSoFar.toFixed(5)}\n`);
load.kill();
await emulator.stop();
process.exitCode = failed ? 1 : 0;
