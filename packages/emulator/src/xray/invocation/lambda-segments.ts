import type { SegmentCause, SegmentDocument, SubsegmentDocument } from '@voice-campaign/metrics-schema';
import type { InvocationResult } from '../../lambda/invocation-result.ts';
import type { TraceDocument } from '../store/trace-store.ts';
import { readRuntimeCause } from './runtime-cause.ts';
import type { TraceContext } from './trace-context.ts';

export type LambdaSegmentSource = {
  readonly context: TraceContext;
  readonly result: InvocationResult;
  readonly functionArn: string;
  readonly accountId: string;
  /** When the runtime answered, epoch milliseconds; absent where it never did. */
  readonly respondedAt?: number;
  readonly newId: () => string;
};

const seconds = (ms: number): number => ms / 1000;

/**
 * The two segments that Lambda itself writes for a sampled invocation. `AWS::Lambda` (the service) holds the links and
 * answers 200, or 429 when throttled; `AWS::Lambda::Function` holds Initialization (cold starts), Invocation (until the
 * response) and Overhead (until the environment rests), and is a fault when the function failed.
 */
export const lambdaSegmentsOf = (source: LambdaSegmentSource): readonly TraceDocument[] =>
  source.result.throttled ? [serviceSegmentOf(source)] : [serviceSegmentOf(source), functionSegmentOf(source)];

const serviceSegmentOf = ({ context, result, functionArn }: LambdaSegmentSource): TraceDocument => ({
  id: context.serviceId,
  trace_id: context.traceId,
  ...(context.callerId === undefined ? {} : { parent_id: context.callerId }),
  name: result.functionName,
  origin: 'AWS::Lambda',
  start_time: seconds(result.invokedAt),
  end_time: seconds(Math.max(result.endedAt, result.invokedAt)),
  http: { response: { status: result.throttled ? 429 : 200 } },
  ...(result.throttled ? { error: true, throttle: true } : {}),
  aws: { request_id: result.requestId },
  resource_arn: functionArn,
  ...(context.links.length === 0 ? {} : { links: context.links }),
});

const functionSegmentOf = (source: LambdaSegmentSource): SegmentDocument => {
  const { context, result, functionArn, accountId } = source;
  const cause = causeOf(source);
  return {
    id: context.functionId,
    trace_id: context.traceId,
    parent_id: context.serviceId,
    name: result.functionName,
    origin: 'AWS::Lambda::Function',
    start_time: seconds(result.startedAt),
    end_time: seconds(Math.max(result.endedAt, result.startedAt)),
    ...(result.functionError === undefined ? {} : { fault: true }),
    ...(cause === undefined ? {} : { cause }),
    aws: { account_id: accountId, function_arn: functionArn, request_id: result.requestId },
    resource_arn: functionArn,
    subsegments: phasesOf(source),
  };
};

const phasesOf = ({ result, respondedAt, newId }: LambdaSegmentSource): SubsegmentDocument[] => {
  const { startedAt, endedAt, initStartedAt, initDurationMs = 0 } = result;
  const phase = (name: string, from: number, to: number): SubsegmentDocument => ({
    id: newId(),
    name,
    start_time: seconds(from),
    end_time: seconds(Math.max(to, from)),
  });
  const answeredAt = respondedAt ?? endedAt;
  return [
    ...(initStartedAt === undefined ? [] : [phase('Initialization', initStartedAt, initStartedAt + initDurationMs)]),
    phase('Invocation', startedAt, answeredAt),
    ...(respondedAt === undefined ? [] : [phase('Overhead', answeredAt, endedAt)]),
  ];
};

/** What the runtime sent as `cause`, else one exception made from the reported error. */
const causeOf = ({ result, newId }: LambdaSegmentSource): SegmentCause | undefined => {
  const { error } = result;
  if (error === undefined) return undefined;
  const sent = readRuntimeCause(error.xrayCause, newId);
  return sent ?? { exceptions: [{ id: newId(), type: error.errorType, message: error.errorMessage }] };
};
