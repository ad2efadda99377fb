import { randomUUID } from 'node:crypto';
import { parseTraceHeader } from '@voice-campaign/metrics-schema';
import type { PlatformEvent } from '../../lambda/events.ts';
import type { InvocationResult } from '../../lambda/invocation-result.ts';
import type { LambdaService } from '../../lambda/lambda-service.ts';
import type { Sampler } from '../sampler.ts';
import { newEntityId, type Random } from '../trace-ids.ts';
import type { TraceIntake } from '../trace-intake.ts';
import { lambdaSegmentsOf } from './lambda-segments.ts';
import { type TraceContext, traceContextOf } from './trace-context.ts';

export type TracedInvokeOptions = {
  /** `X-Amzn-Trace-Id` of the caller. */
  readonly traceHeader?: string;
  /** `AWSTraceHeader` of each message of a batch, `undefined` for one without. */
  readonly producers?: readonly (string | undefined)[];
  readonly kind?: 'RequestResponse' | 'Event';
  readonly clientContext?: string;
  /** Default: a new UUID. */
  readonly requestId?: string;
};

export type TracedInvoke = (
  functionName: string,
  payload: string,
  options?: TracedInvokeOptions,
) => Promise<InvocationResult>;

export type TracedInvokeSetting = {
  readonly lambda: () => LambdaService;
  readonly traces: TraceIntake;
  readonly sampler: Sampler;
  readonly region: string;
  readonly accountId: string;
  readonly random: Random;
};

/**
 * Invokes functions as Lambda does with tracing: decides on the trace, hands the header to the runtime, and writes the
 * two Lambda segments of a sampled invocation. `lifecycle` wants the platform's events, for the instant of the response.
 */
export const createTracedInvoke = (
  setting: TracedInvokeSetting,
): { readonly invoke: TracedInvoke; readonly lifecycle: (event: PlatformEvent) => void } => {
  const respondedAt = new Map<string, number | undefined>();
  const newId = (): string => newEntityId(setting.random);
  const invoke: TracedInvoke = async (functionName, payload, options = {}) => {
    const context = decide(setting, functionName, options);
    const { kind, clientContext, requestId = randomUUID() } = options;
    respondedAt.set(requestId, undefined);
    const invocation = setting.lambda().invoke(functionName, payload, {
      requestId,
      traceHeader: context.header,
      ...(kind === undefined ? {} : { kind }),
      ...(clientContext === undefined ? {} : { clientContext }),
    });
    let answeredAt: number | undefined;
    const result = await invocation.finally(() => {
      answeredAt = respondedAt.get(requestId);
      respondedAt.delete(requestId);
    });
    if (context.sampled) {
      const { accountId } = setting;
      const answered = answeredAt === undefined ? {} : { respondedAt: answeredAt };
      const functionArn = arnOf(setting, functionName);
      const segments = lambdaSegmentsOf({ context, result, functionArn, accountId, newId, ...answered });
      for (const segment of segments) setting.traces.record(segment);
    }
    return result;
  };
  const lifecycle = (event: PlatformEvent): void => {
    if (event.kind === 'response' && respondedAt.has(event.requestId)) respondedAt.set(event.requestId, event.at);
  };
  return { invoke, lifecycle };
};

const arnOf = ({ region, accountId }: TracedInvokeSetting, functionName: string): string =>
  `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;

const decide = (setting: TracedInvokeSetting, functionName: string, options: TracedInvokeOptions): TraceContext => {
  const { random, traces } = setting;
  const definition = setting.lambda().functions.find(({ name }) => name === functionName);
  const caller = parseTraceHeader(options.traceHeader);
  const producers = options.producers?.map(parseTraceHeader);
  return traceContextOf(
    { ...(caller === undefined ? {} : { caller }), ...(producers === undefined ? {} : { producers }) },
    definition?.tracing ?? 'Active',
    lineageOf(arnOf(setting, functionName)),
    {
      sample: () => setting.sampler(functionName),
      newTraceId: traces.begin,
      newId: () => newEntityId(random),
    },
  );
};

/** `Lineage` counts how often a function occurs in a chain of calls; here every chain is new. */
const lineageOf = (functionArn: string): string => {
  let hash = 0x811c9dc5;
  for (const character of functionArn) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return `${hash.toString(16).padStart(8, '0')}:0`;
};
