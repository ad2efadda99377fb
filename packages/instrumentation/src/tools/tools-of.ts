import type { Contract, EmitterName, Quantity } from '@voice-campaign/metrics-schema';
import type { LogLevel } from '../logging/log-writer.ts';
import { createSampleCheck, type SampleCall, type SampleCheck } from '../metrics/check-sample.ts';
import { addSample } from '../metrics/samples.ts';
import { type Frame, frames, type Invocation, inFlight, quietly, type Scope } from '../runtime/invocation.ts';
import { writeSamples, writeThrough } from '../runtime/write-out.ts';
import { textOf } from '../tracing/exceptions.ts';
import type { LogAttributes, Tools } from './tools.ts';
import { traceOf } from './trace-of.ts';

/**
 * The frame a call belongs to: the record's or span's that it is made in. Where the context was lost, or is left over
 * from an earlier invocation, the only invocation in flight; with several, none.
 */
export function frameFor(own: Invocation | undefined): Frame | undefined {
  const frame = frames.getStore();
  if (frame && (own ? frame.invocation === own : !(frame.entered && frame.invocation.closed))) return frame;
  const [first, second] = inFlight;
  if (own === undefined && first && second) {
    const message = 'observe() was called without an async context while several invocations run: the call is lost';
    first.observer.report({ code: 'no-invocation', message });
    return undefined;
  }
  const invocation = own ?? first;
  return invocation ? { invocation, scope: invocation.scope, span: invocation.root } : frame;
}

/** What decides which metrics and properties a call may emit. */
type Rules = { readonly contract: Contract; readonly emitter: string; readonly check: SampleCheck };

/** The tools of one invocation, or, without one, of whatever invocation each call is made in. */
export function toolsOf<C extends Contract, E extends EmitterName<C>>(
  own?: Invocation,
  rulesOf: (frame: Frame) => Rules = ({ invocation }) => invocation.observer,
): Tools<C, E> {
  /** No call ever throws, whatever it is given. */
  const inFrame = (run: (frame: Frame) => void): void => {
    const frame = frameFor(own);
    if (frame) quietly(frame, () => run(frame));
  };
  const sample = (call: SampleCall) => (name: string, value: number | Quantity, dimensions?: unknown) =>
    inFrame((frame) => takeSample(frame, rulesOf(frame), call, name, value, dimensions));
  const write = (level: LogLevel) => (message: string, attributes?: LogAttributes | Error) =>
    inFrame((frame) => writeLog(frame, level, message, attributes));
  const tools = {
    metrics: {
      add: sample('add'),
      set: sample('set'),
      record: sample('record'),
      property: (name: string, value: unknown) => inFrame((frame) => setProperty(frame, rulesOf(frame), name, value)),
    },
    trace: traceOf(() => frameFor(own), own),
    log: {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      append: (attributes: LogAttributes) =>
        inFrame(({ scope }) => {
          scope.attributes = { ...scope.attributes, ...attributes };
        }),
    },
  };
  // The types hold callers to the contract; the checks behind each call hold those without types.
  return tools as unknown as Tools<C, E>;
}

/**
 * The rules of `observe(contract, emitter)`: its own, in whatever invocation it is used. In one of another emitter that
 * is a mistake, as its metrics are nowhere declared to come from there.
 */
export function rulesFor(contract: Contract, emitter: string): (frame: Frame) => Rules {
  let rules: Rules | undefined;
  return ({ invocation: { observer } }) => {
    if (observer.contract === contract && observer.emitter === emitter) return observer;
    if (observer.emitter !== emitter) {
      const message = `observe() is for ${emitter}, and was used in an invocation of ${observer.emitter}: name that one`;
      observer.report({ code: 'other-emitter', message });
    }
    rules ??= { contract, emitter, check: createSampleCheck(contract, emitter) };
    return rules;
  };
}

function takeSample(
  { invocation, scope }: Frame,
  { check }: Rules,
  call: SampleCall,
  name: string,
  value: number | Quantity,
  dimensions: unknown,
): void {
  const { observer } = invocation;
  const sample = check(observer, call, name, value, dimensions);
  if (!sample) return;
  const onCommit = sample.metric.counted === 'on-commit';
  if (onCommit && scope.outcome === 'failed') return;
  const home = homeOf(scope);
  addSample(onCommit ? home.onCommit : home.atOnce, scope.properties, sample);
  // A closed invocation has no later moment to write in.
  if (invocation.closed) writeSamples(invocation, home.atOnce);
  else if (observer.writeThrough) writeThrough(invocation, observer.writeThrough);
}

/** What a record leaves running when it ends writes no more with it, but with its invocation. */
function homeOf(scope: Scope): Scope {
  return scope.outcome !== undefined && scope.parent ? homeOf(scope.parent) : scope;
}

/** As long as a dimension value may be: a line with all of its properties stays one log event. */
const PROPERTY_LENGTH = 1024;

function setProperty({ invocation, scope }: Frame, { contract }: Rules, name: string, value: unknown): void {
  const { observer } = invocation;
  const declared = contract.properties[name];
  // JSON writes null for NaN and the infinities.
  const fits = typeof value === 'number' ? Number.isFinite(value) : true;
  if (!declared || typeof value !== declared.type || !fits) {
    const type = declared?.type === 'number' ? 'finite number' : declared?.type;
    const expected = declared ? `must be a ${type}` : 'is not declared in the contract';
    observer.report({ code: 'bad-property', message: `property ${name} ${expected}` });
    return;
  }
  const masked = observer.masker.value(name, value);
  const kept = typeof masked === 'string' ? masked.slice(0, PROPERTY_LENGTH) : masked;
  if (typeof kept === 'string' && kept !== masked) {
    const message = `property ${name} has more than ${PROPERTY_LENGTH} characters: the rest is dropped`;
    observer.report({ code: 'bad-property', message });
  }
  if (typeof kept !== 'string' && typeof kept !== 'number' && typeof kept !== 'boolean') return;
  if (scope.properties[name] !== kept) scope.properties = { ...scope.properties, [name]: kept };
}

export function writeLog(frame: Frame, level: LogLevel, message: string, given?: LogAttributes | Error): void {
  const { observer, context, header, coldStart } = frame.invocation;
  if (!observer.signals.logs) return;
  const attributes = {
    cold_start: coldStart,
    function_name: context.functionName,
    function_request_id: context.awsRequestId,
    ...(header && { xray_trace_id: header.root }),
    ...frame.scope.attributes,
    ...(given instanceof Error ? { error: given } : given),
  };
  // Powertools reads members of whatever is no text.
  observer.log(level, typeof message === 'object' && message ? message : textOf(message), attributes, frame.scope);
}
