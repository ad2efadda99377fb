import { type AlarmIdentity, alarmArn } from '../config/alarm-identity.ts';

/** A resource of a template: its type, and those of its properties that name it. */
export type NamedResource = { readonly type: string; readonly names: Readonly<Record<string, unknown>> };

/** What `Ref` gives for a resource (CloudFormation user guide, Return values); undefined where that is not known here. */
export function referenceOf(
  logicalId: string,
  resource: NamedResource | undefined,
  identity: AlarmIdentity,
): string | undefined {
  if (!resource) return undefined;
  const name = nameOf(logicalId, resource);
  const { partition, region, accountId } = identity;
  switch (resource.type) {
    case 'AWS::CloudWatch::Alarm':
    case 'AWS::CloudWatch::CompositeAlarm':
    case 'AWS::Lambda::Function':
    case 'AWS::Serverless::Function':
    case 'AWS::DynamoDB::Table':
    case 'AWS::Logs::LogGroup':
      return name;
    case 'AWS::SNS::Topic':
      return `arn:${partition}:sns:${region}:${accountId}:${name}`;
    case 'AWS::SQS::Queue':
      return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
  }
  return undefined;
}

/** What `Fn::GetAtt` gives; undefined where that is not known here. */
export function attributeOf(
  logicalId: string,
  attribute: string,
  resource: NamedResource | undefined,
  identity: AlarmIdentity,
): string | undefined {
  if (!resource) return undefined;
  const name = nameOf(logicalId, resource);
  const { partition, region, accountId } = identity;
  switch (`${resource.type}.${attribute}`) {
    case 'AWS::CloudWatch::Alarm.Arn':
    case 'AWS::CloudWatch::CompositeAlarm.Arn':
      return alarmArn(identity, name);
    case 'AWS::SNS::Topic.TopicArn':
      return `arn:${partition}:sns:${region}:${accountId}:${name}`;
    case 'AWS::SNS::Topic.TopicName':
    case 'AWS::SQS::Queue.QueueName':
      return name;
    case 'AWS::SQS::Queue.Arn':
      return `arn:${partition}:sqs:${region}:${accountId}:${name}`;
    case 'AWS::Lambda::Function.Arn':
    case 'AWS::Serverless::Function.Arn':
      return `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
  }
  return undefined;
}

const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::CompositeAlarm': 'AlarmName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Serverless::Function': 'FunctionName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
};

function nameOf(logicalId: string, { type, names }: NamedResource): string {
  const name = names[NAME_PROPERTIES[type] ?? ''];
  return typeof name === 'string' ? name : logicalId;
}
