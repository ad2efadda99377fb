import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
import type { SQSEvent } from 'aws-lambda';
import { answer, dialBatch } from './work.ts';

/** Powertools' three utilities as their documentation combines them with Middy. */

const namespace = `${process.env.PROJECT_NAME}/${process.env.ENVIRONMENT}`;
const serviceName = 'dialer-worker';
const metrics = new Metrics({ namespace, serviceName });
const logger = new Logger({ serviceName });
const tracer = new Tracer({ serviceName });

async function call(name: string, annotation: string, value: string): Promise<void> {
  const parent = tracer.getSegment();
  const subsegment = parent?.addNewSubsegment(name);
  if (subsegment) tracer.setSegment(subsegment);
  tracer.putAnnotation(annotation, value);
  await answer();
  subsegment?.close();
  if (parent) tracer.setSegment(parent);
}

async function dial(event: SQSEvent): Promise<object> {
  const { calls, answered, campaignId } = dialBatch(event);
  tracer.putAnnotation('campaignId', campaignId);
  tracer.putAnnotation('records', calls);
  await call('dial', 'provider', 'sip');
  await call('store', 'table', 'calls');
  metrics.addMetric('TotalCalls', MetricUnit.Count, calls);
  metrics.addMetric('AnsweredCalls', MetricUnit.Count, answered);
  logger.info('dialled', { calls, answered, campaignId });
  return { batchItemFailures: [] };
}

export const handler = middy<SQSEvent, object>(dial)
  .use(captureLambdaHandler(tracer, { captureResponse: false }))
  .use(logMetrics(metrics))
  .use(injectLambdaContext(logger));
