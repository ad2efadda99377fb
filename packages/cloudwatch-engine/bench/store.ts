import { renderEmf } from '@voice-campaign/metrics-schema';
import { createMetricStore, type MetricStore } from '../src/index.ts';

/** Start of the simulated time: a full hour of 2026, milliseconds since 1970. */
const START = 1_767_225_600_000;
const SERIES = 1000;

/** Lines as the handlers of a campaign write them: three metrics, one dimension set, four properties, 25 campaigns a second. */
function linesOf(count: number, metricsPerLine: number): readonly string[] {
  const sets = Math.floor(SERIES / metricsPerLine);
  const names = Array.from({ length: metricsPerLine }, (_, index) => `Metric${index}`);
  return Array.from({ length: count }, (_, index) =>
    renderEmf({
      timestamp: START + Math.floor((index / count) * 60_000),
      directives: [
        {
          namespace: 'voice-campaign/production',
          dimensions: [['service']],
          metrics: names.map((name) => ({ name, unit: 'Count', resolution: 60 })),
        },
      ],
      values: Object.fromEntries(names.map((name, metric) => [name, { values: [(index * 7 + metric) % 250] }])),
      dimensions: { service: `worker-${index % sets}` },
      properties: {
        campaignId: `c-${index % 25}`,
        requestId: `8b5e7f6a-0000-4000-8000-${String(index).padStart(12, '0')}`,
        xrayTraceId: '1-5759e988-bd862e3fe1be46a994272793',
        functionVersion: '$LATEST',
      },
    }),
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Milliseconds of CPU. */
function cpu(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function benchIngest(metricsPerLine: number): void {
  const lines = linesOf(100_000, metricsPerLine);
  const bytes = lines[0]?.length;
  const rounds = Array.from({ length: 7 }, () => {
    const store = createMetricStore();
    let objects = 0;
    const parse = cpu(() => {
      for (const line of lines) objects += JSON.parse(line) === null ? 0 : 1;
    });
    const ingest = cpu(() => {
      for (const line of lines) store.ingestEmf(line, START);
    });
    if (store.size().metrics < SERIES * 0.99 || objects !== lines.length) throw new Error('not all was read');
    return { parse, ingest };
  });
  const ingest = median(rounds.map((round) => round.ingest));
  const ratio = median(rounds.map((round) => round.ingest / round.parse));
  print(
    `EMF, ${metricsPerLine} metrics and ${bytes} bytes a line: ${Math.round(lines.length / ingest)}k documents/s per core, ${ratio.toFixed(2)} x JSON.parse`,
  );
}

function fill(store: MetricStore, metrics: number, minutes: number): void {
  for (let minute = 0; minute < minutes; minute += 1) {
    const timestamp = START + minute * 60_000;
    for (let metric = 0; metric < metrics; metric += 1) {
      const datum = { namespace: 'bench', name: `m${metric}`, dimensions: {}, unit: 'Count', resolution: 60 } as const;
      store.add([{ ...datum, timestamp, values: [(minute * metric) % 97] }], timestamp);
    }
  }
}

function benchRead(): void {
  const store = createMetricStore();
  fill(store, 100, 1440);
  const times = ['Sum', 'p99'].map((stat) => {
    const rounds = Array.from({ length: 9 }, () => {
      let points = 0;
      const time = cpu(() => {
        for (const metric of store.metrics()) {
          const start = START / 1000;
          points += store.points({ metric, stat, periodSeconds: 60, start, end: start + 86_400 }).values.length;
        }
      });
      if (points !== 144_000) throw new Error(`${points} points`);
      return time;
    });
    return `${stat} ${median(rounds).toFixed(1)} ms`;
  });
  print(`100 metrics x 24 h at 60 s: ${times.join(', ')}`);
}

function benchMemory(): void {
  const collect = globalThis.gc;
  if (!collect) throw new Error('run with node --expose-gc');
  const used = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  const store = createMetricStore();
  fill(store, 100, 10_000);
  const taken = used() - before;
  const { datapoints, bytes } = store.size();
  const mb = (count: number) => (count / 2 ** 20).toFixed(0);
  print(`${datapoints} datapoints of 100 metrics: ${mb(taken)} MB used, ${mb(bytes)} MB reported`);
  const wide = createMetricStore();
  const middle = used();
  fill(wide, 100_000, 1);
  print(`100,000 metrics of 1 datapoint: ${mb(used() - middle)} MB used, ${mb(wide.size().bytes)} MB reported`);
}

benchIngest(3);
benchIngest(10);
benchRead();
benchMemory();
