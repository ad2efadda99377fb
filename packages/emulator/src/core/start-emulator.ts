import { alarmStatuses } from '../alarms/alarm-status.ts';
import { stopOnSignals } from '../command/stop-on-signals.ts';
import type { Emulator, QueueStatus } from '../emulator.ts';
import { type Poller, startPoller } from '../event-source/poller.ts';
import { invokePayload } from '../lambda/invoke-payload.ts';
import type { LambdaService } from '../lambda/lambda-service.ts';
import { startLambda } from '../lambda/start-lambda.ts';
import { groupMetrics } from '../platform/group-metrics.ts';
import { publishPlatform } from '../platform/publish-platform.ts';
import { fetchThrough } from '../server/fetch-door.ts';
import type { HttpHandler } from '../server/http-message.ts';
import { type HttpServer, startHttpServer } from '../server/http-server.ts';
import { startXrayDaemon } from '../xray/daemon.ts';
import { createTracedInvoke, type TracedInvoke } from '../xray/invocation/traced-invoke.ts';
import { renderLinkedTraces } from '../xray/store/render-trace.ts';
import { createTraceIntake } from '../xray/trace-intake.ts';
import { createCore, deadLetterQueuesOf, type EmulatorCore, remainingWork } from './emulator-core.ts';
import type { EmulatorOptions, EmulatorPlaces } from './emulator-options.ts';
import { handlerOf } from './handle-request.ts';
import { createIdleWatch } from './idle.ts';
import { inBackground } from './in-background.ts';
import { present, queueUrlOf, type Running } from './running.ts';
import { startAsyncEvents } from './start-async-events.ts';

/**
 * Starts the emulator: X-Ray daemon, HTTP port, functions, event sources. Nothing listens but on the loopback interface.
 * @throws EmulatorDefinitionError or FunctionDefinitionError for what AWS would refuse, all of it at once; what esbuild
 * says of a handler; EADDRINUSE for a port that is taken. Whatever had been started is ended then.
 */
export const startEmulator = async (options: EmulatorOptions): Promise<Emulator> => {
  const core = createCore(options);
  const closers: (() => Promise<void>)[] = [async () => core.closeJournal()];
  try {
    const running = await startCore(core, closers);
    const handler = handlerOf(running);
    const server = await startHttpServer(options.port ?? 0, handler, options.host);
    running.server = server;
    closers.push(server.close);
    const places = placesOf(running, server);
    const lambda = await startFunctions(running, places);
    running.lambda = lambda;
    const pollers = startPollers(running);
    closers.push(() => endFunctions(running, lambda, pollers));
    running.asyncEvents.start();
    return emulatorOf(running, { places, lambda, handler, server });
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
};

const closeAll = async (closers: (() => Promise<void>)[]): Promise<void> => {
  for (const close of closers.splice(0).reverse()) await close();
};

/** Events and messages are no longer taken, then the functions end, which ends the pollers' last batches. */
const endFunctions = async (
  { asyncEvents }: Running,
  lambda: LambdaService,
  pollers: readonly Poller[],
): Promise<void> => {
  asyncEvents.stop();
  const ended = pollers.map((poller) => poller.stop());
  await lambda.stop();
  await Promise.all(ended);
};

const startCore = async (core: EmulatorCore, closers: Running['closers']): Promise<Running> => {
  const { traces: kept, addPlatform: add } = inBackground(core);
  const traces = createTraceIntake({ ...core, traces: kept });
  const daemon = await startXrayDaemon(core.options.xrayPort ?? 0, traces);
  const active = { invocations: 0, others: 0 };
  const idle = createIdleWatch({ remaining: () => remainingWork(core, active), settle: daemon.drained });
  core.queues.onChange(idle.check);
  closers.push(async () => {
    core.queues.stop();
    idle.stop();
    await daemon.stop();
  });
  const ofMinute = (start: number) => [
    ...groupMetrics(core.xray.groups.values(), core.traces.list(), start),
    ...core.logs.takeMinute(start),
  ];
  const platform = publishPlatform({ ...core, add, ofMinute });
  closers.push(async () => platform.stop());
  const traced = createTracedInvoke({ ...core, traces, lambda: () => present(running.lambda) });
  const invoke: TracedInvoke = async (...request) => {
    active.invocations += 1;
    try {
      const result = await traced.invoke(...request);
      if (result.throttled) platform.throttled(result);
      return result;
    } finally {
      active.invocations -= 1;
      idle.check();
    }
  };
  const track = (work: Promise<unknown>): void => {
    active.others += 1;
    const end = (): void => {
      active.others -= 1;
      idle.check();
    };
    work.then(end, (error: unknown) => {
      core.warn(String(error));
      end();
    });
  };
  const lifecycle: Running['lifecycle'] = (event) => {
    traced.lifecycle(event);
    platform.lifecycle(event);
    core.options.lifecycle?.(event);
  };
  const asyncEvents = startAsyncEvents(core, invoke);
  const running: Running = { core, asyncEvents, traces, daemon, idle, invoke, lifecycle, platform, track, closers };
  return running;
};

const placesOf = (running: Running, server: HttpServer): EmulatorPlaces => ({
  url: server.url,
  httpUrl: `${server.url}/${running.core.stage}`,
  xrayAddress: running.daemon.address,
  queueUrl: (name) => {
    if (running.core.queues.find(name) === undefined) throw new Error(`no queue ${name} is defined`);
    return queueUrlOf(running, name);
  },
});

const startFunctions = ({ core, lifecycle }: Running, places: EmulatorPlaces): Promise<LambdaService> => {
  const { options, region, accountId, logs } = inBackground(core);
  const { freeze, conditions, initTimeoutMs, log, environment = {} } = options;
  const { url } = places;
  return startLambda({
    functions: options.functions,
    region,
    accountId,
    xrayDaemonAddress: places.xrayAddress,
    lifecycle,
    log: (event) => {
      logs.addLine(event);
      log?.(event);
    },
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_ENDPOINT_URL_SQS: url,
      AWS_ENDPOINT_URL_CLOUDWATCH: url,
      ...(typeof environment === 'function' ? environment(places) : environment),
    },
    ...(freeze === undefined ? {} : { freeze }),
    ...(conditions === undefined ? {} : { conditions }),
    ...(initTimeoutMs === undefined ? {} : { initTimeoutMs }),
  });
};

