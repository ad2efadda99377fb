import type { MonitoringDocument } from '../document/document.ts';
import { type Bindings, fillText } from '../document/fill.ts';
import type { Scope } from '../monitoring/aws-metrics.ts';
import type { Resource } from './resources.ts';
import { shortName } from './short-name.ts';

const mostNameCharacters = 32;

/** Of a group's filter expression (GetTraceSummaries). */
export const mostExpressionCharacters = 2000;

/** As CreateGroup takes it. */
export type TraceGroup = { readonly GroupName: string; readonly FilterExpression: string };

/** As CreateSamplingRule takes it, and whose traces it decides on. */
export type PlannedSamplingRule = {
  readonly effective: string;
  readonly rule: {
    readonly RuleName: string;
    readonly Priority: number;
    readonly FixedRate: number;
    readonly ReservoirSize: number;
    readonly ServiceName: string;
    readonly ServiceType: '*';
    readonly Host: '*';
    readonly HTTPMethod: '*';
    readonly URLPath: '*';
    readonly ResourceARN: '*';
    readonly Version: 1;
  };
};

type Surroundings = { readonly bindings: Bindings; readonly resourcesOf: (scope: Scope) => readonly Resource[] };

/** Groups by the names that the definition gives them; one that none of its services exists for is left out. */
export const expandTraceGroups = (
  { traceGroups }: Pick<MonitoringDocument, 'traceGroups'>,
  { bindings, resourcesOf }: Surroundings,
): ReadonlyMap<string, TraceGroup> =>
  new Map(
    traceGroups.flatMap(({ name, services, condition }) => {
      // A stage's segment is named for its API and itself, a function's for the function.
      const names = services.flatMap((scope) =>
        resourcesOf(scope).map((resource) => (scope === 'api' ? `${resource.name}/${bindings.stage}` : resource.name)),
      );
      if (names.length === 0) return [];
      const through = [...new Set(names)].map((service) => `service("${service}")`).join(' OR ');
      const whole = condition === null ? through : `(${through}) AND (${condition})`;
      // Too many services to name: those of the whole Region, rather than some of them.
      const FilterExpression = whole.length > mostExpressionCharacters && condition !== null ? condition : whole;
      return [[name, { GroupName: shortName(`${bindings.prefix}-${name}`, mostNameCharacters), FilterExpression }]];
    }),
  );

/** For each resource of a rule's scope, in the order of the definition. */
export const expandSamplingRules = (
  { samplingRules }: Pick<MonitoringDocument, 'samplingRules'>,
  { bindings, resourcesOf }: Surroundings,
): readonly PlannedSamplingRule[] =>
  samplingRules.flatMap(({ name, scope, priority, fixedRate, reservoirSize, serviceName, effective }) =>
    resourcesOf(scope).map(({ name: resource, short }) => ({
      effective,
      rule: {
        RuleName: shortName([bindings.prefix, name, ...(short === '' ? [] : [short])].join('-'), mostNameCharacters),
        Priority: priority,
        FixedRate: fixedRate,
        ReservoirSize: reservoirSize,
        ServiceName: fillText(serviceName, { ...bindings, name: resource, short }),
        ServiceType: '*',
        Host: '*',
        HTTPMethod: '*',
        URLPath: '*',
        ResourceARN: '*',
        Version: 1,
      },
    })),
  );
