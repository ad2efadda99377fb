import type { EmulatorOptions } from '../core/emulator-options.ts';
import type { EventSourceDefinition } from '../event-source/event-source-definition.ts';
import type { RouteDefinition } from '../http-front/routes.ts';
import type { FunctionDefinition } from '../lambda/function-definition.ts';
import type { QueueDefinition } from '../queue/queue-settings.ts';
import { isObject } from '../service-api/input.ts';

/** Every member of a type, and which of them must be there: the compiler holds both to the type. */
type Members<T> = { readonly [Name in keyof T]-?: undefined extends T[Name] ? 'optional' : 'required' };

const FUNCTION: Members<FunctionDefinition> = {
  ...{ name: 'required', entry: 'required', handler: 'optional', timeoutMs: 'optional', memoryMb: 'optional' },
  ...{ environment: 'optional', reservedConcurrency: 'optional', maximumRetryAttempts: 'optional' },
  ...{ maximumEventAgeSeconds: 'optional', deadLetterQueue: 'optional', processes: 'optional' },
  ...{ concurrencyPerProcess: 'optional', format: 'optional', bundle: 'optional', external: 'optional' },
  ...{ logFormat: 'optional', runtime: 'optional', ricPath: 'optional', node: 'optional', nodeOptions: 'optional' },
  ...{ tracing: 'optional', extension: 'optional' },
};

const QUEUE: Members<QueueDefinition> = {
  ...{ name: 'required', visibilityTimeoutSeconds: 'optional', delaySeconds: 'optional', tags: 'optional' },
  ...{ retentionSeconds: 'optional', receiveWaitSeconds: 'optional', maximumMessageBytes: 'optional' },
  redrivePolicy: 'optional',
};

const EVENT_SOURCE: Members<EventSourceDefinition> = {
  ...{ queue: 'required', functionName: 'required', batchSize: 'optional', maximumConcurrency: 'optional' },
  ...{ maximumBatchingWindowSeconds: 'optional', functionResponseTypes: 'optional' },
};

const ROUTE: Members<RouteDefinition> = { method: 'required', path: 'required', functionName: 'required' };

const OPTIONS: Record<keyof EmulatorOptions, 'optional'> = {
  ...{ functions: 'optional', queues: 'optional', eventSources: 'optional', routes: 'optional', sampling: 'optional' },
  ...{ freeze: 'optional', region: 'optional', accountId: 'optional', host: 'optional', port: 'optional' },
  ...{ xrayPort: 'optional', stage: 'optional', apiName: 'optional', binaryMediaTypes: 'optional' },
  ...{ integrationTimeoutMs: 'optional', environment: 'optional', conditions: 'optional', initTimeoutMs: 'optional' },
  ...{ log: 'optional', lifecycle: 'optional', sampleLimit: 'optional', metricByteLimit: 'optional' },
  ...{ traceLimit: 'optional', traceByteLimit: 'optional', logByteLimit: 'optional', queryByteLimit: 'optional' },
  ...{ runningQueryByteLimit: 'optional', asyncEventByteLimit: 'optional', stopOnSignals: 'optional' },
  ...{ throttling: 'optional', dataDirectory: 'optional', drawWidget: 'optional', warn: 'optional' },
  ...{ clock: 'optional', now: 'optional', random: 'optional' },
};

const LISTS = { functions: FUNCTION, queues: QUEUE, eventSources: EVENT_SOURCE, routes: ROUTE } as const;

/** What is missing, misspelt or no list in options that no compiler has seen; a line each, with its place. */
export const issuesOfConfig = (options: unknown): readonly string[] => [
  ...issuesOfMembers(options, 'options', OPTIONS),
  ...Object.entries(LISTS).flatMap(([name, members]) => {
    const list = isObject(options) ? options[name] : undefined;
    if (list === undefined) return [];
    if (!Array.isArray(list)) return [`${name}: is no list`];
    return list.flatMap((each, index) => issuesOfMembers(each, `${name}[${index}]`, members));
  }),
];

const issuesOfMembers = (value: unknown, place: string, members: Readonly<Record<string, string>>): string[] => {
  const known = Object.keys(members).join(', ');
  if (!isObject(value)) return [`${place}: is no object with ${known}`];
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(members, name));
  const missing = Object.keys(members).filter((name) => members[name] === 'required' && value[name] === undefined);
  return [
    ...unknown.map((name) => `${place}: has no "${name}": there are ${known}`),
    ...missing.map((name) => `${place}: lacks "${name}"`),
  ];
};
