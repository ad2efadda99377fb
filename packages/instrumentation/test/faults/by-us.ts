import { defineMetrics } from '@voice-campaign/metrics-schema';
import type { Context } from 'aws-lambda';
import { instrument, type Log, type Trace } from '../../src/index.ts';
import { busy, circular, type Fault, type FaultEvent, overlap, overlaps, sleep } from './faults.ts';

const many = Array.from({ length: 150 }, (_, index) => `M${index}`);
const keys = (count: number) => Array.from({ length: count }, (_, index) => `Key${index}`);
const counter = { kind: 'counter', unit: 'Count', description: 'counted' } as const;

// Names made at run time are no literals: what the types would say is left to the checks.
const contract = defineMetrics({
  metrics: {
    ...Object.fromEntries(many.map((name) => [name, { ...counter, dimensions: [['Trunk']] }])),
    TotalCalls: counter,
    CallsByWho: { ...counter, dimensions: [['who']] },
    Calls: { ...counter, dimensions: [['Trunk']] },
    Nine: { ...counter, dimensions: [keys(9) as ['Trunk']] },
    Thirty: { ...counter, dimensions: [keys(30) as ['Trunk']] },
    SetupTime: { kind: 'distribution', unit: 'Milliseconds', dimensions: [['Trunk']], description: 'INVITE to 180' },
  },
  dimensions: {
    Trunk: { maxValues: 5 },
    who: { maxValues: 5 },
    ...Object.fromEntries(keys(30).map((name) => [name, { maxValues: 2 }])),
  },
  properties: {},
  emitters: {
    worker: {
      kind: 'handler',
      emits: [...many, 'TotalCalls', 'CallsByWho', 'Calls', 'Nine', 'Thirty', 'SetupTime'] as never,
    },
  },
});

/** As JavaScript without types would call them: with types none of this compiles. */
type Loose = {
  readonly metrics: Record<'add' | 'record', (name: string, value: unknown, dimensions?: unknown) => void>;
  readonly trace: Trace;
  readonly log: Log;
};

const values = (count: number) => Object.fromEntries(keys(count).map((name) => [name, 'v']));

const faultOf: Readonly<Partial<Record<Fault, (tools: Loose) => unknown>>> = {
  'throw, spans closed': () => {
    throw new Error('no trunk');
  },
  'throw, a span open': ({ trace }) =>
    trace.span('open child', () => {
      throw new Error('no trunk');
    }),
  timeout: () => sleep(5000),
  'busy loop': () => busy(5000),
  '150 metrics': ({ metrics }) => {
    for (const name of many) metrics.add(name, 1, { Trunk: 'east' });
  },
  '150 values': ({ metrics }) => {
    for (let index = 0; index < 150; index += 1) metrics.record('SetupTime', 1, { Trunk: 'east' });
  },
  '9 dimensions': ({ metrics }) => metrics.add('Nine', 1, values(9)),
  '30 dimensions': ({ metrics }) => metrics.add('Thirty', 1, values(30)),
  'NaN and Infinity': ({ metrics }) => {
    metrics.add('Calls', Number.NaN, { Trunk: 'east' });
    metrics.add('Calls', Number.POSITIVE_INFINITY, { Trunk: 'east' });
  },
  'no value': ({ metrics }) => metrics.add('Calls', undefined, { Trunk: 'east' }),
  'bad unit': ({ metrics }) => metrics.add('Calls', { value: 1, unit: 'Calls' }, { Trunk: 'east' }),
  'name of 300 characters': ({ metrics }) => metrics.add('x'.repeat(300), 1),
  'name of the prototype': ({ metrics }) => metrics.add('__proto__', 1),
  'metric named like a dimension': ({ metrics }) => metrics.add('Trunk', 1),
  'dimension value of 300 kB': ({ metrics }) => metrics.add('Calls', 1, { Trunk: 'x'.repeat(300_000) }),
  'annotation of 100 kB': ({ trace }) => trace.annotate('note', 'x'.repeat(100_000)),
  'circular metadata': ({ trace }) => trace.metadata('circle', circular()),
  'bigint metadata': ({ trace }) => trace.metadata('count', 10n),
};

const work = async ({ fault, who, waitMs }: FaultEvent, { metrics, trace, log }: Loose): Promise<string> => {
  if (who !== undefined) metrics.add('CallsByWho', 10, { who });
  metrics.add('TotalCalls', 10);
  trace.span('closed child', () => {});
  log.info('working', { who });
  if (waitMs !== undefined) await overlap(waitMs);
  await faultOf[fault]?.({ metrics, trace, log });
  return 'done';
};

export const handler = instrument(contract, 'worker' as never, work as never);
export const writingThrough = instrument(contract, 'worker' as never, work as never, { writeThrough: true });

/** Two invocations at once in a process that Lambda gives one at a time: as a local server or a test runs handlers. */
export const overlapping = (_event: unknown, context: Context) =>
  Promise.all(overlaps.map((event) => handler(event, context)));
