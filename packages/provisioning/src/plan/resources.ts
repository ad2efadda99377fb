import type { Scope } from '../monitoring/aws-metrics.ts';
import type { ThresholdInput } from '../monitoring/monitoring.ts';
import type { Deployment } from './inputs.ts';

/** A resource that alarms of a scope are planned for; the system itself has no name. */
export type Resource = { readonly name: string; readonly short: string };

/** The resources of a scope, in the order of the inputs. */
export const resourcesOf = (deployment: Deployment, scope: Scope): readonly Resource[] => {
  const { lambdaFunctionNames, sqsQueueNames, sqsDlqNames, asteriskInstanceId, rdsInstanceId } = deployment;
  const names = {
    system: [''],
    function: lambdaFunctionNames,
    queue: sqsQueueNames,
    'dead-letter-queue': sqsDlqNames,
    instance: asteriskInstanceId === undefined ? [] : [asteriskInstanceId],
    database: rdsInstanceId === undefined ? [] : [rdsInstanceId],
  }[scope];
  const prefix = `${deployment.projectName}-${deployment.environment}-`;
  return names.map((name) => ({ name, short: name.startsWith(prefix) ? name.slice(prefix.length) : name }));
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
