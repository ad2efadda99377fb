import type { ExplorerProperties, SeriesDrawing, WidgetQuery } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { TimeRange } from '../protocol/widget-series.ts';

/** The namespace and the dimension under which the resources of a type have their metrics. */
const RESOURCES: Readonly<Record<string, readonly [string, string]>> = {
  'AWS::EC2::Instance': ['AWS/EC2', 'InstanceId'],
  'AWS::Lambda::Function': ['AWS/Lambda', 'FunctionName'],
  'AWS::SQS::Queue': ['AWS/SQS', 'QueueName'],
  'AWS::SNS::Topic': ['AWS/SNS', 'TopicName'],
  'AWS::RDS::DBInstance': ['AWS/RDS', 'DBInstanceIdentifier'],
  'AWS::DynamoDB::Table': ['AWS/DynamoDB', 'TableName'],
  'AWS::ApiGateway::RestApi': ['AWS/ApiGateway', 'ApiName'],
  'AWS::ECS::Cluster': ['AWS/ECS', 'ClusterName'],
  'AWS::S3::Bucket': ['AWS/S3', 'BucketName'],
  'AWS::StepFunctions::StateMachine': ['AWS/States', 'StateMachineArn'],
};

const DEFAULT_PERIOD = 300;

export type ExplorerQueries = {
  readonly queries: readonly WidgetQuery[];
  readonly drawings: readonly SeriesDrawing[];
  /** Types of resources whose metrics are not known here. */
  readonly unknown: readonly string[];
};

/** One search for each metric of an explorer, over all resources of its type; put together where it aggregates. */
export function explorerQueries(properties: ExplorerProperties, { start, end }: TimeRange): ExplorerQueries {
  const { metrics = [], aggregateBy, period = DEFAULT_PERIOD } = properties;
  const least = end - start > 86_400 ? 3600 : 60;
  const Period = Math.max(period, least);
  const unknown = new Set<string>();
  const queries = metrics.flatMap(({ metricName, resourceType, stat = 'Average' }, index): WidgetQuery[] => {
    const known = RESOURCES[resourceType];
    if (!known) {
      unknown.add(resourceType);
      return [];
    }
    const [namespace, dimension] = known;
    const search = `SEARCH('{${namespace},${dimension}} MetricName="${metricName}"', '${stat}', ${Period})`;
    const Expression = aggregateBy ? `${aggregateBy.func}(${search})` : search;
    const label = aggregateBy ? { Label: `${aggregateBy.func.toLowerCase()} of ${metricName}` } : {};
    return [{ Id: `e${index}`, ReturnData: true, Expression, Period, ...label }];
  });
  const drawings = queries.map(({ Id }) => ({ id: Id, yAxis: 'left' as const, visible: true }));
  return { queries, drawings, unknown: [...unknown] };
}