const startPollers = ({ core, invoke }: Running): readonly Poller[] => {
  const { functions, queues, region, now } = inBackground(core);
  return (core.options.eventSources ?? []).flatMap((definition) => {
    const queue = queues.find(definition.queue);
    const target = functions.find(({ name }) => name === definition.functionName);
    if (queue === undefined || target === undefined) return [];
    const defaultConcurrency = Math.max(1, target.processes * target.concurrencyPerProcess);
    return [
      startPoller({
        definition,
        queue,
        queues,
        region,
        now,
        defaultConcurrency,
        invoke: (event, producers) => invoke(target.name, JSON.stringify(event), { producers }),
      }),
    ];
  });
};

type Started = {
  readonly places: EmulatorPlaces;
  readonly lambda: LambdaService;
  readonly handler: HttpHandler;
  readonly server: HttpServer;
};

const statusesOf = (running: Running): readonly QueueStatus[] => {
  const { core } = running;
  const deadLetterQueues = deadLetterQueuesOf(core);
  return core.queues.list().map((queue) => {
    const { name } = queue.settings;
    return {
      name,
      url: queueUrlOf(running, name),
      arn: core.queues.arnOf(name),
      isDeadLetterQueue: deadLetterQueues.has(name),
      ...core.queues.countsOf(queue),
    };
  });
};

const stopOf = ({ core, closers }: Running): (() => Promise<void>) => {
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    ignoreSignals();
    stopping ??= closeAll(closers);
    return stopping;
  };
  const ignoreSignals = core.options.stopOnSignals === false ? () => {} : stopOnSignals(stop);
  return stop;
};

const emulatorOf = (running: Running, { places, lambda, handler, server }: Started): Emulator => {
  const { core, daemon, idle, invoke } = running;
  const { traces, logs, metrics } = core;
  return {
    ...places,
    fetch: (request) => fetchThrough(handler, request),
    mount: server.mount,
    invoke: async (functionName, payload, options) => invoke(functionName, invokePayload(payload), options),
    queues: () => statusesOf(running),
    idle: (options) => idle.wait(options?.timeoutMs),
    traces: {
      ...traces,
      render: (traceId) => {
        const trace = traces.get(traceId);
        return trace === undefined ? undefined : renderLinkedTraces(trace, traces.get);
      },
      report: daemon.report,
    },
    logs,
    metrics,
    alarms: () => alarmStatuses(core.alarms),
    mailbox: () => core.sns.mailbox,
    onChange: core.changes.onChange,
    lambda,
    reset: core.reset,
    stop: stopOf(running),
  };
};
