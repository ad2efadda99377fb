import type { SamplingRuleDefinition, TraceGroupDefinition } from '../monitoring/trace-definition.ts';

/** A group also matches handled failures further down: `service()` looks at every service of the trace. */
export const traceGroups = {
  'campaign-execution': { services: ['handler:dispatcher', 'handler:dialer-worker'] },
  'api-requests': { services: ['api', 'handler:api-handler'] },
  errors: {
    services: ['function', 'api'],
    condition: 'fault = true OR error = true OR throttle = true OR service() { fault OR error }',
  },
  'high-latency': { services: ['function', 'api'], condition: 'duration >= 5' },
} as const satisfies Readonly<Record<string, TraceGroupDefinition>>;

const critical = { reservoirSize: 1, fixedRate: 0.2 } as const;
const ofHandler = (handler: string, priority: number) =>
  ({
    ...critical,
    scope: `handler:${handler}`,
    priority,
    serviceName: '{{name}}',
    // Lambda decides on the traces that begin with it: once a second, and 5 % of the rest.
    effective: 'only-for-sdk-and-adot-roots',
  }) as const satisfies SamplingRuleDefinition;

/** No rule of `*`: it would decide on everything in the account's Region. */
export const samplingRules = {
  'critical-api': {
    ...critical,
    scope: 'api',
    priority: 100,
    serviceName: '{{name}}/{{stage}}',
    effective: 'at-its-roots',
  },
  'critical-api-handler': ofHandler('api-handler', 110),
  'critical-dispatcher': ofHandler('dispatcher', 120),
  'critical-dialer-worker': ofHandler('dialer-worker', 130),
  default: {
    scope: 'system',
    priority: 9000,
    reservoirSize: 1,
    fixedRate: 0.05,
    serviceName: '{{prefix}}-*',
    effective: 'only-for-sdk-and-adot-roots',
  },
} as const satisfies Readonly<Record<string, SamplingRuleDefinition>>;
