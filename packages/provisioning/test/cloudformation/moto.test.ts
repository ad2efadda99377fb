import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, GetDashboardCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasMoto, type Moto, motoSuite, startMoto } from '../../../../tools/moto.ts';
import { type DeploymentInputs, renderCloudFormation } from '../../src/index.ts';
import { planned } from '../voice-campaign/deployment.ts';

// On Node 20 the SDK says that it will ask for 22 from 2027 on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const StackName = 'monitoring';

describe.skipIf(!hasMoto)(motoSuite('the template as a stack in moto'), () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  }, 60_000);
  afterAll(() => moto?.stop());

  const config = () => ({
    endpoint: moto.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  // moto cannot give the ARN of a trace group, which it does not make.
  const templateOf = (change: Partial<DeploymentInputs> = {}) => {
    const { Outputs, ...template } = renderCloudFormation(planned(change));
    const known = Object.entries(Outputs).filter(([, { Value }]) => !JSON.stringify(Value).includes('GroupARN'));
    return JSON.stringify({ ...template, Outputs: Object.fromEntries(known) });
  };
  const retentions = async () => {
    const { logGroups = [] } = await new CloudWatchLogsClient(config()).send(new DescribeLogGroupsCommand({}));
    return Object.fromEntries(logGroups.map(({ logGroupName, retentionInDays }) => [logGroupName, retentionInDays]));
  };
  const dashboards = async () => {
    const { DashboardEntries = [] } = await new CloudWatchClient(config()).send(new ListDashboardsCommand({}));
    return DashboardEntries.map(({ DashboardName }) => DashboardName).sort();
  };

  // moto says CREATE_COMPLETE of alarms, policies, subscriptions, queries, rules and trace groups, and makes none.
  it('makes what moto can make of it: the topic, log groups and dashboards', async () => {
    const client = new CloudFormationClient(config());
    await client.send(new CreateStackCommand({ StackName, TemplateBody: templateOf() }));
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    expect(Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');
    const plan = planned();
    const outputs = Object.fromEntries((Stacks?.[0]?.Outputs ?? []).map((each) => [each.OutputKey, each.OutputValue]));
    expect(outputs).toMatchObject({
      AlarmTopicArn: plan.topic.arn,
      SystemHealthDashboard: 'voice-campaign-production-system-health',
      SystemHealthUrl: expect.stringContaining(
        'https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1',
      ),
    });
    const { Attributes } = await new SNSClient(config()).send(
      new GetTopicAttributesCommand({ TopicArn: plan.topic.arn }),
    );
    expect(Attributes?.TopicArn).toBe(plan.topic.arn);
    expect(await dashboards()).toEqual(plan.dashboards.map(({ name }) => name).sort());
    for (const { name, body } of plan.dashboards) {
      const get = new GetDashboardCommand({ DashboardName: name });
      const { DashboardBody = '' } = await new CloudWatchClient(config()).send(get);
      expect(JSON.parse(DashboardBody)).toEqual(JSON.parse(JSON.stringify(body)));
    }
    expect(await retentions()).toEqual(
      Object.fromEntries(plan.logGroups.map(({ logGroupName, retentionInDays }) => [logGroupName, retentionInDays])),
    );
  });

  it('gains what an update adds', async () => {
    const lambdaFunctionNames = ['voice-campaign-production-dispatcher', 'voice-campaign-production-sms-worker'];
    const TemplateBody = templateOf({ lambdaFunctionNames });
    await new CloudFormationClient(config()).send(new UpdateStackCommand({ StackName, TemplateBody }));
    expect(Object.keys(await retentions())).toEqual(
      expect.arrayContaining(['/aws/lambda/voice-campaign-production-sms-worker']),
    );
    expect(await dashboards()).toHaveLength(4);
  });

  it('takes everything away with the stack', async () => {
    await new CloudFormationClient(config()).send(new DeleteStackCommand({ StackName }));
    expect(await dashboards()).toEqual([]);
  });
});
