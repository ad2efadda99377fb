import type { Emulator } from '../emulator.ts';
import { type EventSourceDefinition, issuesOfEventSource } from '../event-source/event-source-definition.ts';
import { issuesOfRoutes, type RouteDefinition } from '../http-front/routes.ts';
import type { LogEvent, PlatformEvent } from '../lambda/events.ts';
import type { FunctionDefinition } from '../lambda/function-definition.ts';
import type { ResolvedFunction } from '../lambda/resolve-functions.ts';
import { issuesOfQueue, type QueueDefinition, settingsOf } from '../queue/queue-settings.ts';
import type { Throttling } from '../service-api/throttle.ts';
import type { Sampling } from '../xray/sampler.ts';
import type { Clock } from './clock.ts';
import type { DefinitionIssue } from './definition-issue.ts';

type Environment = Readonly<Record<string, string>>;

/** Where things are, known before the first function starts. */
export type EmulatorPlaces = Pick<Emulator, 'url' | 'httpUrl' | 'xrayAddress' | 'queueUrl'>;

/** What runs in the emulator. Names are those of the AWS configuration. */
export type EmulatorOptions = {
  readonly functions: readonly FunctionDefinition[];
  readonly queues?: readonly QueueDefinition[];
  readonly eventSources?: readonly EventSourceDefinition[];
  readonly routes?: readonly RouteDefinition[];
  /** Of requests that nobody upstream has decided on; default `all`. A function's `tracing` defaults to `Active`. */
  readonly sampling?: Sampling;
  /** Whether idle processes are stopped as Lambda freezes them; default: wherever SIGSTOP exists. */
  readonly freeze?: boolean;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** 12 digits; default `123456789012`. */
  readonly accountId?: string;
  /** Interface of the HTTP server; default 127.0.0.1, where requests must name this machine and come from no other's page. */
  readonly host?: string;
  /** Of the HTTP server; default 0, a free one. */
  readonly port?: number;
  /** UDP port of the X-Ray daemon; default 0, a free one. */
  readonly xrayPort?: number;
  /** Stage of the REST API; default `local`. */
  readonly stage?: string;
  /** Name of the REST API in its trace segments; default `api`. */
  readonly apiName?: string;
  /** Content types whose bodies reach the function as Base64, and go out decoded to who accepts them; default none. */
  readonly binaryMediaTypes?: readonly string[];
  /** Time an HTTP request may take; default 29,000 ms as on API Gateway. */
  readonly integrationTimeoutMs?: number;
  /** Environment variables of every function, or what makes them of where things are, e.g. of a queue's URL. */
  readonly environment?: Environment | ((places: EmulatorPlaces) => Environment);
  /** Export conditions for esbuild when it bundles the handlers. */
  readonly conditions?: readonly string[];
  /** Time allowed to init; default 10,000 ms as on Lambda. */
  readonly initTimeoutMs?: number;
  /** Also receives every log line. */
  readonly log?: (event: LogEvent) => void;
  /** Told what the local Lambda does with its processes, synchronously as it happens: for fault injection. */
  readonly lifecycle?: (event: PlatformEvent) => void;
  /** Metric samples to keep one by one, as they were written; default 200,000. */
  readonly sampleLimit?: number;
  /** Bytes of memory for metrics; beyond it the oldest data are forgotten. Default 512 Mi. */
  readonly metricByteLimit?: number;
  /** Traces to keep; default 20,000. */
  readonly traceLimit?: number;
  /** Bytes of memory for traces; beyond it the oldest are forgotten. Default 256 Mi. */
  readonly traceByteLimit?: number;
  /** Bytes of memory for log events; beyond it the oldest are forgotten. Default 128 Mi. */
  readonly logByteLimit?: number;
  /** Bytes of memory for results of Logs Insights queries; the oldest go, and more is refused. Default 128 Mi. */
  readonly queryByteLimit?: number;
  /** Bytes of memory that a Logs Insights query may take while it runs; one that takes more fails. Default 512 Mi. */
  readonly runningQueryByteLimit?: number;
  /** Bytes of events that functions have not dealt with yet; more is refused. Default 256 Mi. */
  readonly asyncEventByteLimit?: number;
  /** Whether SIGINT, SIGTERM and SIGHUP stop the emulator before they end the process; default true. */
  readonly stopOnSignals?: boolean;
  /**
   * Throttles operations as AWS does: `quotas` for what an account has at first, or requests a second by operation, such
   * as `{ PutMetricData: 5 }`. Default: nothing is throttled.
   */
  readonly throttling?: Throttling;
  /** Where state survives a restart; default: it ends with the process. One emulator at a time uses a directory. */
  readonly dataDirectory?: string;
  /** Draws the JSON of a metric widget as a PNG, for GetMetricWidgetImage; without it that operation says how to get one. */
  readonly drawWidget?: (widget: string) => Promise<Uint8Array>;
  /** Told of requests that are not emulated, and of faults of the emulator; default: writes to stderr. */
  readonly warn?: (message: string) => void;
  /** Time of metrics, logs, traces and alarms; default: the real one. Queues and functions always run in real time. */
  readonly clock?: Clock;
  /** Wall clock, epoch milliseconds; default `Date.now`. It does not reach the functions. */
  readonly now?: () => number;
  /** 0 (included) to 1 (excluded), for ids and sampling; default `Math.random`. */
  readonly random?: () => number;
};

