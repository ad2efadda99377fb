import type { Scope } from '../monitoring/aws-metrics.ts';
import type { ThresholdInput } from '../monitoring/monitoring.ts';
import type { Deployment } from './inputs.ts';

/** A resource that something is planned for; the system itself has no name. */
export type Resource = { readonly name: string; readonly short: string };

export const prefixOf = ({ projectName, environment }: Pick<Deployment, 'projectName' | 'environment'>): string =>
  `${projectName}-${environment}`;

const handlerPrefix = 'handler:';
const traceGroupPrefix = 'trace-group:';

/** The functions that are a handler: those whose names end in its own. */
export const functionsOf = ({ lambdaFunctionNames }: Deployment, handler: string): readonly string[] =>
  lambdaFunctionNames.filter((name) => name.endsWith(handler));

/** The resources of a scope, in the order of the inputs; `traceGroups` are those planned, by their short names. */
export const resourcesOf = (
  deployment: Deployment,
  scope: Scope,
  traceGroups: ReadonlyMap<string, string> = new Map(),
): readonly Resource[] => {
  const prefix = `${prefixOf(deployment)}-`;
  const named = (name: string): Resource => ({
    name,
    short: name.startsWith(prefix) ? name.slice(prefix.length) : name,
  });
  if (scope.startsWith(handlerPrefix)) {
    // Which of two would be the handler nobody can say.
    const functions = functionsOf(deployment, scope.slice(handlerPrefix.length));
    return functions.length === 1 ? functions.map(named) : [];
  }
  const groups = [...traceGroups].map(([short, name]) => ({ short, name }));
  if (scope.startsWith(traceGroupPrefix)) {
    return groups.filter(({ short }) => short === scope.slice(traceGroupPrefix.length));
  }
  return scope === 'trace-group' ? groups : namesOf(deployment, scope).map(named);
};

const namesOf = (deployment: Deployment, scope: Scope): readonly string[] => {
  const { lambdaFunctionNames, sqsQueueNames, sqsDlqNames, asteriskInstanceId, rdsInstanceId, restApiNames } =
    deployment;
  const lists: Readonly<Record<string, readonly string[]>> = {
    system: [''],
    function: lambdaFunctionNames,
    queue: sqsQueueNames,
    'dead-letter-queue': sqsDlqNames,
    instance: asteriskInstanceId === undefined ? [] : [asteriskInstanceId],
    database: rdsInstanceId === undefined ? [] : [rdsInstanceId],
    api: restApiNames,
  };
  return lists[scope] ?? [];
};

/** The number that a threshold is a share of, for one resource. */
export const inputOf = (deployment: Deployment, input: ThresholdInput, resource: Resource): number => {
  switch (input) {
    case 'lambdaTimeoutMs':
      return deployment.lambdaTimeoutsMs[resource.name] ?? deployment.lambdaTimeoutMs;
    case 'rdsMaxConnections':
      return deployment.rdsMaxConnections;
    case 'rdsAllocatedStorageBytes':
      return deployment.rdsAllocatedStorage * 1024 ** 3;
  }
};
