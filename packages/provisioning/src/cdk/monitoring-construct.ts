import { Annotations, CfnDeletionPolicy, CfnOutput, CfnResource, Lazy, Stack, Token } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { renderCloudFormation } from '../cloudformation/render-cloudformation.ts';
import { type Resource, topicId } from '../cloudformation/template.ts';
import type { Monitoring as MonitoringDefinition } from '../monitoring/monitoring.ts';
import type { DeploymentInputs } from '../plan/inputs.ts';
import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import { plan } from '../plan/plan.ts';
import { voiceCampaignMonitoring } from '../voice-campaign/voice-campaign-monitoring.ts';
import { namedResources, type Placeholders, withNames } from './named-resources.ts';

type Named = 'lambdaFunctionNames' | 'sqsQueueNames' | 'sqsDlqNames' | 'region' | 'accountId' | 'lambdaTimeoutsMs';

/**
 * Inputs of a plan, with constructs in the place of names. Each has a key, which is its name without the deployment's: a
 * function with the key `dialer-worker` is that handler, whatever CloudFormation calls it.
 */
export type MonitoringProps = Omit<DeploymentInputs, Named> & {
  /** Default: that of a voice campaign. */
  readonly monitoring?: MonitoringDefinition;
  readonly functions?: Readonly<Record<string, IFunction>>;
  readonly queues?: Readonly<Record<string, IQueue>>;
  readonly deadLetterQueues?: Readonly<Record<string, IQueue>>;
};

/**
 * Everything of a plan in a stack; its template is that of `renderCloudFormation`, but for the logical ids. The plan's
 * warnings are those of the construct, to be acknowledged by their codes.
 */
export class Monitoring extends Construct {
  /** The plan; names that are known only after deployment are placeholders in it. */
  readonly plan: MonitoringPlan;
  /** What alarms publish to. */
  readonly topic: ITopic;

  /** @throws MonitoringError with everything that is wrong with the inputs. */
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { inputs, placeholders } = inputsOf(this, props);
    this.plan = plan(props.monitoring ?? voiceCampaignMonitoring, inputs);
    for (const { code, about, message, waysOut } of this.plan.warnings) {
      if (waysOut !== undefined && !waysOut.includes('cdk')) continue;
      Annotations.of(this).addWarningV2(`@voice-campaign/provisioning:${code}`, `${about}: ${message}`);
    }
    const { Resources, Outputs } = renderCloudFormation(this.plan);
    const made = new Map<string, CfnResource>();
    const refer = (value: unknown): unknown => withReferences(withNames(value, placeholders), made);
    for (const [name, resource] of Object.entries(Resources)) made.set(name, make(this, name, resource, refer));
    for (const [name, { DependsOn = [] }] of Object.entries(Resources)) {
      for (const other of DependsOn) {
        const dependency = made.get(other);
        if (dependency !== undefined) made.get(name)?.node.addDependency(dependency);
      }
    }
    for (const [name, { Description, Value }] of Object.entries(Outputs)) {
      new CfnOutput(this, `${name}Output`, { description: Description, value: Token.asString(refer(Value)) });
    }
    this.topic = Topic.fromTopicArn(this, 'Topic', made.get(topicId)?.ref ?? '');
  }
}

const inputsOf = (
  scope: Construct,
  { monitoring, functions = {}, queues = {}, deadLetterQueues = {}, ...rest }: MonitoringProps,
): { readonly inputs: DeploymentInputs; readonly placeholders: Placeholders } => {
  const prefix = `${rest.projectName}-${rest.environment}`;
  const nameOf = <T>(constructs: Readonly<Record<string, T>>, name: (construct: T) => string) =>
    namedResources(prefix, Object.fromEntries(Object.entries(constructs).map(([key, each]) => [key, name(each)])));
  const lambdas = nameOf(functions, ({ functionName }) => functionName);
  const live = nameOf(queues, ({ queueName }) => queueName);
  const dead = nameOf(deadLetterQueues, ({ queueName }) => queueName);
  const timeouts = Object.values(functions).flatMap((each, index) => {
    const { timeout } = each as { readonly timeout?: { toMilliseconds(): number } };
    return timeout === undefined ? [] : [[lambdas.names[index] ?? '', timeout.toMilliseconds()] as const];
  });
  const { region, account } = Stack.of(scope);
  return {
    inputs: {
      ...rest,
      lambdaFunctionNames: lambdas.names,
      lambdaTimeoutsMs: Object.fromEntries(timeouts),
      sqsQueueNames: live.names,
      sqsDlqNames: dead.names,
      ...(!Token.isUnresolved(region) && { region }),
      ...(!Token.isUnresolved(account) && { accountId: account }),
    },
    placeholders: new Map([...lambdas.placeholders, ...live.placeholders, ...dead.placeholders]),
  };
};

const make = (scope: Construct, name: string, resource: Resource, refer: (value: unknown) => unknown): CfnResource => {
  const { Type, Properties, DeletionPolicy } = resource;
  const made = new CfnResource(scope, name, {
    type: Type,
    properties: refer(Properties) as Record<string, unknown>,
  });
  if (DeletionPolicy === 'Retain') {
    made.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
    made.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  }
  return made;
};

/** References by the names of the template become references to what was made of them, which may be made later. */
const withReferences = (value: unknown, made: ReadonlyMap<string, CfnResource>): unknown => {
  if (Array.isArray(value)) return value.map((each) => withReferences(each, made));
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) return value;
  const { Ref, 'Fn::GetAtt': attribute } = value as { readonly Ref?: string; readonly 'Fn::GetAtt'?: [string, string] };
  if (Ref !== undefined) {
    return Ref.startsWith('AWS::') ? value : Lazy.any({ produce: () => ({ Ref: made.get(Ref)?.logicalId }) });
  }
  if (attribute !== undefined) {
    const [name, ofIt] = attribute;
    return Lazy.any({ produce: () => ({ 'Fn::GetAtt': [made.get(name)?.logicalId, ofIt] }) });
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withReferences(each, made)]));
};