const duplicatesOf = (queues: readonly QueueDefinition[]): DefinitionIssue[] =>
  queues
    .filter(({ name }, index) => queues.findIndex((queue) => queue.name === name) < index)
    .map(({ name }) => ({ code: 'duplicate-name', subject: `queue ${name}`, message: 'is defined twice: drop one' }));

const redriveIssuesOf = (queues: readonly QueueDefinition[]): DefinitionIssue[] =>
  queues.flatMap(({ name, redrivePolicy }): DefinitionIssue[] => {
    if (redrivePolicy === undefined) return [];
    const subject = `queue ${name}`;
    const { deadLetterQueue } = redrivePolicy;
    if (deadLetterQueue === name) {
      return [{ code: 'redrive-policy', subject, message: 'is its own dead-letter queue: name another' }];
    }
    return queues.some((queue) => queue.name === deadLetterQueue)
      ? []
      : [{ code: 'unknown-queue', subject, message: `define its dead-letter queue ${deadLetterQueue}` }];
  });

const deadLetterIssuesOf = (
  functions: readonly ResolvedFunction[],
  queues: readonly QueueDefinition[],
): DefinitionIssue[] =>
  functions.flatMap(({ name, deadLetterQueue: queue }): DefinitionIssue[] => {
    if (queue === undefined || queues.some((defined) => defined.name === queue)) return [];
    return [{ code: 'unknown-queue', subject: `function ${name}`, message: `define its dead-letter queue ${queue}` }];
  });

/** Everything wrong with queues, event sources and routes; empty when nothing. */
export const issuesOfOptions = (
  { queues = [], eventSources = [], routes = [] }: EmulatorOptions,
  functions: readonly ResolvedFunction[],
): readonly DefinitionIssue[] => {
  const endsOf = (source: EventSourceDefinition): Parameters<typeof issuesOfEventSource>[1] => {
    const queue = queues.find(({ name }) => name === source.queue);
    return {
      queue: queue === undefined ? undefined : settingsOf(queue),
      function: functions.find(({ name }) => name === source.functionName),
    };
  };
  const functionNames = functions.map(({ name }) => name);
  return [
    ...queues.flatMap(issuesOfQueue),
    ...duplicatesOf(queues),
    ...redriveIssuesOf(queues),
    ...deadLetterIssuesOf(functions, queues),
    ...eventSources.flatMap((source) => issuesOfEventSource(source, endsOf(source))),
    ...issuesOfRoutes(routes, functionNames),
  ];
};
