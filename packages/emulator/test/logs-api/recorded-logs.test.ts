import {
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  DescribeQueriesCommand,
  PutMetricFilterCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { group, logsOf, logsWithStream, start } from './logs-with-stream.ts';

const arn = 'arn:aws:logs:us-east-1:123456789012:log-group:/voice/asterisk';
const found = {
  ...{ logGroupName: '/voice/asterisk', creationTime: start, metricFilterCount: 0, arn: `${arn}:*` },
  ...{ logGroupClass: 'STANDARD', logGroupArn: arn },
};
const described = { ...found, storedBytes: 0, deletionProtectionEnabled: false };

describe('as AWS was recorded to answer (localstack/localstack, tests/aws/services/logs)', () => {
  it('a log group has these members, and fewer where a pattern found it', async () => {
    const { client } = await logsWithStream();
    const groups = async (input: object) => (await client.send(new DescribeLogGroupsCommand(input))).logGroups;
    expect(await groups({ logGroupNamePrefix: '/voice' })).toEqual([described]);
    expect(await groups({ logGroupNamePattern: 'ASTER' })).toEqual([found]);
  });

  it('a log group shows the key that it is encrypted with', async () => {
    const { client } = await logsOf();
    const kmsKeyId = 'arn:aws:kms:us-east-1:123456789012:key/2f4a3b2c-0000-4000-8000-000000000000';
    await client.send(new CreateLogGroupCommand({ ...group, kmsKeyId }));
    expect((await client.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([{ ...described, kmsKeyId }]);
  });

  it('a metric filter takes a namespace with a colon', async () => {
    const { client } = await logsWithStream();
    const metric = { metricNamespace: 'A.B-c_d/1#2:metricNamespace', metricName: 'metricName' };
    const metricTransformations = [{ ...metric, metricValue: '1' }];
    const filter = { ...group, filterName: 'special', filterPattern: 'filterPattern', metricTransformations };
    await client.send(new PutMetricFilterCommand(filter));
    expect((await client.send(new DescribeMetricFiltersCommand(metric))).metricFilters).toMatchObject([filter]);
  });

  it('a query is listed with the group and the time range that it was asked of', async () => {
    const { client } = await logsWithStream();
    const times = { startTime: start / 1000 - 3600, endTime: start / 1000 };
    const query = new StartQueryCommand({ ...group, ...times, queryString: 'fields @message' });
    const { queryId } = await client.send(query);
    expect((await client.send(new DescribeQueriesCommand(group))).queries).toEqual([
      {
        ...{ queryId, queryLanguage: 'CWLI', status: 'Complete', createTime: start, ...group },
        queryString: `SOURCE "/voice/asterisk" START=${times.startTime}000 END=${times.endTime}999 | fields @message`,
      },
    ]);
    expect((await client.send(new DescribeQueriesCommand({ status: 'Scheduled' }))).queries).toEqual([]);
  });
});

it('queries are listed page by page', async () => {
  const { client } = await logsWithStream();
  const query = { ...group, startTime: 0, endTime: 1, queryString: 'fields @message' };
  for (const _ of [1, 2, 3]) await client.send(new StartQueryCommand(query));
  const first = await client.send(new DescribeQueriesCommand({ maxResults: 2 }));
  const second = await client.send(new DescribeQueriesCommand({ maxResults: 2, nextToken: first.nextToken }));
  expect([first.queries?.length, second.queries?.length, second.nextToken]).toEqual([2, 1, undefined]);
});
