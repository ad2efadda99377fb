import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { busy, circular, type Fault, type FaultEvent, overlap, overlaps, sleep } from './faults.ts';

const metrics = new Metrics({ serviceName: 'faults' });
const tracer = new Tracer({ serviceName: 'faults' });
const logger = new Logger({ serviceName: 'faults' });

/** As its documentation shows a span of one's own. */
const span = async <T>(name: string, run: () => Promise<T> | T): Promise<T> => {
  const parent = tracer.getSegment();
  const child = parent?.addNewSubsegment(name);
  if (child) tracer.setSegment(child);
  try {
    return await run();
  } finally {
    child?.close();
    if (parent) tracer.setSegment(parent);
  }
};

const untyped = <T>(value: unknown): T => value as T;

const faultOf: Readonly<Partial<Record<Fault, () => unknown>>> = {
  'throw, spans closed': () => {
    throw new Error('no trunk');
  },
  'throw, a span open': () => {
    // Nobody closes it: the handler fails first.
    tracer.getSegment()?.addNewSubsegment('open child');
    throw new Error('no trunk');
  },
  timeout: () => sleep(5000),
  'busy loop': () => busy(5000),
  '150 metrics': () => {
    metrics.addDimension('Trunk', 'east');
    for (let index = 0; index < 150; index += 1) metrics.addMetric(`M${index}`, MetricUnit.Count, 1);
  },
  '150 values': () => {
    metrics.addDimension('Trunk', 'east');
    for (let index = 0; index < 150; index += 1) metrics.addMetric('SetupTime', MetricUnit.Milliseconds, 1);
  },
  '9 dimensions': () => addDimensions(9),
  '30 dimensions': () => addDimensions(30),
  'NaN and Infinity': () => {
    metrics.addMetric('Bad', MetricUnit.Count, Number.NaN);
    metrics.addMetric('Worse', MetricUnit.Count, Number.POSITIVE_INFINITY);
  },
  'no value': () => metrics.addMetric('Bad', MetricUnit.Count, untyped(undefined)),
  'bad unit': () => metrics.addMetric('Bad', untyped('Calls'), 1),
  'name of 300 characters': () => metrics.addMetric('x'.repeat(300), MetricUnit.Count, 1),
  'name of the prototype': () => metrics.addMetric('__proto__', MetricUnit.Count, 1),
  'metric named like a dimension': () => metrics.addMetric('service', MetricUnit.Count, 1),
  'dimension value of 300 kB': () => metrics.addDimension('Trunk', 'x'.repeat(300_000)),
  'annotation of 100 kB': () => tracer.putAnnotation('note', 'x'.repeat(100_000)),
  'circular metadata': () => tracer.putMetadata('circle', circular()),
  'bigint metadata': () => tracer.putMetadata('count', 10n),
};

const addDimensions = (count: number): void => {
  for (let index = 0; index < count; index += 1) metrics.addDimension(`Key${index}`, 'v');
};

const work = async ({ fault, who, waitMs }: FaultEvent) => {
  if (who !== undefined) metrics.addDimension('who', who);
  metrics.addMetric('TotalCalls', MetricUnit.Count, 10);
  await span('closed child', () => {});
  logger.info('working', { who });
  if (waitMs !== undefined) await overlap(waitMs);
  await faultOf[fault]?.();
  return 'done';
};

export const handler = middy(work)
  .use(captureLambdaHandler(tracer))
  .use(logMetrics(metrics))
  .use(injectLambdaContext(logger, { flushBufferOnUncaughtError: true }));

/** Without Middy: as the documentation shows manual instrumentation. */
export const plain = async (event: FaultEvent) => {
  const segment = tracer.getSegment();
  const subsegment = segment?.addNewSubsegment('## plain');
  if (subsegment) tracer.setSegment(subsegment);
  try {
    return await work(event);
  } finally {
    subsegment?.close();
    if (segment) tracer.setSegment(segment);
    metrics.publishStoredMetrics();
  }
};

export const overlapping = (_event: unknown, context: Context) =>
  Promise.all(overlaps.map((event) => handler(event, context)));
export const overlappingPlain = () => Promise.all(overlaps.map(plain));
